"""Author-year citations in the text: ``Leamy et al. (2011)`` and ``(Leamy et al., 2011)``.

sphinxcontrib-bibtex's own author-year style prints the year of the entry; here it is the
label of the reference list, so that 2024a and 2024b are told apart in the text as well.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from pybtex.richtext import BaseText, Text
from pybtex.style.template import Node, node
from sphinxcontrib.bibtex.style.referencing import (
    BaseReferenceStyle,
    BracketStyle,
    GroupReferenceStyle,
)
from sphinxcontrib.bibtex.style.referencing.extra_empty import ExtraEmptyReferenceStyle
from sphinxcontrib.bibtex.style.template import join, join2, post_text, pre_text, reference

from sphinx_evidence.references import harvard


@node  # type: ignore[untyped-decorator]  # pybtex is untyped
def names(children: list[Any], data: dict[str, Any]) -> BaseText:  # noqa: ARG001  # pybtex's form
    """The short names of the work."""
    return Text(harvard.short_names(data["entry"]))


@node  # type: ignore[untyped-decorator]  # pybtex is untyped
def labelled_year(children: list[Any], data: dict[str, Any]) -> BaseText:  # noqa: ARG001
    """The year as the reference list prints it."""
    return Text(harvard.label_year(data["formatted_entry"].label))


def _brackets() -> BracketStyle:
    return BracketStyle(left="(", right=")", sep="; ")


@dataclass
class Parenthetical(BaseReferenceStyle):
    """``(see Klevan et al., 2023, p. 3; Turton et al., 2011)``."""

    bracket: BracketStyle = field(default_factory=_brackets)

    def role_names(self) -> Iterable[str]:
        """``alp`` is the same without brackets, for use inside a bracket of one's own."""
        return ["p", "alp"]

    def outer(self, role_name: str, children: list[BaseText]) -> Node:
        """Several works in one bracket."""
        return self.bracket.outer(children, brackets=role_name == "p")

    def inner(self, role_name: str) -> Node:  # noqa: ARG002  # the same for both roles
        """One work, with what stands before and after it."""
        work = reference[join[names, ", ", labelled_year]]
        return join2(sep1=" ", sep2=", ")[pre_text, work, post_text]


@dataclass
class Narrative(BaseReferenceStyle):
    """``Klevan et al. (2023, p. 3)``; the link covers the names, for those who hear links."""

    bracket: BracketStyle = field(default_factory=_brackets)

    def role_names(self) -> Iterable[str]:
        """``ct`` starts a sentence: Van Weeghel."""
        return ["t", "ct"]

    def outer(self, role_name: str, children: list[BaseText]) -> Node:
        """Several works: ``A (2001) and B (2002)``."""
        style = BracketStyle(sep=", ", sep2=" and ", last_sep=" and ")
        return style.outer(children, brackets=False, capfirst=role_name == "ct")

    def inner(self, role_name: str) -> Node:  # noqa: ARG002  # the same for both roles
        """One work; a locator or remark stands inside the bracket of the year."""
        year = join2(sep1=" ", sep2=", ")[pre_text, labelled_year, post_text]
        return reference[join[names, " (", year, ")"]]


@dataclass
class HarvardReferenceStyle(GroupReferenceStyle):
    """The roles ``cite:p``, ``cite:alp``, ``cite:t``, ``cite:ct`` and ``cite:empty``."""

    def __post_init__(self) -> None:
        """Compose the styles."""
        self.styles.extend([Parenthetical(), Narrative(), ExtraEmptyReferenceStyle()])
        super().__post_init__()  # type: ignore[no-untyped-call]  # untyped base
