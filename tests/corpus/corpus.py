"""The corpus: pages with citations typed as plain words, and pages in which nothing is wrong.

A folder holds references.bib, defects.toml and clean.toml; every case becomes a page of one
project, which is built once. ``python -m tests.corpus.corpus FOLDER`` prints the recall by form
and the precision by rule for any folder of this shape.
"""

import json
import re
import sys
import tempfile
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.projects import Project

CONF = """\
project = "Corpus"
extensions = ["myst_parser", "sphinx_design", "sphinx_evidence"]
evidence_short_names = True
myst_enable_extensions = ["colon_fence", "deflist", "dollarmath"]
suppress_warnings = ["toc.not_included"]
numfig = True
bibtex_bibfiles = ["references.bib"]
bibtex_default_style = bibtex_reference_style = "harvard"
evidence_rules = {"citation-heading": "error", "citation-unlisted": "off"}
evidence_allow = {"directives": ["only", "raw"]}
"""
RULES = re.compile(
    "crossref-typed|citation-(plain|unmatched|nameless|heading|alt|pandoc)|markup-(latex|left)"
)
SLACK = 40  # characters that may stand before the words, such as the bracket or a given name
Case = dict[str, Any]  # as TOML and JSON have it


@dataclass(frozen=True)
class Result:
    """What the check said of a corpus: each citation with its form and what was wrong with it."""

    told: tuple[tuple[str, str, str], ...]  # id of the case, words, form
    missed: tuple[tuple[str, str, str, str], ...]  # the same and the fault of the check
    alarms: tuple[str, ...]  # findings that no case expects
    rules: tuple[tuple[str, bool], ...]  # of each finding, and whether it is right

    @property
    def recall(self) -> float:
        """The share of citations that were told, each at its place and with its entry."""
        return 1 - len(self.missed) / len(self.told)

    def table(self) -> Iterator[str]:
        """Recall by form, and precision by rule."""
        forms = Counter(form for _, _, form in self.told)
        missed = Counter(form for _, _, form, _ in self.missed)
        for form, count in sorted(forms.items()):
            yield f"{form:32} {count - missed[form]:4} of {count:4}"
        yield from self.precision()

    def precision(self) -> Iterator[str]:
        """Of the findings by rule, how many are right."""
        given = Counter(rule for rule, _ in self.rules)
        right = Counter(rule for rule, is_right in self.rules if is_right)
        for rule, count in sorted(given.items()):
            yield f"{rule:32} {right[rule]:4} of {count:4} findings are right"


def load(folder: Path, name: str) -> list[Case]:
    return list(tomllib.loads((folder / name).read_text("utf-8"))["case"])


def measure(folder: Path, root: Path) -> Result:
    """Build every case of ``folder`` in ``root``, and compare what was told with what is so."""
    project = Project(root)
    project.write("conf.py", CONF)
    project.write("references.bib", (folder / "references.bib").read_text("utf-8"))
    project.write("docs/index.md", "# Corpus\n\n```{toctree}\n:glob:\n\n*\n```\n")
    if (folder / "index.md").is_file():  # what the cases lead to
        project.write("docs/index.md", (folder / "index.md").read_text("utf-8"))
    pages: dict[str, Case] = {}
    for name in ("defects.toml", "clean.toml"):
        for case in load(folder, name):
            path, head = _page(case)
            pages[path] = case | {"text": head + case["text"]}
            project.write(path, pages[path]["text"])
    built = project.build("citations")
    output = project.root / "build" / "citations" / "output.json"
    assert output.is_file(), built.text
    findings = defaultdict(list)
    for finding in json.loads(output.read_text("utf-8"))["findings"]:
        if finding["rule"].startswith("citation-") or finding["path"] in pages:
            findings[finding["path"]].append(finding)
    told, missed, alarms = [], [], []
    rules: list[tuple[str, bool]] = []
    for path, case in pages.items():
        rest = list(findings.pop(path, []))
        for cite in case.get("cites", []):
            row = (case["id"], cite["words"], cite.get("form") or case["form"])
            told.append(row)
            found = [f for f in rest if _covers(f, case["text"], cite["words"])]
            fault = _fault(found, case["text"], cite)
            rules += [(f["rule"], not fault) for f in found]
            if fault:
                missed.append((*row, fault))
        spans = [_span(case["text"], cite["words"]) for cite in case.get("cites", [])]
        wrong = [f for f in rest if not any(_meets(f, case["text"], s) for s in spans)]
        rules += [(f["rule"], False) for f in wrong]
        alarms += [_line(f) for f in wrong]
    alarms += [_line(f) for fs in findings.values() for f in fs]
    return Result(tuple(told), tuple(missed), tuple(alarms), tuple(rules))


def _page(case: Case) -> tuple[str, str]:
    if case["markup"] == "rst":
        return f"docs/{case['id']}.rst", "Page\n====\n\n"
    return f"docs/{case['id']}.md", "# Page\n\n"


def _line(finding: Case) -> str:
    return f"{finding['path']}:{finding['line']}: {finding['wrong']} {finding['remedy']}"


def _span(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def _start(finding: Case, text: str) -> int:
    lines = text.split("\n")
    before = sum(len(line) + 1 for line in lines[: finding["line"] - 1])
    return before + int(finding["column"]) - 1


def _meets(finding: Case, text: str, span: tuple[int, int]) -> bool:
    start = _start(finding, text)
    return start < span[1] and start + max(len(finding["words"]), 1) > span[0]


def _covers(finding: Case, text: str, words: str) -> bool:
    return bool(RULES.match(finding["rule"])) and _meets(finding, text, _span(text, words))


def _fault(told: Sequence[Any], text: str, cite: Case) -> str:
    """What is wrong with the findings on a citation; empty if they are right."""
    if not told:
        return "not told"
    first = min(told, key=lambda f: _start(f, text))
    if _span(text, cite["words"])[0] - _start(first, text) > SLACK:
        return "begins too early"
    if first["column"] == 0 or _start(first, text) > _span(text, cite["words"])[0]:
        return f"place {first['line']}:{first['column']}"
    message = " ".join(f["wrong"] + f["remedy"] for f in told)
    keys = [key for key in cite.get("keys", ()) if not re.search(rf"\b{key}\b", message)]
    wrong = ""
    rules = {f["rule"] for f in told}
    if rules & {"citation-heading", "citation-alt"}:  # they say to move the citation
        wrong = "" if cite.get("moved") else "told to be moved"
    elif cite.get("moved"):
        wrong = "not told to be moved"
    elif keys:
        wrong = f"{keys} not offered"
    elif cite.get("keys") and "citation-unmatched" in rules:
        wrong = "taken for a work that is not there"
    elif cite.get("near") and not any(key in message for key in cite["near"]):
        wrong = f"none of {cite['near']} offered"
    elif "near" in cite and rules.isdisjoint({"citation-unmatched", "citation-pandoc"}):
        wrong = "taken for an entry"
    return wrong and f"{wrong}: {message}"


def main() -> None:
    """Print recall, what was missed, and false alarms."""
    with tempfile.TemporaryDirectory() as name:
        result = measure(Path(sys.argv[1]), Path(name))
    lines = [*result.table(), f"recall {result.recall:.3f} of {len(result.told)}"]
    lines += [f"MISSED {row}" for row in result.missed]
    lines += [f"ALARM {row}" for row in result.alarms]
    print("\n".join(lines))  # noqa: T201


if __name__ == "__main__":
    main()
