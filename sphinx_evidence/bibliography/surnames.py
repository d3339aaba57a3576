"""The surnames in an author field of a .bib entry."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pybtex.database import Person

_DOTLESS = re.compile(r"(\\['`^\"~=])\{\\([ij])\}")  # \'{\i}: pybtex knows \'{i} alone

_AND = re.compile(r" [Aa][Nn][Dd] ")
_TEX = frozenset("{}\\~")


def decoded(text: str) -> str:
    r"""``Müller`` from ``M{\"u}ller``: the letters that LaTeX would show."""
    return shown(text) if "\\" in text else text


def shown(text: str) -> str:
    """The text that a value of BibTeX stands for, without its braces."""
    from pybtex.exceptions import PybtexError  # noqa: PLC0415  # slow to load, as below
    from pybtex.richtext import Text  # noqa: PLC0415

    text = _DOTLESS.sub(r"\1{\2}", text)
    try:
        return str(Text.from_latex(text))
    except (PybtexError, UnicodeError):  # braces that do not fit, a backslash alone
        return text


def people_in(value: str) -> list[str]:
    """The names in a list, which "and" parts outside braces."""
    if "{" in value:
        from pybtex.bibtex.utils import split_name_list  # noqa: PLC0415  # slow to load

        names: list[str] = split_name_list(value)
        return names
    return [name.strip() for name in _AND.split(value)]  # as pybtex does, and ten times as fast


def is_simple(name: str) -> bool:
    """Whether pybtex would find in a name what stands before and behind its comma."""
    return name.count(",") == 1 and _TEX.isdisjoint(name)


def person(name: str) -> "Person | None":
    """A name in its parts; None for what is none."""
    from pybtex.database import Person  # noqa: PLC0415  # slow to load
    from pybtex.exceptions import PybtexError  # noqa: PLC0415  # as above

    try:
        return Person(name)
    except PybtexError:
        return None


def surname_first(value: str) -> tuple[str, ...]:
    """Whole names with the surname first, as some languages have them: ``Nguyễn Văn Hùng``."""
    people = [person(name) for name in people_in(value)]
    if None in people:
        return ()
    parts = (
        [*p.prelast_names, *p.last_names, *p.first_names, *p.middle_names] for p in people if p
    )
    return tuple(re.sub(r"[{}]", "", decoded(" ".join(words))) for words in parts)


def surnames(value: str) -> tuple[tuple[str, ...], bool]:
    """Surnames with their particles, and whether they are one organisation in double braces."""
    if not value.strip():
        return (), False
    names = []
    people = people_in(value)
    for name in people:
        if name.strip().casefold() == "others":
            names.append("others")
            continue
        if is_simple(name):
            names.append(" ".join(name.partition(",")[0].split()))
            continue
        found = person(name)
        if not found:
            names.append(name)
            continue
        words = [*found.prelast_names, *found.last_names]
        names.append(decoded(" ".join(words)).replace("{", "").replace("}", ""))
    organisation = len(people) == 1 and people[0].strip().startswith("{")
    return tuple(names), organisation
