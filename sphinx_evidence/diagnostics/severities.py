"""The severity of each rule in one project."""

from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase

from sphinx_evidence.diagnostics.finding import did_you_mean, nearest
from sphinx_evidence.rulebook.rule import Rule, Severity

KIND = "evidence"  # of our warnings, before the name of the rule


def severities(
    own: Mapping[str, str], suppress_warnings: Iterable[str] = ()
) -> dict[Rule, Severity]:
    """The severity of every rule, as a project's ``own`` choices change it, one after the other.

    A choice names a rule, or with a star all rules that begin alike: ``style-*``.
    Raises ValueError with what is wrong and what to write where ``own`` names what is unknown.
    """
    chosen = {rule: rule.severity for rule in Rule}
    for name, severity in own.items():
        named = [rule for rule in Rule if fnmatchcase(rule, name)]
        if not named:
            near = [f'"{rule}"' for rule in nearest(name, Rule)]
            raise ValueError(f'There is no rule "{name}".', did_you_mean(near, "See the rules."))
        if severity not in list(Severity):
            offers = f"Write one of: {', '.join(Severity)}."
            raise ValueError(f'"{severity}" is no severity.', offers)
        chosen |= dict.fromkeys(named, Severity(severity))
    return chosen | dict.fromkeys(suppressed(suppress_warnings), Severity.OFF)


def suppressed(suppress_warnings: Iterable[str]) -> set[Rule]:
    """The rules that Sphinx's setting of that name turns off, each as ``evidence.name-of-rule``.

    Raises ValueError with what is wrong and what to write where an entry names none, or all.
    """
    rules = set()
    for entry in suppress_warnings:
        kind, _, name = entry.partition(".")
        if kind != KIND:
            continue
        if name in {"", "*"}:
            raise ValueError(
                f'"{entry}" would hide every finding, and the build would stop without a word.',
                'Turn off the rules that you can do without: evidence_rules = {"image-alt": "off"}',
            )
        if name not in set(Rule):
            near = [f'"{KIND}.{rule}"' for rule in nearest(name, Rule)]
            raise ValueError(f'There is no rule "{name}".', did_you_mean(near, "See the rules."))
        rules.add(Rule(name))
    return rules
