"""The rules: what each one finds, why it matters, and an example of wrong and right.

The examples are tests, and the pages that explain the rules are written from here.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sphinx_evidence.rulebook.rule import Rule


@dataclass(frozen=True)
class Explanation:
    """What a rule is about; ``part`` is the file that it stands in."""

    rule: Rule
    part: str
    what: str
    why: str
    wrong: str = ""  # empty where an example needs a whole project
    right: str = ""


@cache
def explanations() -> dict[Rule, Explanation]:
    """Every rule explained, in the order of files and of their place in them."""
    found = {}
    for path in sorted(Path(__file__).parent.glob("*.toml")):
        for name, table in tomllib.loads(path.read_text("utf-8")).items():
            rule = Rule(name)
            found[rule] = Explanation(rule=rule, part=path.stem, **table)
    return found


TITLES = {
    "bibliography": "In the bibliography",
    "citations": "Citations in the text",
    "links": "Links",
    "manuscripts": "In a document with its own list of references",
    "pages": "Pages, cross-references and remarks",
    "policy": "What pages may use",
    "record": "The editorial record",
    "references": "References held against the registries",
    "reviews": "In what reviewers send back",
    "style": "How pages are written",
    "word": "In a document of Word",
}


def as_page() -> str:
    """All rules as one page of MyST; the heading of each is its anchor, as `Rule.url` has it."""
    head = (
        "# The rules\n\nAn *error* fails the check, a *warning* is only reported.\n"
        "What is *off* a project asks for, with `evidence_rules` in conf.py.\n"
    )
    parts = [head]
    part = ""
    for rule, explained in explanations().items():
        if explained.part != part:
            part = explained.part
            parts.append(f"\n## {TITLES[part]}\n")
        parts.append(
            f"\n### {rule}\n\n{explained.what}\n{explained.why}\n*{rule.severity.title()}.*\n"
        )
        fence = {"bibliography": "bibtex", "record": "toml", "references": "bibtex"}.get(
            part, "markdown"
        )
        for label, example in (("Wrong", explained.wrong), ("Right", explained.right)):
            if example:
                parts.append(f"\n{label}:\n\n````{fence}\n{example.strip()}\n````\n")
    return "".join(parts)
