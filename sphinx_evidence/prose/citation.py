"""A citation as a text gives it, before any bibliography is asked."""

from dataclasses import dataclass

from sphinx_evidence.prose.names import Reading


@dataclass(frozen=True)
class Cited:
    """One work as the text cites it; ``readings`` are all the ways to read the names.

    ``year`` is as printed: ``2009a``, ``n.d.``, ``in press``, ``forthcoming``. ``pre`` is
    what leads to it (``see``), ``post`` its place in the work (``p. 3``).
    """

    names: tuple[str, ...]
    et_al: bool
    year: str
    start: int
    end: int
    pre: str = ""
    post: str = ""
    readings: tuple[Reading, ...] = ()


@dataclass(frozen=True)
class Mention:
    """A citation: ``form`` is narrative, parenthetical or bare.

    ``whole`` says that a bracket holds nothing else, ``sure`` that these words are a citation
    even if no entry fits; ``possessive`` that they end in ’s; ``unmarked`` that no capital shows
    the names to be names, so that an entry has to fit; ``apart`` that words of the sentence
    stand between names and year: “the 1998 paper by Slade”.
    """

    start: int
    end: int
    form: str
    whole: bool
    works: tuple[Cited, ...]
    sure: bool
    possessive: bool = False
    bracket: tuple[int, int] | None = None
    unmarked: bool = False
    apart: bool = False
