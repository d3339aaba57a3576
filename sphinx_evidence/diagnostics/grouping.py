"""Findings in an order in which a rule with hundreds of them hides no other."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from sphinx_evidence.diagnostics.finding import Finding
from sphinx_evidence.rulebook.rule import Rule, Severity

MOST = 10  # of one rule, which a person looks through


def grouped(
    findings: Sequence[Finding], severity: Callable[[Finding], Severity]
) -> list[tuple[Sequence[Finding], int]]:
    """The findings to be shown, and after each group how many more of its rule there are.

    In the order of files where no rule has many; else by rule: errors first, then what is most.
    """
    by_rule: dict[Rule, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_rule[finding.rule].append(finding)
    if all(len(of_rule) <= MOST for of_rule in by_rule.values()):
        return [(findings, 0)]
    worst_first = sorted(
        by_rule.values(),
        key=lambda of_rule: (severity(of_rule[0]) is not Severity.ERROR, -len(of_rule), of_rule[0]),
    )
    return [(of_rule[:MOST], max(len(of_rule) - MOST, 0)) for of_rule in worst_first]


def spread(findings: Iterable[Finding], most: int) -> list[Finding]:
    """No more than ``most`` findings, in which as many rules as possible have their first."""
    seen: dict[Rule, int] = defaultdict(int)
    ranked = []
    for finding in findings:
        ranked.append((seen[finding.rule], finding))
        seen[finding.rule] += 1
    return sorted(finding for _, finding in sorted(ranked)[:most])
