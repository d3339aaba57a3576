"""Rules on journals that one bibliography spells in two ways."""

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from sphinx_evidence.bibliography.faults import Fault, every
from sphinx_evidence.bibliography.reader import Bibliography, Entry
from sphinx_evidence.rulebook.rule import Rule

MOST = 50  # journals with the same first letters of their words that are compared
_SMALL = {"the", "and", "of", "for", "in", "on", "to", "a", "an"}
_CUT = 3  # letters that a word lacks which is cut short without a stop
_Uses = list[tuple[Entry, str]]  # each entry with the name of its field


def check_journals(bibliography: Bibliography) -> Iterator[Fault]:
    """Every journal in another spelling than that of most entries, and every abbreviation."""
    uses: dict[str, _Uses] = defaultdict(list)
    for entry, name, value in every(bibliography.entries, "journal", "journaltitle"):
        uses[_printed(value)].append((entry, name))
    groups: dict[str, list[str]] = defaultdict(list)
    for journal in uses:
        groups[" ".join(_words(journal))].append(journal)
    usual = {}
    for forms in groups.values():
        # Most entries decide, then the form with more capitals: few titles are in small letters.
        best = max(forms, key=lambda form: (len(uses[form]), sum(map(str.isupper, form)), form))
        usual[best] = uses[best]
        for form in forms:
            if form != best:
                wrong = f'the journal "{form}" is spelt "{best}" elsewhere.'
                # Of capitals, most entries may be wrong: few titles are in small letters.
                own = f"Write it everywhere as the journal does: {best}, or {form}."
                same = form.casefold() == best.casefold()
                yield from _told(uses[form], wrong, best, own if same else "")
    yield from _abbreviated(usual)


def _abbreviated(usual: dict[str, _Uses]) -> Iterator[Fault]:
    groups: dict[str, list[str]] = defaultdict(list)
    for journal in usual:
        groups["".join(word[0] for word in _words(journal))].append(journal)
    for initials, journals in groups.items():
        if len(initials) > 1:
            for one, other in itertools.combinations(sorted(journals[:MOST], key=len), 2):
                if _short_for(one, other):
                    wrong = f'the journal "{one}" is written in full, "{other}", elsewhere.'
                    yield from _told(usual[one], wrong, other)


def _short_for(short: str, full: str) -> bool:
    """Whether the words of ``short`` are those of ``full``, cut: ``Br. J. Psychiatry``."""
    cut = [(a, b) for a, b in zip(_words(short), _words(full), strict=True) if a != b]
    if not cut or not all(b.startswith(a) for a, b in cut):
        return False
    dots = {word.casefold() for word in re.findall(r"(\w+)\.", short)}
    return all(a in dots or len(b) - len(a) >= _CUT for a, b in cut)


def _printed(value: str) -> str:
    """As readers see it: braces keep capitals, and are not printed."""
    return " ".join(re.sub(r"[{}]", "", value).replace("\\&", "&").split())


def _told(
    uses: Sequence[tuple[Entry, str]], wrong: str, right: str, own: str = ""
) -> Iterator[Fault]:
    for entry, name in uses:
        remedy = own or f"Write {name} = {{{right}}}, or correct the others."
        yield Fault(Rule.BIB_JOURNAL, entry, name, wrong, remedy)


@lru_cache(maxsize=10_000)  # journals are compared with each other
def _words(name: str) -> list[str]:
    words = re.findall(r"\w+", name.casefold().replace("\\&", "and").replace("&", "and"))
    return [word for word in words if word not in _SMALL] or words
