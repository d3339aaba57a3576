"""What is printed of the wrong example of each rule: every example is really checked."""

import contextlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sphinx_evidence.bibliography.check import check_files
from sphinx_evidence.bibliography.reader import read_files
from sphinx_evidence.citations.rules import unknown_statuses
from sphinx_evidence.diagnostics.finding import Finding
from sphinx_evidence.links.ledger import Entry, Ledger
from sphinx_evidence.links.places import Use
from sphinx_evidence.links.rules import check_links
from sphinx_evidence.links.run import Outcome
from sphinx_evidence.manuscripts.audit import audit
from sphinx_evidence.manuscripts.plain_text import read as read_document
from sphinx_evidence.network.verdicts import Verdict
from sphinx_evidence.record.data import load
from sphinx_evidence.registries.record import Answer as Registered
from sphinx_evidence.registries.record import Notice, NoticeKind, Person, Record, Registry, Work
from sphinx_evidence.registries.record import Verdict as Said
from sphinx_evidence.registries.rules import check_works
from sphinx_evidence.registries.works import OF_DOIS, identifiers
from sphinx_evidence.reports.text import render_finding
from sphinx_evidence.rulebook import Explanation, explanations
from sphinx_evidence.rulebook.rule import Rule, Severity
from sphinx_evidence.text.lines import Lines

CONF = """\
extensions = ["myst_parser", "sphinx_evidence"]
bibtex_bibfiles = ["references.bib"]
bibtex_reference_style = "evidence-harvard"
myst_heading_anchors = 3
myst_enable_extensions = ["attrs_block"]
numfig = True
evidence_rules = {rules!r}
evidence_wording = {{"sufferers?": "people who live with it"}}
"""
WORK = """\
@article{{{key},
  author = {{{author}}},
  title = {{{title}}},
  year = {{{year}}},
  journal = {{Journal of Examples}},
  volume = {{1}},
  pages = {{2--9}},
}}
"""
WORKS = "\n".join(
    (
        WORK.format(key="anthony1993", author="Anthony, W. A.", title="A vision", year=1993),
        WORK.format(
            key="leamy2011",
            author="Leamy, M. and Bird, V. and Slade, M.",
            title="A framework",
            year=2011,
        ),
    )
)
ON_PAGES = ("citations", "pages", "policy", "style")
WHOLE = (
    Rule.CITATION_UNLISTED, Rule.CITATION_UNUSED, Rule.CITATION_FURTHER_READING, Rule.PAGE_CIRCLE
)  # fmt: skip
SEEN = date(2026, 3, 1)
SITE = "https://example.org/"
LEDGER = {  # what the addresses of the examples have answered
    SITE: Entry(Verdict.OK, last_ok=SEEN),
    f"{SITE}old": Entry(Verdict.MOVED, last_ok=SEEN, moved_to=f"{SITE}new", permanent=True),
    f"{SITE}page": Entry(Verdict.ANCHOR, last_ok=SEEN, missing=("frist-part",)),
    f"{SITE}no-such-page": Entry(Verdict.GONE, "404", None, SEEN, date(2026, 3, 9), failures=2),
    "http://example.org/": Entry(Verdict.MOVED, last_ok=SEEN, moved_to=SITE, permanent=True),
}

PAPER = Record(  # what registries know of the work in the examples
    title="Conceptual framework for personal recovery in mental health",
    authors=(Person("Leamy", "Mary"), Person("Bird", "Victoria"), Person("Slade", "Mike")),
    container="British Journal of Psychiatry",
    other_containers=("Br J Psychiatry",),
    printed=2011,
    volume="199",
    issue="6",
    pages="445-452",
    doi="10.1192/bjp.bp.110.083733",
)
NOTED = Record(  # made up: nobody's work is called retracted for an example
    title="Title of the article",
    authors=(Person("Surname", "Given"),),
    container="Name of the Journal",
    printed=2011,
    volume="199",
    issue="6",
    pages="445-452",
)
PREPRINT = Record(
    title=PAPER.title, authors=PAPER.authors, other_containers=("bioRxiv",), other_years=(2011,),
    preprint=True, published_as=PAPER.doi,
)  # fmt: skip


def _told(kind: NoticeKind) -> Notice:
    return Notice(kind, str(kind), "2012-05-01", "publisher", "10.5555/notice")


KNOWN: dict[str, tuple[Any, ...]] = {
    PAPER.doi: (Registry.CROSSREF, PAPER),
    "10.5555/retracted": (Registry.CROSSREF, NOTED, _told(NoticeKind.RETRACTION)),
    "10.5555/doubted": (Registry.CROSSREF, NOTED, _told(NoticeKind.CONCERN)),
    "10.5555/corrected": (Registry.CROSSREF, NOTED, _told(NoticeKind.CORRECTION)),
    "10.1101/2010.01.01": (Registry.CROSSREF, PREPRINT),
    "22130746": (Registry.PUBMED, PAPER),
}


def printed() -> dict[Rule, str]:
    """The finding of each rule that has an example, as a terminal shows it."""
    by_part: dict[str, list[Explanation]] = {}
    for explained in explanations().values():
        if explained.wrong:
            by_part.setdefault(explained.part, []).append(explained)
    with TemporaryDirectory() as folder, contextlib.chdir(folder):
        return {
            **dict(_alone(by_part, "bibliography", "references.bib", _bib)),
            **dict(_alone(by_part, "manuscripts", "paper.md", _manuscript)),
            **dict(_alone(by_part, "record", "record.toml", _record)),
            **dict(_alone(by_part, "references", "references.bib", _references)),
            **dict(_alone(by_part, "links", "page.md", _links)),
            **dict(_pages([one for part in ON_PAGES for one in by_part[part]])),
        }


def _alone(
    by_part: dict[str, list[Explanation]], part: str, name: str, check: object
) -> Iterator[tuple[Rule, str]]:
    """Examples that are files of their own."""
    for explained in by_part[part]:
        content = explained.wrong.removeprefix("\n")
        Path(name).write_text(content, "utf-8")
        findings: list[Finding] = check(Path(name), content)  # type: ignore[operator]
        yield from _first(explained.rule, findings, content)


def _first(rule: Rule, findings: list[Finding], content: str) -> Iterator[tuple[Rule, str]]:
    severity = Severity.WARNING if rule.severity is Severity.OFF else rule.severity
    for finding in [each for each in findings if each.rule is rule][:1]:
        line = Lines(content).line(finding.line)
        yield rule, render_finding(finding, severity, source_line=line, colour=False)


def _bib(path: Path, _content: str) -> list[Finding]:
    bibliography = read_files([path.resolve()])
    return [*check_files([path])[0], *unknown_statuses(bibliography, ["confirmed"])]


def _references(path: Path, _content: str) -> list[Finding]:
    bibliography = read_files([path.resolve()])
    works = {
        key: Work(found, answers={})
        for key, entry in bibliography.entries.items()
        if (found := identifiers(entry))
    }
    for key, work in works.items():
        for value in work.identifiers.values():
            registry, record, *told = KNOWN.get(value, (None, None))
            if registry is None:  # nobody has it
                answers = dict.fromkeys(OF_DOIS, Registered(Said.ABSENT, value, SEEN))
            else:
                said = Registered(Said.ANSWERED, value, SEEN, "", record, tuple(told))
                answers = {registry: said}
            works[key] = Work(work.identifiers, answers=answers)
    return list(check_works(bibliography, works))


def _manuscript(path: Path, content: str) -> list[Finding]:
    return audit(read_document(content, path.name))


def _record(path: Path, content: str) -> list[Finding]:
    return load(content, path.name).findings


def _links(path: Path, content: str) -> list[Finding]:
    uses = []
    for number, line in enumerate(Lines(content).texts, 1):
        for found in re.finditer(r"\]\((http[^)]*)\)", line):
            address, _, anchor = found[1].partition("#")
            column = found.start(1) + 1
            uses.append(Use(found[1], address, anchor, path.name, number, column, found[1], 0))
    return list(check_links(uses, Outcome(Ledger(LEDGER))))


def _pages(examples: list[Explanation]) -> Iterator[tuple[Rule, str]]:
    """Examples that are pages: all of them in one project, but for those that are a whole one."""
    rules = {str(one.rule): "warning" for one in examples if one.rule.severity is Severity.OFF}
    Path("conf.py").write_text(CONF.format(rules=rules), "utf-8")
    Path("references.bib").write_text(WORKS, "utf-8")
    Path("picture.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', "utf-8")
    record = explanations()[Rule.RECORD_KIND].right
    Path("record.toml").write_text(record, "utf-8")
    together = [one for one in examples if one.rule not in WHOLE]
    for one in together:
        text = one.wrong.removeprefix("\n")
        page = text if text.startswith("---") else f"# Page\n\n{text}\n"
        Path(f"{one.rule}.md").write_text(page, "utf-8")
    contents = "# Sample\n\n```{bibliography}\n```\n\n```{toctree}\n:glob:\n\n*\n```\n"
    yield from _build(contents, [one.rule for one in together])
    for path in Path().glob("*.md"):
        path.unlink()
    for one in examples:
        if one.rule in WHOLE:
            yield from _build(f"# Sample\n\n{one.wrong}\n", [one.rule])


def _build(index: str, rules: list[Rule]) -> Iterator[tuple[Rule, str]]:
    Path("index.md").write_text(index, "utf-8")
    subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-E", "-b", "evidence-citations", ".", "out"],
        capture_output=True,
        check=False,
        env={**os.environ, "NO_COLOR": "1"},
    )
    report = Path("out/output.txt").read_text("utf-8")
    for block in re.split(r"\n(?=\S)", report):
        found = re.search(r"\[evidence\.([\w-]+)\]", block)
        named = len(rules) == 1 or (found and block.startswith(f"{found[1]}.md:"))
        if found and named and found[1] in rules:
            yield Rule(found[1]), block.partition("\n  Why:")[0]
