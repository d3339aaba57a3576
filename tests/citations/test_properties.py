"""Properties of the check of prose: any text is read, and what is certain means the same work."""

import re
import string

from hypothesis import example, given
from hypothesis import strategies as st

from sphinx_evidence.citations.alignment import Alignment
from sphinx_evidence.citations.plain_text import find_plain_citations, role
from sphinx_evidence.prose.matching import Library, Work, acronyms
from sphinx_evidence.prose.scanner import scan
from sphinx_evidence.text.source import Source, words_of

WORKS = [
    Work("anthony1993", ("Anthony",), "1993"),
    Work("brown2010a", ("Brown",), "2010"),
    Work("brown2010b", ("Brown",), "2010"),
    Work("erdos1959", ("Erdős", "Rényi"), "1959"),
    Work("leamy2011", ("Leamy", "Bird", "Slade"), "2011"),
    Work("obrien2024", ("O’Brien", "Smith-Merry"), "2024"),
    Work("weeghel2019", ("van Weeghel", "van Zelst", "Boertien"), "2019"),
    Work("who2022", ("World Health Organization",), "2022", organisation=True),
]
LIBRARY = Library.of(WORKS)
_ROLE = re.compile(r"\{cite:(?:t|ct|p|alp)\}`([^`]*)`")

# Pieces of which hostile texts are made: names, years, brackets, marks, and anything at all.
PIECES = st.sampled_from([
    "Leamy", "et al.", "van", "O’Brien", "and", "&", "(", ")", "[", "]", ";", ",", "2011", "2011a",
    "n.d.", "in press", "“", "”", '"', "’s", "p. 3", "see", "WHO", "\n", "\u00a0", "\u0301",
    "@leamy2011", "May", "of", "the", "http://x.org/2011", "\ufffc", "‘", ".", "-", "–", "A.",
    "1999/2004", "\x00",
])  # fmt: skip
TEXTS = st.lists(PIECES | st.text(max_size=8), max_size=60).map(" ".join) | st.text(max_size=300)


@given(TEXTS)
@example("(" * 3000 + "Leamy et al., 2011")
@example("A. " * 3000 + "(2011)")
@example("and " * 3000 + "Leamy (2011a, b)")
@example("2011 " * 3000)
def test_any_text_is_read(text: str) -> None:
    end = 0
    for mention in scan(text):
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end
    for typed in find_plain_citations(text, LIBRARY, markup="myst"):
        assert 0 <= typed.start < typed.end <= len(text)
        assert typed.wrong
        assert typed.remedy
    acronyms(text)


@given(TEXTS, st.integers(-3, 9))
def test_any_block_is_placed_in_its_source(text: str, line: int) -> None:
    source = Source(text)
    placing = Alignment(text, [], source, line, 0)
    for typed in find_plain_citations(text, LIBRARY, markup="rst"):
        span = placing.span(typed.start, typed.end)
        assert span is None or 0 <= span[0] < span[1] <= len(text)
    whole = Alignment(text, [], source, 1, 0)
    assert [source.words[i] for i in whole.aligned] == words_of(text)  # each word is its own


def _written(work: Work) -> str:
    if len(work.names) > 2:
        return f"{work.names[0]} et al."
    return " and ".join(work.names)


@st.composite
def cited(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A sentence with citations typed as plain words, and the keys that are meant, in order."""
    parts, keys = [], []
    for _ in range(draw(st.integers(1, 3))):
        works = draw(st.lists(st.sampled_from(WORKS), min_size=1, max_size=3, unique_by=_written))
        years = [w.key[-1] if w.key[-1] in "ab" else "" for w in works]
        if draw(st.booleans()):
            inside = "; ".join(
                f"{_written(w)}, {w.year}{y}" for w, y in zip(works, years, strict=True)
            )
            lead = draw(st.sampled_from(["", "see ", "e.g. "]))
            page = draw(st.sampled_from(["", ", p. 3", ", pp. 3–4"]))
            parts.append(f"it is known ({lead}{inside}{page})")
            keys += [w.key for w in works]
        else:
            page = draw(st.sampled_from(["", ", p. 3"]))
            parts.append(f"as {_written(works[0])} ({works[0].year}{years[0]}{page}) found")
            keys.append(works[0].key)
    return f"We think {', and '.join(parts)}.", keys


@given(cited())
def test_certain_replacements_cite_the_same_works_and_leave_nothing(
    case: tuple[str, list[str]],
) -> None:
    text, keys = case
    edits = {
        typed.certain
        for typed in find_plain_citations(text, LIBRARY, markup="myst")
        if typed.certain
    }
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    targets = [re.sub(r"\{[^{}]*\}", "", found) for found in _ROLE.findall(text)]
    assert [key for target in targets for key in target.split(",")] == keys
    left = _ROLE.sub("\ufffc", text)
    assert list(find_plain_citations(left, LIBRARY, markup="myst")) == []
    assert not set(left) & set(string.digits)


@given(st.sampled_from(WORKS), st.sampled_from(["myst", "rst"]))
def test_a_role_is_no_citation_in_plain_words(work: Work, markup: str) -> None:
    assert (
        list(
            find_plain_citations(
                f"As {role('t', work.key, markup=markup)} say.", LIBRARY, markup=markup
            )
        )
        == []
    )
