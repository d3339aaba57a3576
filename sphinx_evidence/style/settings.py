"""Settings of how pages are written."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from sphinx_evidence.settings import about


def _positive(words: int) -> None:
    if words < 1:
        raise ValueError(f"{words} is not what it takes.", "Write 1 or more.")


def _wording(wording: Mapping[object, object]) -> None:
    for pattern, instead in wording.items():
        if not isinstance(pattern, str) or not isinstance(instead, str) or not instead.strip():
            wrong = f"{pattern!r}: {instead!r} are not words and what to write for them."
            raise ValueError(wrong, 'Write {"old words": "new words"}.')
        try:
            re.compile(pattern)
        except re.error as error:
            wrong = f"{pattern!r} is no regular expression: {error}."
            raise ValueError(
                wrong, "Write a backslash before a sign that stands for itself."
            ) from None


@dataclass(frozen=True)
class StyleSettings:
    """What a project has agreed for the pages that it writes in MyST."""

    page_words: int = field(
        default=800,
        metadata=about(
            "The most words of a page, where the rule `style-length` is on.", validator=_positive
        ),
    )
    wording: dict[str, str] = field(
        default_factory=dict,
        metadata=about(
            "From words that this project does not use to what it writes instead. The words are a "
            "regular expression; case does not count, and quoted words, code and addresses are "
            "let be.",
            validator=_wording,
        ),
    )
