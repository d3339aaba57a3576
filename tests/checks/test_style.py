"""How pages are written, as the gate and the builder citations report it: where it is asked for."""

import pytest

from tests.projects import Project

TWO = "# Tides\n\nIt rose. The moon fell.\n"
BUILDERS = ["dummy", "citations"]


@pytest.mark.parametrize("builder", BUILDERS)
def test_rules_are_off_until_a_project_asks(builder: str, project: Project) -> None:
    project.write("docs/index.md", f"{TWO}\nNo sufferer rose.\n")
    assert project.build(builder).status == 0
    project.append(
        "conf.py",
        "evidence_rules = {'style-sentence': 'error', 'style-length': 'error'}\n"
        "evidence_page_words = 8\n"
        "evidence_wording = {'sufferers?': 'people'}\n",
    )
    built = project.build(builder)
    assert built.status == 1
    for said in (
        "docs/index.md:1:3: error: The page has 9 words; evidence_page_words allows 8.",
        "docs/index.md:3:10: error: A second sentence begins on this line. Begin a new line",
        "docs/index.md:5:4: error: “sufferer” is not how this project puts it. Write people.",
    ):
        assert said.casefold() in built.text.casefold()


@pytest.mark.parametrize("builder", BUILDERS)
def test_a_remark_lets_a_page_be(builder: str, project: Project) -> None:
    remark = "% evidence-ignore: style-sentence -- as it was said\n"
    project.append("conf.py", "evidence_rules = {'style-sentence': 'error'}\n")
    project.write("docs/index.md", TWO.replace("It", f"{remark}It"))
    assert project.build(builder).status == 0


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "evidence_page_words = 0",
            "evidence_page_words: 0 is not what it takes. Write 1 or more.",
        ),
        ("evidence_wording = {'a(': 'b'}", "evidence_wording: 'a(' is no regular expression"),
    ],
)
def test_settings_that_cannot_be(line: str, said: str, project: Project) -> None:
    project.append("conf.py", f"{line}\n")
    built = project.build("dummy")
    assert built.status == 1
    assert f"conf.py:12: ERROR: {said}" in built.text
