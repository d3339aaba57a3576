"""What only Word can hide: open changes and comments, pictures without words, local links."""

import re
from collections.abc import Iterator
from pathlib import PureWindowsPath

from sphinx_evidence.bibliography.identifiers import bare_doi
from sphinx_evidence.diagnostics.finding import Finding, Location
from sphinx_evidence.rulebook.rule import Rule
from sphinx_evidence.word.blocks import Manuscript, Open, Paragraph

_SCHEME = re.compile(r"(?:https?|mailto|ftp|doi|tel):", re.IGNORECASE)
_OWN = re.compile(r"file:|[A-Za-z]:[\\/]|\\\\|/", re.IGNORECASE)
_PUBLIC = "Give the address of a public page, or take the link away."
_LONGEST = 80  # letters of words that are shown


def word_findings(manuscript: Manuscript, path: str) -> Iterator[Finding]:
    """What the author has still to decide, to describe, or to bring into the file."""
    for one in manuscript.paragraphs:
        place = Location(path, one.number, 1)
        for change in one.open:
            yield _undecided(place, change)
        yield from _pictures(place, one)
        addresses = dict.fromkeys(span.link for span in one.spans)
        for address in addresses:
            if wrong := _nowhere(address):
                doi = bare_doi(address)
                remedy = f"Write https://doi.org/{doi}" if doi else _PUBLIC
                words = "".join(span.text for span in one.spans if span.link == address)
                yield place.finding(Rule.WORD_LOCAL, wrong, remedy, words[:_LONGEST])


def _undecided(place: Location, change: Open) -> Finding:
    who = change.author[:_LONGEST] or "somebody"
    words = f"“{change.words[:_LONGEST]}”"
    if change.what == "hidden":
        wrong = f"{words} is hidden text, which is not read here."
        remedy = "Delete it, or let it be seen (Font, Hidden)."
    elif change.words:
        read = " It is read as if that were accepted."
        wrong = f"{words}: {change.what} by {who}, and not decided.{read}"
        remedy = "Accept the change, or reject it."
    else:
        wrong = f"{who} has commented: “{change.what[:_LONGEST]}”."
        remedy = "Answer the comment, and delete it."
    return place.finding(Rule.WORD_OPEN, wrong, remedy, change.words[:_LONGEST])


def _pictures(place: Location, one: Paragraph) -> Iterator[Finding]:
    for picture in (span.picture for span in one.spans if span.picture):
        if picture.address:
            wrong = f"The picture “{_name(picture.address)}” is linked, and not in the document."
            remedy = "Insert the picture itself."
            yield place.finding(Rule.WORD_LOCAL, wrong, remedy)
        if not picture.alt.strip():
            wrong = "The picture has no alternative text."
            remedy = "Describe what it shows: right-click it, View Alt Text."
            yield place.finding(Rule.IMAGE_ALT, wrong, remedy)


def _nowhere(address: str) -> str:
    """What is wrong with an address that leads nowhere; nothing of one within the document."""
    if not address or address[0] in "#?" or _SCHEME.match(address):
        return ""
    if _OWN.match(address):
        return f"The link leads to “{_name(address)}” on somebody’s own computer."
    return f"The link has “{address[:_LONGEST]}” as its address, which leads nowhere."


def _name(address: str) -> str:
    return PureWindowsPath(address).name[:_LONGEST]
