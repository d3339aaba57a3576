"""The manual builds, and what it says the program prints is what the program prints."""

import re
import shutil
from importlib import metadata
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from sphinx_evidence.cli import COMMANDS
from sphinx_evidence.declarations import declarations
from sphinx_evidence.rulebook import explanations
from sphinx_evidence.rulebook.rule import Rule
from tests.projects import ROOT, Built, Project

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("manual")]
MANUAL = ROOT / "sphinx_evidence" / "docs"
# An example of a page that is too long would be too long, and one in Word is no text.
UNPRINTED = {
    Rule.REVIEW_CHANGE, Rule.REVIEW_COMMENT, Rule.REVIEW_UNTRACKED,
    Rule.STYLE_LENGTH, Rule.WORD_LOCAL, Rule.WORD_OPEN,
}  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    project = Project(tmp_path_factory.mktemp("manual"))
    shutil.copytree(MANUAL, project.root / "docs", ignore=shutil.ignore_patterns("*.py"))
    shutil.copy(MANUAL / "conf.py", project.root)
    made = project.build("html")
    assert made.status == 0, made.text
    return made


def page(built: Built, name: str) -> BeautifulSoup:
    return BeautifulSoup((built.out / f"{name}.html").read_text("utf-8"), "html.parser")


def test_a_message_of_each_rule_is_printed(built: Built) -> None:
    shown = [code.get_text() for code in page(built, "messages")("pre")]
    examples = {rule for rule, explained in explanations().items() if explained.wrong}
    assert {rule for rule in Rule if any(f"[evidence.{rule}]" in text for text in shown)} == (
        examples - UNPRINTED
    )
    assert len(shown) == len(examples - UNPRINTED)


def test_each_rule_has_the_address_that_its_messages_give(built: Built) -> None:
    ids = {str(element["id"]) for element in page(built, "rules")(id=True)}
    assert {str(rule) for rule in Rule} <= ids


def test_each_setting_and_command_is_explained(built: Built) -> None:
    words = page(built, "settings").get_text()
    assert [one.name for one in declarations() if one.name not in words] == []
    headings = [found.get_text().rstrip("¶#") for found in page(built, "command")("h2")]
    assert headings == list(COMMANDS)


def test_licences_are_those_of_what_is_installed(built: Built) -> None:
    rows = [row.get_text(" ", strip=True) for row in page(built, "licences")("tr")]
    for name, licence in (("furo", "MIT"), ("typst", "Apache-2.0"), ("Pygments", "BSD")):
        start = f"{name} {metadata.version(name)} {licence}".casefold()
        assert any(row.casefold().startswith(start) for row in rows), start
    assert len(rows) > 30


def test_links_of_the_manual_lead_somewhere(built: Built) -> None:
    pages = {path.name: path for path in built.out.glob("*.html")}
    lost = []
    for path in pages.values():
        for link in BeautifulSoup(path.read_text("utf-8"), "html.parser")("a", href=True):
            target, _, anchor = str(link["href"]).partition("#")
            if "://" in target or target in {"", "_sources"}:
                continue
            there = pages.get(Path(target).name)
            if there is None or (anchor and f'id="{anchor}"' not in there.read_text("utf-8")):
                lost.append((path.name, link["href"]))
    assert lost == []


def test_the_oldest_versions_are_those_of_the_distribution() -> None:
    wanted = (ROOT / "pyproject.toml").read_text("utf-8")
    table = (MANUAL / "compatibility.md").read_text("utf-8")
    for name, shown in (("sphinx", "Sphinx"), ("myst-parser", "MyST-Parser")):
        (lowest,) = re.findall(rf'"{name}>=([\d.]+)', wanted)
        assert re.search(rf"\| {shown} \| {lowest}(?:\.0)* \|", table), name
    (python,) = re.findall(r'requires-python = ">=([\d.]+)"', wanted)
    assert f"| Python | {python} |" in table
