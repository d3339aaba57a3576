"""The examples of the rules on links, judged by a ledger that knows their addresses."""

import re
from datetime import date

import pytest

from sphinx_evidence import rulebook
from sphinx_evidence.links.ledger import Entry, Ledger
from sphinx_evidence.links.places import Use
from sphinx_evidence.links.rules import check_links
from sphinx_evidence.links.run import Outcome
from sphinx_evidence.network.verdicts import Verdict

SEEN = date(2026, 3, 1)
HOME = "https://example.org/"
KNOWN = {
    HOME: Entry(Verdict.OK, last_ok=SEEN),
    f"{HOME}new": Entry(Verdict.OK, last_ok=SEEN),
    f"{HOME}old": Entry(Verdict.MOVED, last_ok=SEEN, moved_to=f"{HOME}new", permanent=True),
    f"{HOME}page": Entry(Verdict.ANCHOR, last_ok=SEEN, missing=("frist-part",)),
    f"{HOME}no-such-page": Entry(
        Verdict.GONE, "404", None, SEEN, date(2026, 3, 9), failures=2
    ),
    "http://example.org/": Entry(Verdict.MOVED, last_ok=SEEN, moved_to=HOME, permanent=True),
}  # fmt: skip
RULES = [rule for rule in rulebook.explanations().values() if rule.part == "links" and rule.wrong]


def told(text: str) -> list[str]:
    uses = []
    for number, line in enumerate(text.splitlines(), 1):
        for uri in re.findall(r"\]\((http[^)]*)\)", line):
            address, _, anchor = uri.partition("#")
            column = line.index(uri) + 1
            uses.append(Use(uri, address, anchor, "a.md", number, column, uri, column - 1))
    assert uses
    return [finding.rule for finding in check_links(uses, Outcome(Ledger(KNOWN)))]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.rule)
def test_examples(rule: rulebook.Explanation) -> None:
    assert told(rule.wrong) == [rule.rule]
    assert told(rule.right) == []


@pytest.mark.parametrize(("moved", "certain"), [("a_(b)", True), ("a_(b", False)])
def test_no_fix_with_a_bracket_that_would_end_the_link(moved: str, *, certain: bool) -> None:
    entry = Entry(Verdict.MOVED, last_ok=SEEN, moved_to=HOME + moved, permanent=True)
    use = Use(f"{HOME}a", f"{HOME}a", "", "a.md", 1, 5, f"{HOME}a", 4)
    (finding,) = check_links([use], Outcome(Ledger({f"{HOME}a": entry})))
    assert bool(finding.edit) is certain
