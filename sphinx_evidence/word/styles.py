"""What a style makes of a paragraph of Word, and the numbers that Word prints before it."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sphinx_evidence.bibliography.keys import letters

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DEEPEST = 9  # levels of headings and lists
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
          (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


def value(element: Any, path: str, default: str = "") -> str:  # noqa: ANN401  # lxml has no types
    """The ``w:val`` of the element at a path of names."""
    found = element.find("/".join(f"{W}{name}" for name in path.split("/")))
    return default if found is None else found.get(f"{W}val", "1")


def number(text: str, default: int = 0) -> int:
    """A whole number, as Word writes them."""
    return int(text) if re.fullmatch(r"-?\d{1,6}", text) else default


@dataclass(frozen=True)
class Style:
    """What a style says, with what it is based on."""

    name: str = ""
    outline: int = -1  # level of a heading from 0, or -1
    list_id: str = ""
    list_level: int = 0
    bold: bool = False
    italic: bool = False
    bordered: bool = False


@dataclass
class Styles:
    """The styles of a document by their ids."""

    elements: dict[str, Any]
    known: dict[str, Style] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Any) -> "Styles":  # noqa: ANN401
        """Read the part ``styles.xml``."""
        found = () if root is None else root.iter(f"{W}style")
        return cls({style.get(f"{W}styleId", ""): style for style in found})

    def __getitem__(self, name: str) -> Style:
        """The style with this id; an empty one where there is none."""
        if name not in self.known:
            chain = []
            at = name
            while at in self.elements and at not in chain:
                chain.append(at)
                at = value(self.elements[at], "basedOn")
            style = Style()
            for each in reversed(chain):
                style = said(self.elements[each], style)
            named = value(self.elements[name], "name") if name in self.elements else ""
            self.known[name] = _with(style, name=named.casefold())
        return self.known[name]


def said(element: Any, under: Style) -> Style:  # noqa: ANN401
    """What the properties in a style, or in a paragraph, change of another style."""
    changes: dict[str, Any] = {}
    if outline := value(element, "pPr/outlineLvl"):
        changes["outline"] = number(outline) if number(outline) < _DEEPEST else -1
    if list_id := value(element, "pPr/numPr/numId"):
        changes["list_id"] = "" if list_id == "0" else list_id
    if level := value(element, "pPr/numPr/ilvl"):
        changes["list_level"] = min(max(number(level), 0), _DEEPEST - 1)
    for name, path in (("bold", "rPr/b"), ("italic", "rPr/i")):
        if switch := value(element, path):
            changes[name] = on(switch)
    border = element.find(f"{W}pPr/{W}pBdr")
    if border is not None:
        sides = {side for side in ("top", "left", "bottom", "right")
                 if value(border, side, "none") not in {"none", "nil"}}  # fmt: skip
        changes["bordered"] = len(sides) == 4  # noqa: PLR2004  # all round
    return _with(under, **changes)


def on(switch: str) -> bool:
    """Whether a switch of Word is on."""
    return switch not in {"0", "false", "off"}


def _with(style: Style, **changes: Any) -> Style:  # noqa: ANN401
    return Style(**(style.__dict__ | changes))


@dataclass(frozen=True)
class _Level:
    form: str
    text: str
    start: int


class Numbering:
    """Counts the items of lists as Word does."""

    def __init__(self, root: Any) -> None:  # noqa: ANN401
        """Read the part ``numbering.xml``."""
        self.levels: dict[str, dict[int, _Level]] = {}
        self.abstract: dict[str, str] = {}
        self.counts: dict[str, list[int]] = defaultdict(lambda: [-1] * _DEEPEST)
        if root is None:
            return
        kinds = {each.get(f"{W}abstractNumId", ""): dict(_levels(each))
                 for each in root.iter(f"{W}abstractNum")}  # fmt: skip
        for each in root.iter(f"{W}num"):
            key, kind = each.get(f"{W}numId", ""), value(each, "abstractNumId")
            own: dict[int, _Level] = {}
            restarts = False
            for override in each.iter(f"{W}lvlOverride"):
                own |= dict(_levels(override))
                restarts |= override.find(f"{W}startOverride") is not None
            self.levels[key] = kinds.get(kind, {}) | own
            self.abstract[key] = key if restarts else f"abstract {kind}"

    def label(self, list_id: str, level: int) -> tuple[str, bool]:
        """What stands before the next item of a list, and whether it is a number."""
        levels = self.levels.get(list_id, {})
        this = levels.get(level)
        if this is None or this.form == "none":
            return "", False
        if this.form == "bullet":
            return "•", False
        counts = self.counts[self.abstract[list_id]]
        counts[level] = this.start if counts[level] < 0 else counts[level] + 1
        counts[level + 1 :] = [-1] * (_DEEPEST - level - 1)

        def shown(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            if at not in levels or at >= _DEEPEST:
                return ""
            return _written(max(counts[at], levels[at].start), levels[at].form)

        return re.sub(r"%([1-9])", shown, this.text[:60]), True


def _levels(element: Any) -> Iterator[tuple[int, _Level]]:  # noqa: ANN401
    for level in element.iter(f"{W}lvl"):
        at = number(level.get(f"{W}ilvl", "0"))
        form = value(level, "numFmt", "decimal")
        yield at, _Level(form, value(level, "lvlText"), number(value(level, "start", "1"), 1))


def _written(count: int, form: str) -> str:
    if form.startswith(("lowerLetter", "upperLetter")):
        written = letters(max(count - 1, 0))
    elif form.startswith(("lowerRoman", "upperRoman")):
        written, left = "", min(count, 4000)
        for size, sign in _ROMAN:
            written += sign * (left // size)
            left %= size
    else:
        return str(count)
    return written.upper() if form.startswith("upper") else written
