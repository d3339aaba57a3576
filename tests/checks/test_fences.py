"""Fences that are not closed, and what only looks like one."""

import pytest

from sphinx_evidence.checks.fences import unclosed
from sphinx_evidence.text.lines import Lines


@pytest.mark.parametrize(
    "text",
    [
        "```{box} Title\nText.\n```",
        "````{note}\n```python\nx\n```\n````",
        "``````{note}\n`````{box} Inner\nText.\n`````\n``````  ",
        "~~~\n```\n~~~",
        "Words with ```code``` in them.\n```code```",
        "```\n~~~\n    ```\n`````",
        ":::{note}\nText.\n:::",
        "::::{grid}\n:::{card}\n:::\n::::",
        "    ```\n    shown, as it is indented",
    ],
)
def test_closed(text: str) -> None:
    assert unclosed(Lines(text), "a.md", colons=True) is None


@pytest.mark.parametrize(
    ("text", "place", "remedy"),
    [
        ("Text.\n\n```{box} Title\nText.", "a.md:3:1", "Type ``` on a line of its own"),
        ("````{box} A\n```\nText.\n```", "a.md:1:1", "Type ```` on"),
        ("```\nA\n```\n  ~~~ python\nB\n~~", "a.md:4:3", "Type ~~~ on"),
        (":::{note}\nText.\n```", "a.md:1:1", "Type ::: on"),
        ("```{box} A\n\n``` b\n", "a.md:1:1", "Type ``` on"),
    ],
)
def test_open(text: str, place: str, remedy: str) -> None:
    found = unclosed(Lines(text), "a.md", colons=True)
    assert found is not None
    assert (found.place, remedy in str(found)) == (place, True)


def test_colons_are_text_where_they_fence_nothing() -> None:
    assert unclosed(Lines(":::{note}\nText."), "a.md", colons=False) is None
