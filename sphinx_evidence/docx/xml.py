"""Elements of Word (ECMA-376), made from plain values."""

import re
from typing import Any, TypeAlias

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

Element: TypeAlias = Any  # lxml has no types

_CONTROLS = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # no XML has them
_SPACES = re.compile(r"[ \t\r\n]+")  # not the no-break space, which an author sets on purpose


def make(name: str, /, *children: Element, **values: object) -> Element:
    """An element with its attributes and children."""
    made = OxmlElement(f"w:{name}")
    for key, value in values.items():
        made.set(qn(f"w:{key}"), str(value))
    made.extend(children)
    return made


def words(text: str, name: str = "t") -> Element:
    """An element of text, whose spaces stay."""
    made = make(name)
    made.text = _CONTROLS.sub("", text)
    made.set(qn("xml:space"), "preserve")
    return made


def prose(text: str) -> str:
    """Running text: a line break of the source is a space."""
    return _SPACES.sub(" ", text)


def run(*children: Element, **look: str) -> Element:
    """A run; ``look`` has the values of its properties, each of which has one."""
    # In this order, or Word calls the file damaged.
    order = ("rStyle", "b", "i", "vertAlign", "lang")
    properties = [make(name, val=look[name]) for name in order if name in look]
    return make("r", *([make("rPr", *properties)] if properties else []), *children)


def text_of(paragraph: Element) -> str:
    """The words of a paragraph, as they are compared when it comes back."""
    parts = (
        each.text or "" if each.tag == qn("w:t") else " "
        for each in paragraph.iter(qn("w:t"), qn("w:br"), qn("w:tab"))
    )
    return " ".join("".join(parts).split())


def field(code: str, shown: str = "") -> Element:
    """A field that shows a text until Word works it out."""
    return make("fldSimple", run(words(shown)), instr=f" {code} ")
