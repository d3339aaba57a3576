"""Manuscripts in four styles with faults whose findings are known, for the property tests."""

from dataclasses import dataclass, field

from hypothesis import strategies as st

SURNAMES = (
    "Aldebaran", "Bellatrix", "Canopus", "Denebola", "Electra", "Fomalhaut", "Gienah", "Hadar",
    "Izar", "Jabbah", "Kochab", "Lesath", "Markab", "Nunki", "O'Kab", "Polaris", "Rasalgethi",
    "Sirius", "Tarazed", "Unuk-Alhai", "Wezen", "Yildun", "Zubenesch",
)  # fmt: skip
GIVEN = ("Ada", "Bo", "Cleo", "Dag", "Eve")
STYLES = ("apa", "harvard", "chicago", "vancouver")
MARKS = (" [{}]", "[{}]", "^{}^", "<sup>{}</sup>", " [see {}, p. 3]")  # of numbers
FAULTS = ("year", "name", "unlisted", "uncited")


@dataclass(frozen=True)
class Made:
    """A work of the list; ``fault`` is what is wrong with its citation, or nothing."""

    surnames: tuple[str, ...]
    year: int
    book: bool
    narrative: bool
    fault: str


@dataclass
class Manuscript:
    """The text, its works in the order of the list, and the rules to be told by line."""

    text: str
    works: list[Made]
    expected: list[tuple[int, str]] = field(default_factory=list)


@st.composite
def manuscripts(draw: st.DrawFn, style: str, faults: tuple[str, ...] = FAULTS) -> Manuscript:
    """A manuscript of 1 to 10 works, each with its own first author."""
    firsts = draw(st.lists(st.sampled_from(SURNAMES), unique=True, min_size=1, max_size=10))
    works = [draw(_works(first, faults)) for first in firsts]
    if style != "vancouver":
        works.sort(key=lambda work: work.surnames[0].replace("'", "").casefold())
    lines = ["# A paper", ""]
    told: list[tuple[int, str]] = []
    for number, work in enumerate(works, 1):
        if work.fault != "uncited":
            lines += [_sentence(style, work, number, len(works)), ""]
        if work.fault in {"year", "name"} and style != "vancouver":
            told.append((len(lines) - 1, work.fault))
    strays = [work for work in works if work.fault == "unlisted"]
    for _ in strays:
        lines += [_stray(style, len(works)), ""]
        told.append((len(lines) - 1, "number" if style == "vancouver" else "unlisted"))
    lines += ["## References", ""]
    for number, work in enumerate(works, 1):
        lines += [_entry(style, work, number), ""]
        if work.fault == "uncited":
            told.append((len(lines) - 1, "uncited"))
    if works and all(work.fault == "uncited" for work in works) and len(works) >= 5:
        told = [(lines.index("## References") + 1, "uncited")]
    return Manuscript("\n".join(lines), works, sorted(told))


@st.composite
def _works(draw: st.DrawFn, first: str, faults: tuple[str, ...]) -> Made:
    more = draw(st.lists(st.sampled_from(SURNAMES), unique=True, max_size=4))
    return Made(
        (first, *(name for name in more if name != first)),
        draw(st.integers(1950, 1980)),
        draw(st.booleans()),
        draw(st.booleans()),
        draw(st.sampled_from(("", "", *faults))),
    )


def _sentence(style: str, work: Made, number: int, last: int) -> str:
    if style == "vancouver":
        return f"Clouds move{MARKS[last % len(MARKS)].format(number)} and stars do not."
    surnames = list(work.surnames)
    if work.fault == "name":
        surnames[0] = surnames[0][:3] + "x" + surnames[0][3:]
    year = work.year + 30 * (work.fault == "year")
    joined = " & " if style == "apa" and not work.narrative else " and "
    many = len(surnames) > 2
    names = f"{surnames[0]} et al." if many else joined.join(surnames)
    if work.narrative:
        return f"As {names} ({year}) show, clouds move."
    return f"Clouds move ({names}{'' if style == 'chicago' else ','} {year})."


def _stray(style: str, last: int) -> str:
    return (
        f"Moons rise{MARKS[last % len(MARKS)].format(last + 7)}."
        if style == "vancouver"
        else "Quell and Xavi (1971) rise."
    )


def _entry(style: str, work: Made, number: int) -> str:
    return {"apa": _apa, "harvard": _harvard, "chicago": _chicago}.get(style, _vancouver)(
        work, number
    )


def initials(place: int, style: str) -> str:
    """The initials or given names of an author by place in the list of authors."""
    given = GIVEN[place % len(GIVEN)]
    return f"{given} M." if style == "chicago" else f"{given[0]}. M."


def _listed(work: Made, style: str, last: str) -> str:
    names = [f"{name}, {initials(at, style)}" for at, name in enumerate(work.surnames)]
    return last.join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


def _apa(work: Made, _: int) -> str:
    place = "Sky Press." if work.book else "*Journal of Skies*, *4*(2), 30–39."
    title = "*Counting clouds by hand*" if work.book else "Counting clouds by hand"
    return f"{_listed(work, 'apa', ', & ')} ({work.year}). {title}. {place}"


def _harvard(work: Made, _: int) -> str:
    names = _listed(work, "harvard", " and ")
    if work.book:
        return f"{names} ({work.year}) *Counting clouds by hand*. Smalltown: Sky Press."
    return f"{names} ({work.year}) ‘Counting clouds by hand’, *Journal of Skies*, 4(2), pp. 30–39."


def _chicago(work: Made, _: int) -> str:
    first, *rest = work.surnames
    others = [f"{initials(at, 'chicago')} {name}" for at, name in enumerate(rest, 1)]
    names = [f"{first}, {initials(0, 'chicago')}", *others]
    written = ", and ".join([", ".join(names[:-1]), names[-1]]) if rest else names[0]
    if work.book:
        place = "*Counting Clouds by Hand*. Smalltown: Sky Press."
    else:
        place = "“Counting Clouds by Hand.” *Journal of Skies* 4 (2): 30–39."
    return f"{written.removesuffix('.')}. {work.year}. {place}"


def _vancouver(work: Made, number: int) -> str:
    names = [f"{n} {GIVEN[at % len(GIVEN)][0]}M" for at, n in enumerate(work.surnames)]
    if work.book:
        place = f"Counting clouds by hand. Smalltown: Sky Press; {work.year}."
    else:
        place = f"Counting clouds by hand. J Skies. {work.year};4(2):30-9."
    return f"{number}. {', '.join(names)}. {place}"
