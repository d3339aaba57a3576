"""How sure a passage is: one of four levels, in words, with what it rests on."""

import pytest

from tests.projects import WORKS, Project

PAGE = "# Sample\n\n{}\n\n```{{bibliography}}\n```\n"
LINE = "```{{how-sure}} {}\n{}\n```"
CITED = "One study {cite:p}`leamy2011`."


@pytest.fixture
def sure(project: Project) -> Project:
    project.write("references.bib", WORKS.partition("\n\n")[2])
    return project


def test_the_level_stands_in_words_in_every_copy(sure: Project) -> None:
    lines = [
        LINE.format("few or small studies", CITED),
        "Term\n: What.\n\n  " + LINE.format("contested", CITED).replace("\n", "\n  "),
        LINE.format("not studied", "Nobody looked."),
    ]
    sure.write("docs/index.md", PAGE.format("\n\n".join(lines)))
    text = sure.build("text")
    assert text.status == 0, text.text
    words = (text.out / "index.txt").read_text("utf-8")
    assert "**How sure: few or small studies.** One study (Leamy" in words
    assert "**How sure: contested.** One study" in words
    assert "**How sure: not studied.** Nobody looked." in words
    html = sure.build("html")
    page = (html.out / "index.html").read_text("utf-8")
    assert page.count('<p class="how-sure"><strong>How sure: ') == 3
    assert sure.build("pdf").status == 0


@pytest.mark.parametrize(
    ("level", "words", "said"),
    [
        ("few studies", CITED, '"few studies" is no level of how sure something is. Did you mean'),
        ("", CITED, '"" is no level of how sure something is. Write one of: many studies agree,'),
        ("contested", "Some say so.", 'Nothing is cited for the level "contested". Cite what it'),
        ("contested", f"- {CITED}", "does not hold one paragraph. Write in one paragraph what"),
        ("not studied", "", "does not hold one paragraph. Write in one paragraph what"),
    ],
)
def test_what_is_missing_is_told_once(sure: Project, level: str, words: str, said: str) -> None:
    sure.write(
        "docs/index.md",
        f"# Sample\n\nA {CITED}\n\n" + LINE.format(level, words) + "\n\n```{bibliography}\n```\n",
    )
    built = sure.build("html")
    assert built.status == 1
    errors = [line for line in built.text.splitlines() if "ERROR" in line]
    assert len(errors) == 1, built.text
    assert errors[0].startswith(("docs/index.md:5: ERROR: ", "docs/index.md:5:"))
    assert said in errors[0]
    assert "1 finding to mend" in built.text
