"""A rule with hundreds of findings hides no other: printed, on GitHub, and where a build stops."""

from types import SimpleNamespace

import pytest

from sphinx_evidence.diagnostics.finding import Finding
from sphinx_evidence.diagnostics.severities import severities
from sphinx_evidence.reports import Report, github, text
from sphinx_evidence.rulebook.rule import Rule
from sphinx_evidence.runtime import abort


def found(rule: Rule, number: int) -> list[Finding]:
    return [Finding("a.md", line + 1, rule, "Wrong.", "Write it.") for line in range(number)]


WARNINGS = found(Rule.IMAGE_ALT, 500)
FEW = [*found(Rule.PAGE_LOST, 1), *found(Rule.CROSSREF_NAME, 2), *found(Rule.CITATION_NAMELESS, 3)]
DROWNED = Report.of([*WARNINGS, *FEW], severities({}), {})
SMALL = Report.of([*WARNINGS[:10], *FEW], severities({}), {})


def order(printed: str) -> list[str]:
    """The rules as they are printed, one after the other."""
    names = [
        line.rpartition("[evidence.")[2][:-1] for line in printed.splitlines() if "[evid" in line
    ]
    return list(dict.fromkeys(names))


def test_by_rule_beyond_ten_and_the_worst_first() -> None:
    printed = text.render(DROWNED, colour=False, rest="all are in x/output.txt")
    first, *_ = printed.splitlines()
    assert first == "a.md:1: error: Wrong. Write it. [evidence.crossref-name]"
    assert order(printed)[:2] == ["crossref-name", "page-lost"]
    assert "… and 490 more [evidence.image-alt]: all are in x/output.txt\n" in printed
    assert printed.count("[evidence.image-alt]") == 11
    assert printed.index("image-alt") < printed.index("citation-nameless")
    assert printed.endswith("3 errors, 503 warnings.")


def test_in_the_order_of_lines_where_no_rule_has_many_and_in_the_report() -> None:
    printed = text.render(SMALL, colour=False, rest="all are in x/output.txt")
    assert printed == text.render(SMALL, colour=False)
    assert "more" not in printed
    assert text.render(DROWNED, colour=False).count("[evidence.image-alt]") == 500


def test_github_is_given_what_it_shows_with_each_rule_in_it() -> None:
    lines = github.annotations(DROWNED).splitlines()
    assert [line.startswith("::error ") for line in lines] == [True] * 3 + [False] * 10
    assert sum("title=citation-nameless" in line for line in lines) == 3


def test_where_a_build_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(
        abort, "logger", SimpleNamespace(error=lambda text, *of, **_: said.append(text % of))
    )
    with pytest.raises(abort.BuildAborted, match="203 findings to mend"):
        abort.abort_on([*found(Rule.PAGE_LOST, 200), *found(Rule.CROSSREF_NAME, 3)])
    assert len(said) == 14
    assert any("… and 190 more [evidence.page-lost]: the builder" in line for line in said)
