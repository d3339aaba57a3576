"""The rules: what each one finds, why it matters, and an example of wrong and right.

The examples are tests, and the pages that explain the rules are written from here.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sphinx_evidence.diagnostics.finding import did_you_mean, nearest

SEVERITIES = ("error", "warning", "off")


@dataclass(frozen=True)
class Rule:
    """One rule; ``severity`` is error, warning or off, ``part`` the file that it stands in."""

    name: str
    severity: str
    what: str
    why: str
    part: str
    wrong: str = ""  # empty where an example needs a whole project
    right: str = ""


@cache
def rules() -> dict[str, Rule]:
    """Every rule by its name, in the order of files and of their place in them."""
    found = {}
    for path in sorted(Path(__file__).parent.glob("*.toml")):
        for name, table in tomllib.loads(path.read_text("utf-8")).items():
            found[name] = Rule(name=name, part=path.stem, **table)
    return found


def severities(own: Mapping[str, str]) -> dict[str, str]:
    """The severity of every rule, as a project's ``own`` choices change it.

    Raises ValueError with a sentence for people where ``own`` names what is unknown.
    """
    known = rules()
    for name, severity in own.items():
        if name not in known:
            offers = did_you_mean([f'"{near}"' for near in nearest(name, known)], "See the rules.")
            raise ValueError(f'There is no rule "{name}". {offers}')
        if severity not in SEVERITIES:
            raise ValueError(f'"{severity}" is no severity. Write one of: {", ".join(SEVERITIES)}.')
    return {name: rule.severity for name, rule in known.items()} | dict(own)


TITLES = {
    "bibliography": "In the bibliography",
    "citations": "Citations in the text",
    "links": "Links",
    "manuscripts": "In a document with its own list of references",
    "pages": "Pages, cross-references and remarks",
    "record": "The editorial record",
}


def as_page() -> str:
    """All rules as one page of Markdown."""
    head = (
        "# The rules\n\nWritten by `python -m sphinx_evidence rules`: change `rulebook/`, not this "
        "page.\nAn *error* fails the check, a *warning* is told, and what is *off* a project asks "
        "for.\n"
    )
    parts = [head]
    part = ""
    for rule in rules().values():
        if rule.part != part:
            part = rule.part
            parts.append(f"\n## {TITLES[part]}\n")
        parts.append(f"\n### {rule.name}\n\n{rule.what}\n{rule.why}\n*{rule.severity.title()}.*\n")
        fence = {"bibliography": "bibtex", "record": "toml"}.get(part, "markdown")
        for label, example in (("Wrong", rule.wrong), ("Right", rule.right)):
            if example:
                parts.append(f"\n{label}:\n\n````{fence}\n{example.strip()}\n````\n")
    return "".join(parts)
