"""Projects of any size for the benchmark: pages, works and citations in fixed proportions.

One citation in eleven is typed as plain words, so that the check has something to find.
"""

import itertools
from collections.abc import Iterator
from pathlib import Path

CONF = """\
project = "Scale"
extensions = ["myst_parser", "sphinx_evidence"]
evidence_short_names = True
bibtex_bibfiles = ["references.bib"]
bibtex_default_style = bibtex_reference_style = "harvard"
evidence_rules = {"citation-plain": "warning", "citation-unmatched": "warning"}
"""
WORDS = (
    "People who use a service and those who work in it may mean different things by recovery. "
    "Some speak of an outcome that can be counted; others of a way of living that has no end. "
    "In 2011 a review of many studies was read again, and in London (2012) it was debated. "
)
SYLLABLES = ("bar", "den", "fi", "gor", "hal", "ke", "lum", "mer", "no", "pra", "ros", "tiv")


def surname(number: int) -> str:
    """A name of its own for each number."""
    size = len(SYLLABLES)
    parts = (SYLLABLES[number // size**place % size] for place in range(3))
    return "".join(parts).title() + ("" if number < size**3 else "son")


def work(number: int) -> tuple[str, str, str, int]:
    """Key, surname, second surname and year of a work."""
    name, year = surname(number), 1980 + number % 40
    return f"{name.casefold()}{year}", name, surname(number + 7), year


def write_project(root: Path, *, pages: int, works: int, citations: int) -> None:
    """Write a project with conf.py, references.bib and docs/ in ``root``."""
    (root / "docs").mkdir(parents=True)
    (root / "conf.py").write_text(CONF, "utf-8")
    entries = []
    for number in range(works):
        key, first, second, year = work(number)
        entries.append(
            f"@article{{{key},\n  author = {{{first}, A. B. and {second}, C.}},\n"
            f"  title = {{Words on {first.casefold()} and {second.casefold()} of {number}}},\n"
            f"  year = {{{year}}},\n  journal = {{Journal of {second}}},\n"
            f"  volume = {{{number}}},\n"
            f"  pages = {{{number + 1}--{number + 9}}},\n}}\n"
        )
    (root / "references.bib").write_text("\n".join(sorted(entries)), "utf-8")
    cited = _citations(works)
    names = [f"page{number:04}" for number in range(pages)]
    for page, name in enumerate(names):
        share = citations * (page + 1) // pages - citations * page // pages
        parts = [f"# Page {page}\n"]
        for start in range(0, share, 3):
            marks = " ".join(itertools.islice(cited, min(3, share - start)))
            parts.append(f"\n{WORDS}\n{WORDS}So say {marks}. {WORDS}\n")
        (root / "docs" / f"{name}.md").write_text("".join(parts), "utf-8")
    index = ["# Scale\n", "```{toctree}", *names, "```\n", "```{bibliography}", "```\n"]
    (root / "docs" / "index.md").write_text("\n".join(index), "utf-8")


def _citations(works: int) -> Iterator[str]:
    for number in itertools.count():
        key, first, second, year = work(number % works)
        yield f"{first} and {second} ({year})" if number % 11 == 5 else f"{{cite:p}}`{key}`"
