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
_SVG = "http://www.w3.org/2000/svg"
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,", re.IGNORECASE)
_LOADS = re.compile(r"@import|url\(\s*['\"]?\s*(?!#)|expression\(|javascript:|\\", re.IGNORECASE)


def svg_faults(path: Path) -> list[tuple[int, str]]:
    """Line and words of each thing that a picture may not hold, or why it cannot be read."""
    faults: list[tuple[int, str]] = []
    parser = expat.ParserCreate(namespace_separator=" ")
    styles: list[bool] = []

    def add(words: str) -> None:
        faults.append((parser.CurrentLineNumber, words))

    def start(name: str, attributes: dict[str, str]) -> None:
        space, _, tag = name.rpartition(" ")
        styles.append(tag == "style")
        if space == _SVG and tag not in ELEMENTS:
            add(f"<{tag}>")
        for attribute, value in attributes.items():
            for words in _attribute_faults(attribute.rpartition(" ")[2], value):
                add(words)

    def text(data: str) -> None:
        if styles and styles[-1] and _LOADS.search(data):
            add("a style that loads something")

    def end(_name: str) -> None:
        styles.pop()

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = lambda *_: add("<!DOCTYPE>")
    parser.ProcessingInstructionHandler = lambda target, _: add(f"<?{target}>")
    try:
        parser.Parse(path.read_bytes(), True)  # noqa: FBT003  # takes no name
    except expat.ExpatError as error:
        faults.append((error.lineno, f"what is no XML ({expat.errors.messages[error.code]})"))
    return faults


def _attribute_faults(name: str, value: str) -> Iterator[str]:
    if name.lower().startswith("on"):
        yield f"{name}="
    elif name == "href" and not (value.startswith("#") or _PICTURE.match(value)):
        yield f'href="{value[:40]}"'
    elif _LOADS.search(value):
        yield f'{name}="{value[:40]}"'
