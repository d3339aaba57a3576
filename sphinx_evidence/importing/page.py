"""A page of MyST, and what became of each paragraph; pure."""

import re
from dataclasses import dataclass, field

from sphinx_evidence.word.blocks import Paragraph


@dataclass
class Page:
    """A page: its name, and blocks that an empty line parts."""

    name: str
    blocks: list[str] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)
    head: str = ""

    @property
    def text(self) -> str:
        """The file."""
        body = "\n\n".join([self.head, *self.blocks] if self.head else self.blocks)
        called = set(re.findall(r"\[\^(\d+)\]", body))  # which Sphinx asks of each note
        notes = [
            f"[^{number}]: {words}" if number in called else f"Note {number}: {words}"
            for number, words in self.notes.items()
        ]
        return "\n\n".join([body, *notes]) + "\n"


@dataclass(frozen=True)
class Account:
    """What became of a paragraph: the page that it is on, or empty and why it is on none."""

    paragraph: Paragraph
    page: str
    why: str = ""


def directive(name: str, title: str, options: str, text: str) -> str:
    """A directive of MyST, with options of a line each."""
    fence = "::::" if "`" in title else "````"  # Markdown allows none behind backticks
    return f"{fence}{{{name}}} {title}".rstrip() + f"\n{options}\n{text}\n{fence}"
