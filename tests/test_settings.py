"""Settings of the extension: what is misspelt or no possible value is told at its line."""

from pathlib import Path

import pytest

from sphinx_evidence import settings
from sphinx_evidence.declarations import declarations
from tests.projects import Project

CONF = """\
project = "Sample"
if project:
    evidence_rules = {}
    evidence_rule = {}  # misspelt
for evidence_quotaton in (10, 20):
    pass
other = project.evidence_x
"""


def told(project: Project, *options: str) -> str:
    built = project.build("linkcheck", *options)
    assert built.status == 1
    assert "Traceback" not in built.text
    assert built.text.count("conf.py:") == 1, built.text
    return built.text


def test_names_that_are_set_with_their_lines(tmp_path: Path) -> None:
    conf = tmp_path / "conf.py"
    assert settings.assigned(conf) == {}
    conf.write_text(CONF, "utf-8")
    lines = {"project": 1, "evidence_rules": 3, "evidence_rule": 4, "evidence_quotaton": 5}
    assert settings.assigned(conf) == lines | {"other": 7}
    known = ["evidence_rules", "evidence_quotation"]
    assert [(found.line, str(found)) for found in settings.misspelt(conf, known)] == [
        (4, "evidence_rule: There is no such setting. Did you mean evidence_rules?"),
        (5, "evidence_quotaton: There is no such setting. Did you mean evidence_quotation?"),
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "evidence_links_delays = 1",
            "evidence_links_delays: There is no such setting. Did you mean evidence_links_delay?",
        ),
        (
            "evidence_links_delay = '1'",
            "evidence_links_delay: '1' is not a number. Write evidence_links_delay = 0.5",
        ),
        (
            "evidence_links_ask = 'al'",
            'ask: \'al\' is not what it takes. Write one of: "due", "all", "new", "none".',
        ),
        ("evidence_links_ask = None", "evidence_links_ask: None is not what it takes."),
        (
            "evidence_links_per_host = 0",
            "evidence_links_per_host: 0 is not what it takes. Write 1 or more.",
        ),
        ("evidence_links_delay = -1", "evidence_links_delay: -1 is not what it takes."),
        (
            "evidence_links_handle = 'doi.org'",
            "Write a whole address that ends with a slash, such as https://doi.org/api/handles/.",
        ),
        ("evidence_links_ledger = 5", "evidence_links_ledger: 5 is not a text in quotes."),
        (
            "evidence_links_words = 'copy of {dat}'",
            'evidence_links_words: Nothing but {date} can stand in braces. Write "archived copy, ',
        ),
        ("evidence_links_words = 'copy of {'", "Nothing but {date} can stand in braces."),
        ("evidence_rules = {'image-alt': 'loud'}", 'evidence_rules: "loud" is no severity.'),
    ],
)
def test_a_setting_that_cannot_be(line: str, said: str, project: Project) -> None:
    project.append("conf.py", f"\n{line}\n")
    number = (project.root / "conf.py").read_text("utf-8").count("\n")
    text = told(project)
    assert f"conf.py:{number}: ERROR: evidence_" in text
    assert said in text


def test_a_setting_on_the_command_line(project: Project) -> None:
    assert "evidence_links_ask: 'al'" in told(project, "-Devidence_links_ask=al")


def test_every_setting_is_declared_once_and_explained() -> None:
    found = list(declarations())
    names = [one.name for one in found]
    assert len(set(names)) == len(names)
    for one in found:
        assert one.name.startswith("evidence_")
        assert one.help.endswith(".")
        assert one.fault(one.default) is None
        assert one.fault(object()), one.name
