"""The foot of printed sheets, and which edition it names."""

import pytest
from hypothesis import given, strategies
from sphinx.config import Config

from sphinx_evidence.html.print_footer import quoted
from sphinx_evidence.runtime.edition import edition
from tests.projects import Project


@given(strategies.text())
def test_no_text_ends_its_string_or_its_element(text: str) -> None:
    inner = quoted(text)[1:-1]
    assert not set('"<\n') & set(inner)
    assert "\\" not in inner.replace("\\22 ", "").replace("\\3c ", "").replace("\\a ", "").replace(
        "\\5c ", ""
    )


def test_text_can_be_read_back() -> None:
    assert quoted('A "b" \\ </style>') == '"A \\22 b\\22  \\5c  \\3c /style>"'


@pytest.mark.parametrize(
    ("release", "words"), [("1.2", "Version 1.2, 1 May 2025"), ("", "1 May 2025")]
)
def test_edition(release: str, words: str) -> None:
    config = Config({}, {"release": release, "today": "1 May 2025"})
    assert edition(config) == words


def test_date_is_that_of_the_source(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert edition(Config({}, {"language": "en-GB"})) == "14 November 2023"


def test_every_page_has_a_foot(project: Project) -> None:
    project.append("conf.py", "release = '1.2'\nhtml_baseurl = 'https://example.org/p/'\n")
    project.write("docs/index.md", '# Words & `"more"` *so*\n')
    built = project.build("html")
    assert built.status == 0, built.text
    text = (built.out / "index.html").read_text("utf-8")
    assert 'content: "Words & \\22 more\\22  so" "\\a " "https://example.org/p/index.html"' in text
    assert 'content: "Version 1.2, 1 January 1970" "\\a " counter(page)' in text
