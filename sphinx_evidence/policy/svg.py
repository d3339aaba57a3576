"""What an SVG picture may hold: shapes and words, and nothing that runs or asks for more."""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat

ELEMENTS = frozenset({
    "circle", "clipPath", "defs", "desc", "ellipse", "feBlend", "feColorMatrix",
    "feComponentTransfer", "feComposite", "feFlood", "feFuncA", "feFuncB", "feFuncG", "feFuncR",
    "feGaussianBlur", "feMerge", "feMergeNode", "feOffset", "filter", "g", "image", "line",
    "linearGradient", "marker", "mask", "metadata", "path", "pattern", "polygon", "polyline",
    "radialGradient", "rect", "stop", "style", "svg", "switch", "symbol", "text", "textPath",
    "title", "tspan", "use", "view",
})  # fmt: skip
_XHTML = "http://www.w3.org/1999/xhtml"  # whose scripts run in a drawing, too
_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,", re.IGNORECASE)
_LOADS = re.compile(r"@import|url\((?!\s*['\"]?\s*#)|expression\(|javascript:|\\", re.IGNORECASE)


class _EntitiesError(Exception):
    """The picture may define entities."""


class _Reader:
    """Reads a picture once; ``faults`` are line and words of each thing that it may not hold."""

    def __init__(self) -> None:
        """Listen to the parser."""
        self.faults: list[tuple[int, str]] = []
        self.in_style: list[bool] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = lambda _: self.in_style.pop()
        self.parser.CharacterDataHandler = self.text
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.ProcessingInstructionHandler = lambda target, _: self.add(f"<?{target}>")

    def add(self, words: str) -> None:
        """Note a fault where the parser is."""
        self.faults.append((self.parser.CurrentLineNumber, words))

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Judge an element; those of a drawing program mean nothing to a browser."""
        space, _, tag = name.rpartition(" ")
        self.in_style.append(tag == "style")
        if space == _XHTML or (space == _SVG and tag not in ELEMENTS):
            self.add(f"<{tag}>")
        for attribute, value in attributes.items():
            where, _, own = attribute.rpartition(" ")
            for words in _attribute_faults(own, value) if where in {"", _XLINK} else ():
                self.add(words)

    def text(self, data: str) -> None:
        """Judge a style."""
        if self.in_style and self.in_style[-1] and _LOADS.search(data):
            self.add("a style that loads something")

    def doctype(self, *_: object) -> None:
        """Read no further: entities may be defined, one by the other."""
        self.add("<!DOCTYPE>")
        raise _EntitiesError


def svg_faults(path: Path) -> list[tuple[int, str]]:
    """Line and words of each thing that a picture may not hold, or why it cannot be read."""
    reader = _Reader()
    try:
        reader.parser.Parse(path.read_bytes(), True)  # noqa: FBT003  # takes no name
    except _EntitiesError:
        pass
    except expat.ExpatError as error:
        words = expat.errors.messages[error.code]
        reader.faults.append((error.lineno, f"what is no XML ({words})"))
    return reader.faults


def _attribute_faults(name: str, value: str) -> Iterator[str]:
    if name.lower().startswith("on"):
        yield f"{name}="
    elif name == "href" and not (value.startswith("#") or _PICTURE.match(value)):
        yield f'href="{value[:40]}"'
    elif _LOADS.search(value):
        yield f'{name}="{value[:40]}"'
