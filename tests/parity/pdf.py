"""Reads a PDF by its tags, as a screen reader does."""

import re
from collections.abc import Container, Iterator
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary

from tests.parity.content import (
    FRAME,
    PAGE_NUMBER,
    Content,
    Heading,
    Link,
    Numbered,
    Target,
    plain,
)
from tests.parity.places import Places
from tests.pdf.reading import WITHIN_A_LINE, Element, read

# “Box 1: Title”, “Table 1. Title”: a block of its own, which no sentence begins like.
LABELLED = re.compile(r"([A-Z]\w+ [\d.]*\d)[.:] (.+)")
BLOCKS = {"/Caption", "/H2", "/H3", "/H4", "/H5", "/H6", "/P"}


def read_pdf(path: Path, site: Content) -> Content:
    """Read a PDF; the places in it are called as on the site, if the same stands there."""
    found = Content()
    targets: list[pikepdf.Object] = []
    with pikepdf.open(path) as document:
        places = Places(document)
        whole = read(document)
        found.notes.extend(_without_notes(whole))
        for element in _walk(whole):
            _note(element, found, places, targets)
        names = {landing: target for target, landing in site.landings.items()}
        for number, target in enumerate(targets):
            words, _ = found.links[number]
            if isinstance(target, Array):
                expected = site.links[number].target if number < len(site.links) else None
                there = places.landings(target)
                if expected and site.landings.get(expected) in there:
                    found.links[number] = Link(words, expected)
                else:  # told by what stands there
                    known = (names[landing] for landing in there if landing in names)
                    found.links[number] = Link(words, next(known, Target("nowhere")))
    return found


def _without_notes(element: Element) -> list[str]:
    """Take the notes at the foot of sheets away, with their marks, and return what they say."""
    notes: list[str] = []
    kept: list[str | Element] = []
    for kid in element.kids:
        if isinstance(kid, str):
            kept.append(kid)
        elif kid.kind == "/Note":
            notes.append(own_words(kid))
        elif kid.kind != "/Lbl" or element.kind == "/LI":
            notes.extend(_without_notes(kid))
            kept.append(kid)
    element.kids[:] = kept
    return notes


def _walk(element: Element) -> Iterator[Element]:
    """Yield the elements of the text, without the list of contents."""
    yield element
    for kid in element.kids:
        if isinstance(kid, Element) and kid.kind != "/TOC":
            if (element.kind, kid.kind) == ("/Document", "/Span"):
                kid.kind = "/P"  # text that stands on its own, tagged or not
            yield from _walk(kid)


def _note(element: Element, found: Content, places: Places, targets: list[pikepdf.Object]) -> None:
    """Add what an element says to what was found, and where it stands."""
    words = text(element)
    if element.kind in BLOCKS and (label := LABELLED.fullmatch(words)):
        places.note(element, found.landing("numbered"))
        found.numbered.append(Numbered(label[1], label[2]))
        return
    match element.kind:
        case "/Title":
            found.headings.append(Heading(1, words))
        case "/H1" | "/H2" | "/H3" | "/H4" | "/H5" | "/H6" if words not in FRAME:
            found.headings.append(Heading(int(element.kind[2]), words))
        case "/Figure":
            found.images.append(str(element.source.get("/Alt", "")))
        case "/LI" | "/TH":
            places.note(element, found.landing("items"))
            found.items.append(own_words(element))
        case "/Link":
            places.note(element, found.landing("links"))
            targets.append(_destination(element))
            found.links.append(Link(words, _target(targets[-1])))


def _destination(link: Element) -> pikepdf.Object:
    """Where a link leads, as its annotation says: a name, a place on a sheet, or an address."""
    kids = link.source.K
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary) and "/Obj" in kid:
            return kid.Obj.Dest if "/Dest" in kid.Obj else kid.Obj.A.URI
    raise AssertionError(f"the link {link.text!r} has no annotation")


def _target(destination: pikepdf.Object) -> Target:
    if isinstance(destination, Array):
        return Target("", "")  # named later
    if "://" in str(destination) or str(destination).startswith("mailto:"):
        return Target(str(destination))
    page, _, place = str(destination).partition("#")
    return Target(page, place)


def text(element: Element) -> str:
    """The words of an element."""
    return plain(PAGE_NUMBER.sub("", plain("".join(_pieces(element, without=())))))


def own_words(item: Element) -> str:
    """The words of a list item, without its bullet or term, and without lists within it."""
    return plain(PAGE_NUMBER.sub("", plain("".join(_pieces(item, without=("/L", "/Lbl"))))))


def _pieces(element: Element, without: Container[str]) -> Iterator[str]:
    gap = "" if element.kind in WITHIN_A_LINE else " "
    yield gap
    for kid in element.kids:
        if isinstance(kid, str):
            yield kid
        elif kid.kind not in without:
            yield from _pieces(kid, without)
    yield gap
