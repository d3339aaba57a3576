"""Settings of what pages may use."""

from dataclasses import dataclass, field

from sphinx_evidence.diagnostics.finding import did_you_mean, nearest
from sphinx_evidence.policy import allowed
from sphinx_evidence.settings import about


def validate(allow: dict[str, list[str]]) -> None:
    """Raise ValueError for what cannot be allowed."""
    for kind, names in allow.items():
        if kind not in allowed.KINDS:
            remedy = did_you_mean(nearest(kind, allowed.KINDS), f"Use {', '.join(allowed.KINDS)}.")
            raise ValueError(f'There is no kind "{kind}".', remedy)
        if not isinstance(names, list | tuple | set) or not all(isinstance(n, str) for n in names):
            wrong = f'"{kind}" has no list of names.'
            raise ValueError(wrong, f'Write "{kind}": ["name"].')


@dataclass(frozen=True)
class PolicySettings:
    """What is allowed beyond the list of the extension."""

    allow: dict[str, list[str]] = field(
        default_factory=dict,
        metadata=about(
            "What pages may use beyond what is safe from the hands of strangers: names of "
            "`directives`, keys of `front_matter`, `schemes` of addresses, and endings of `files`.",
            rebuild="env",
            validator=validate,
        ),
    )

    def names(self, kind: str, own: frozenset[str]) -> frozenset[str]:
        """The allow-list of a kind, as this project has widened it."""
        return own | set(self.allow.get(kind, ()))
