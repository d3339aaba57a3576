"""The severity of each rule in one project."""

from collections.abc import Mapping

from sphinx_evidence.diagnostics.finding import did_you_mean, nearest
from sphinx_evidence.rulebook.rule import Rule, Severity


def severities(own: Mapping[str, str]) -> dict[Rule, Severity]:
    """The severity of every rule, as a project's ``own`` choices change it.

    Raises ValueError with a sentence for people where ``own`` names what is unknown.
    """
    chosen = {rule: rule.severity for rule in Rule}
    for name, severity in own.items():
        if name not in set(Rule):
            offers = did_you_mean([f'"{near}"' for near in nearest(name, Rule)], "See the rules.")
            raise ValueError(f'There is no rule "{name}". {offers}')
        if severity not in list(Severity):
            raise ValueError(f'"{severity}" is no severity. Write one of: {", ".join(Severity)}.')
        chosen[Rule(name)] = Severity(severity)
    return chosen
