"""What the pages of a book hold, as its metadata must tell it.

The terms are those of the Schema.org Accessibility Properties for Discoverability Vocabulary,
https://www.w3.org/community/reports/a11y-discov-vocab/.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from sphinx_evidence.text.lines import Lines

XHTML, SVG, MATHML = (
    f"{{http://www.w3.org/{name}}}" for name in ("1999/xhtml", "2000/svg", "1998/Math/MathML")
)
# By EPUB 3.3, D.5, the package has to say which pages hold these.
PROPERTIES = {f"{SVG}svg": "svg", f"{MATHML}math": "mathml", f"{XHTML}script": "scripted"}
MOVING = {f"{SVG}animate", f"{SVG}animateMotion", f"{SVG}animateTransform", f"{SVG}set"}
SOUNDING = {f"{XHTML}audio", f"{XHTML}video", f"{XHTML}iframe"}
STILL_TYPES = ("image/svg+xml", "image/png", "image/jpeg")


class NotXHTMLError(Exception):
    """A page that no reading system would open."""


@dataclass(frozen=True)
class Page:
    """One page: its path in the book, its title, its whole text, the properties it needs."""

    path: str
    title: str
    text: str
    properties: frozenset[str] = frozenset()
    images: int = 0
    undescribed: int = 0  # images without an alt
    restless: bool = False  # whether something may move, flash or sound


def page(path: str, title: str, text: str) -> Page:
    """Read a page, with its SVG elements put into their namespace, which HTML leaves out.

    Raises NotXHTMLError, with the line of the text that is at fault.
    """
    text = re.sub(r"<svg(?![^>]*\sxmlns=)", '<svg xmlns="http://www.w3.org/2000/svg"', text)
    try:
        root = ET.fromstring(text)  # noqa: S314  # written by our own build
    except ET.ParseError as error:
        number, column = error.position
        line = Lines(text).line(number)
        near = line[max(0, column - 40) : column + 40].strip()
        raise NotXHTMLError(f"{error.msg.partition(':')[0]}, near {near!r}") from error
    tags = {element.tag for element in root.iter()}
    images = [*root.iter(f"{XHTML}img")]
    return Page(
        path, title, text,
        properties=frozenset(name for tag, name in PROPERTIES.items() if tag in tags),
        images=len(images),
        undescribed=sum("alt" not in image.attrib for image in images),
        restless=bool(tags & (MOVING | SOUNDING | {f"{XHTML}script"})),
    )  # fmt: skip


def accessibility(pages: Iterable[Page], image_types: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield properties and values: how the book can be read, by what the pages really hold.

    That it meets a standard (``dcterms:conformsTo``) is not among them: that takes somebody who
    has tested it and says so.
    """
    pages = [*pages]
    pictures = any(one.images or "svg" in one.properties for one in pages)
    described = not any(one.undescribed for one in pages)
    yield "accessMode", "textual"
    if pictures:
        yield "accessMode", "visual"
    yield "accessModeSufficient", "textual" if described else "textual,visual"
    features = {
        "alternativeText": pictures and described,
        "displayTransformability": True,  # our style sheet sets neither colours nor sizes in points
        "MathML": any("mathml" in one.properties for one in pages),
        "readingOrder": True,
        "structuralNavigation": True,
        "tableOfContents": True,
        "unlocked": True,
    }
    for name, given in features.items():
        if given:
            yield "accessibilityFeature", name
    quiet = set(image_types) <= set(STILL_TYPES) and not any(one.restless for one in pages)
    yield "accessibilityHazard", "none" if quiet else "unknown"
    summary = "The text can be enlarged, read aloud and shown in braille, in the order of the page."
    summary += " Headings, lists, tables and links are marked as what they are."
    if pictures and described:
        summary += " Every picture has a description in words."
    yield "accessibilitySummary", summary
