"""Entries of .bib files that are not what they seem."""

from pathlib import Path

import pytest

from sphinx_evidence.bibliography.reader import read_files
from sphinx_evidence.policy.bibliography import check_bibliography
from tests.projects import Project

ENTRY = """@misc{{{},
  author = {{Li, W.}},
  title = {{{}}},
  year = {{2001}},
  url = {{{}}},
}}
"""
URL = "https://example.org/"


@pytest.mark.parametrize(
    ("entry", "place", "words"),
    [
        (("a", r"\url{javascript:alert(1)}", URL), "3:17", 'kind "javascript:"'),
        (("a", r"See \href{data:text/html,x}{this}", URL), "3:22", 'kind "data:"'),
        (("a", r"\url{ java	script:alert(1)}", URL), "3:", 'kind "javascript:"'),
        (("a", "Title", "javascript:alert(1)"), "5:10", 'kind "javascript:"'),
        (("a", "Title", "file:///etc/passwd"), "5:10", 'kind "file:"'),
        (("a", "Title", "//example.org"), "5:10", "begins with its scheme"),
        (("a", "A \u202etitle", URL), "3:14", "U+202E RIGHT-TO-LEFT OVERRIDE"),
        (("a", "A \x1b[31mtitle", URL), "3:14", "U+001B control"),
        (("\u0430nthony1993", "Title", URL), "1:7", "CYRILLIC SMALL LETTER A"),
        (("anthony\uff11993", "Title", URL), "1:7", "FULLWIDTH DIGIT ONE"),
    ],
)
def test_what_is_refused(
    entry: tuple[str, str, str], place: str, words: str, tmp_path: Path
) -> None:
    path = tmp_path / "x.bib"
    path.write_text(ENTRY.format(*entry), "utf-8")
    (finding,) = check_bibliography(read_files([path]))
    assert f"{finding.line}:{finding.column}".startswith(place)
    assert words in finding.wrong


@pytest.mark.parametrize(
    "entry", [("müller2001", "Über שלום", URL), ("李2001", r"\url{https://example.org}", URL)]
)
def test_what_is_sound(entry: tuple[str, str, str], tmp_path: Path) -> None:
    path = tmp_path / "x.bib"
    path.write_text(ENTRY.format(*entry), "utf-8")
    assert list(check_bibliography(read_files([path]))) == []


@pytest.mark.parametrize("builder", ["html", "pdf", "epub"])
def test_no_format_is_written(builder: str, project: Project) -> None:
    project.write("references.bib", ENTRY.format("a", r"\url{javascript:alert(1)}", URL))
    project.append("docs/index.md", "\n{cite:t}`a`\n\n```{bibliography}\n```\n")
    built = project.build(builder)
    assert built.status == 1
    assert "references.bib:3:17: ERROR:" in built.text
