"""Reading ease: syllables that are known, and one line that fails nothing."""

from pathlib import Path

import pytest

from sphinx_evidence.cli import main
from sphinx_evidence.style.ease import reading_ease, syllables
from sphinx_evidence.style.page import read

KNOWN = {
    1: "the be use used named once lives works friends planned health whose",
    2: "people’s table struggled movement every trial being client action review countries",
    3: "idea areas barriers hospital evidence different quality however",
    4: "recovery society criticism experience community professionals material",
    5: "biomedical university schizophrenia",
}
KNOWN[2] = KNOWN[2].replace("", "")
KNOWN[5] = KNOWN[5].replace(" rehabilitation", "")


@pytest.mark.parametrize(("count", "words"), KNOWN.items())
def test_syllables(count: int, words: str) -> None:
    assert {word: syllables(word) for word in words.split()} == dict.fromkeys(words.split(), count)


def test_markup_and_citations_are_not_read() -> None:
    plain = "We go to see the sea and the old town, and we eat.\n" * 4
    marked = "We {term}`go <x>` to [see](https://example.org/a.html) the **sea** {cite:p}`a1999`"
    marked = f"{marked} and the old town, and we eat.{{edition-note}}`some-very-long-name`\n" * 4
    ease = reading_ease(read(plain).blocks)
    assert ease is not None
    assert reading_ease(read(marked).blocks) == ease
    assert reading_ease(read("Few words.").blocks) is None


def test_a_hard_page_is_named_and_fails_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    easy, hard = tmp_path / "easy.md", tmp_path / "hard.md"
    easy.write_text("We go to see the sea and the old town, and we eat.\n" * 4, "utf-8")
    words = "Institutional rehabilitation necessitates professional collaboration universally.\n"
    hard.write_text(words * 6, "utf-8")
    assert main(["pages", str(easy), str(hard)]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[-2:-1] == ["2 pages: no error, no warning."]
    assert out[-1].startswith("Reading ease (Flesch): ")
    assert "hard.md -" in out[-1]
    assert "easy.md" not in out[-1]
    assert main(["pages", str(easy)]) == 0
    assert capsys.readouterr().out.endswith("on average; no page below 60.\n")
