"""The names of roles and directives that a page can use, and how its markup writes them."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from sphinx_evidence.diagnostics.finding import did_you_mean, nearest


@dataclass(frozen=True)
class Vocabulary:
    """What is known in a project: names of roles and directives, and options by directive.

    ``containers`` are the directives whose content is text of the page, and not code.
    """

    roles: Collection[str]
    directives: Collection[str]
    options: Callable[[str], Collection[str]]
    containers: Collection[str]


def as_role(name: str, target: str, *, markup: str) -> str:
    """A role in MyST or reStructuredText."""
    return f":{name}:`{target}`" if markup == "rst" else f"{{{name}}}`{target}`"


def as_directive(name: str, *, markup: str) -> str:
    """The beginning of a directive in MyST or reStructuredText."""
    return f".. {name}::" if markup == "rst" else f"```{{{name}}}"


def suggested(name: str, known: Collection[str], form: Callable[[str], str]) -> str:
    """A sentence that offers the names spelt most like ``name``."""
    return did_you_mean(
        [form(near) for near in nearest(name, known, most=1)],
        "Look the name up in the guide for contributors.",
    )
