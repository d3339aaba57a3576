"""No silent loss: each construct arrives in Word, or stops the build by name and place."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from sphinx_evidence.runtime.abort import BuildAborted
from tests.docx.documents import Make, make
from tests.pdf.constructs import REFUSED, RENDERED

pytestmark = pytest.mark.xdist_group("docx constructs")  # one worker makes what they share

_SIGNS = re.compile(r"(?:•|‣|(?<![\d.])\d\.) ")  # which Word writes itself
# What is other by design: notes stand in a part of their own, and raw text is for Typst.
OTHERS = {"footnote": "Text.", "raw for others": "", "only": ""}


@pytest.fixture(scope="module")
def chapters(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The words of each construct, by its name: one build of a page for each."""
    folder = tmp_path_factory.mktemp("constructs")
    (folder / "docs").mkdir()
    (folder / "docs" / "words.txt").write_text("words\n", "utf-8")
    pages = {f"p{n}.md": f"# Start {n}\n\n{one}\n" for n, (one, _) in enumerate(RENDERED.values())}
    found = make(folder, pages).paragraphs
    starts = [at for at, (style, _) in enumerate(found) if style == "Heading 1"]
    parts = (found[begin + 1 : end] for begin, end in pairwise([*starts, len(found)]))
    words = (" ".join(words for _, words in part if words) for part in parts)
    return dict(zip(RENDERED, words, strict=True))


@pytest.mark.parametrize("name", RENDERED)
def test_construct_arrives(chapters: dict[str, str], name: str) -> None:
    written = re.sub(r"(Table|Figure|Fig\.) \d+\. ", "", chapters[name])
    assert OTHERS.get(name, _SIGNS.sub("", RENDERED[name][1])) in _SIGNS.sub("", written)
    assert "hidden" not in written


@pytest.mark.parametrize("name", REFUSED)
def test_construct_is_refused_by_name_and_place(written: Make, tmp_path: Path, name: str) -> None:
    source, line, message = REFUSED[name]
    message = message.replace("a width that the PDF cannot have", "cannot be set: not a length")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "words.txt").write_text("words\n", "utf-8")
    with pytest.raises(BuildAborted, match=rf"page\.md:{line}: .*{re.escape(message)}"):
        written({"page.md": f"# Page\n\n{source}\n"})
