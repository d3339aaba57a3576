"""Rules on cross-references, numbered objects and images."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from sphinx_evidence.diagnostics.finding import Finding, Location, did_you_mean, nearest
from sphinx_evidence.rulebook.rule import Rule

# A slip in an address of the web or of a person makes the name of a page of it.
_HOST = r"[\w-]+(?:\.[\w-]+)+"
_WEB = re.compile(
    rf"(?:\w+:/+|https?/+|//|(?=www\.|[\w.-]+\.(?:com|edu|gov|io|net|org)\b))"
    rf"(?P<rest>{_HOST}(?:[/?#:].*)?)"
)
_MAIL = re.compile(rf"(?:\w+:)?(?P<rest>[^\s/:@]+@{_HOST})")


@dataclass(frozen=True)
class Reference:
    """A cross-reference: ``kind`` is page, heading, name, number or term.

    A heading is looked for on ``page``. What is ``found`` leads somewhere, whoever has made it.
    """

    kind: str
    target: str
    place: Location
    page: str = ""
    found: bool = False


@dataclass(frozen=True)
class Numbered:
    """A box, table or figure, with the names and ids by which it can be referred to."""

    kind: str
    title: str
    names: tuple[str, ...]
    place: Location


@dataclass(frozen=True)
class Image:
    """An image and its alternative text; ``html`` says that it is typed as <img>."""

    uri: str
    alt: str
    place: Location
    html: bool = False


@dataclass
class Targets:
    """What can be referred to; ``headings`` maps a page to the anchors on it.

    ``files`` maps page.md to page.rst or page.ipynb, as a link would name it.
    Of its ``twins`` another heading has the very words. The names of ``sections`` are among the
    ``numbered`` where they have a number.
    """

    pages: set[str] = field(default_factory=set)
    headings: dict[str, set[str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    numbered: set[str] = field(default_factory=set)
    terms: set[str] = field(default_factory=set)
    twins: dict[str, set[str]] = field(default_factory=dict)
    sections: set[str] = field(default_factory=set)
    counted: bool = True  # figures, tables and the like have numbers
    files: dict[str, str] = field(default_factory=dict)  # of pages in other files than page.md

    @cached_property
    def names_and_pages(self) -> set[str]:
        """What a name may be, as pages have names, too."""
        return self.names | {f"{page}.md" for page in self.pages}

    @cached_property
    def folded(self) -> dict[str, set[str]]:
        """By kind, what is known whatever its case."""
        kinds = {"name": self.names_and_pages, "number": self.numbered, "term": self.terms}
        return {kind: {name.casefold() for name in known} for kind, known in kinds.items()}


def check_crossrefs(
    references: Sequence[Reference],
    numbered: Sequence[Numbered],
    images: Sequence[Image],
    targets: Targets,
) -> Iterator[Finding]:
    """Every finding on cross-references, numbered objects and images."""
    yield from broken(references, targets)
    yield from ambiguous(references, targets)
    yield from unreferenced(numbered, references)
    yield from without_alt(images)


# A role whose last backtick is missing reads on to the first one of the next role.
_NEXT_ROLE = re.compile(r"(?P<words>\S+)\s.*(?:\{[\w:+-]+\}|:[\w:+-]+:)", re.DOTALL)
_NUMBERS = (
    "Give it a caption, and its page a place in the contents; "
    "a section has a number where its toctree is :numbered:, to its level."
)
_BADGE = re.compile(r"https?://\S*(?:badge|shields\.io)")
_BRACKETED = re.compile(r"\((.+)\)")  # [words]((address))
_COUNTED = re.compile(r"(?:^|#)id\d+$")  # an anchor without a name of its own
_FILE = re.compile(r"[^#\s]*/[^#\s]+(?P<suffix>\.[a-z]\w{1,4})(?:#.*)?")
_PATH = "Correct its path, which begins at the folder of the page, or with / at that of all pages."
_REMOVE = "Correct the name, or remove the link."
_ELSEWHERE = "Name a page by its source, as page.md, and what is no page by its https:// address."
# The address that a page of the site has when it is written.
_WRITTEN = re.compile(r"(?:\.{0,2}/)*(?P<page>[^#?]+)\.html?(?:\?[^#]*)?(?P<anchor>(?:#.*)?)")
_BROKEN = {
    "page": Rule.CROSSREF_PAGE,
    "heading": Rule.CROSSREF_HEADING,
    "name": Rule.CROSSREF_NAME,
    "number": Rule.CROSSREF_NUMBER,
    "term": Rule.CROSSREF_TERM,
}


def broken(references: Sequence[Reference], targets: Targets) -> Iterator[Finding]:
    """A cross-reference without its target."""
    for ref in references:
        if ref.found:
            continue
        if not ref.target.strip():
            wrong, remedy = "This cross-reference names nothing.", "Type a name into it."
            yield ref.place.finding(_BROKEN[ref.kind], wrong, remedy)
            continue
        if taken := _NEXT_ROLE.fullmatch(ref.target):
            wrong = f'The backtick behind "{taken["words"]}" is missing, so this reads on.'
            remedy = f"Type a backtick behind {taken['words']}"
            yield ref.place.finding(Rule.MARKUP_LEFT, wrong, remedy, taken["words"])
            continue
        if is_known(ref, targets):
            continue
        known, noun = _candidates(ref, targets)
        if ref.kind == "number" and ref.target.casefold() in targets.folded["name"]:
            wrong = f'"{ref.target}" has no number.'
            remedy = _NUMBERS if targets.counted else "Write numfig = True in conf.py."
            yield ref.place.finding(Rule.CROSSREF_NUMBER, wrong, remedy, ref.target)
            continue
        page = f" on the page {ref.page}.md" if ref.page else ""
        inside = _BRACKETED.fullmatch(ref.target)
        near = [inside[1]] if inside else _address(ref.target) or _page(ref.target, targets)
        near = near or _nearest(ref, known, targets)
        names = [f'"{name}"' for name in near]
        wrong = f'There is no {noun} "{ref.target}"{page}.'
        remedy = did_you_mean(names, _REMOVE)
        if not names and ref.kind == "name":
            file = _PATH if _FILE.fullmatch(ref.target) else _REMOVE
            remedy = _ELSEWHERE if _WRITTEN.fullmatch(ref.target) else file
        yield ref.place.finding(_BROKEN[ref.kind], wrong, remedy, ref.target)


def is_known(ref: Reference, targets: Targets) -> bool:
    """Whether ``targets`` have it, in letters that Sphinx takes for the same."""
    known, _ = _candidates(ref, targets)
    # As Sphinx does: addresses are taken to the letter, names and terms are not.
    exact = ref.kind in {"page", "heading"} or ref.target.endswith(".md")
    return ref.target in known or (not exact and ref.target.casefold() in targets.folded[ref.kind])


def ambiguous(references: Sequence[Reference], targets: Targets) -> Iterator[Finding]:
    """A link to a heading whose words stand on its page twice: it leads to the first."""
    for ref in references:
        if ref.kind == "heading" and ref.target in targets.twins.get(ref.page, ()):
            wrong = f"Two headings of {ref.page}.md have this name, and this leads to the first."
            remedy = "Write (a-name)= in a line above the one that is meant, and link to #a-name."
            yield ref.place.finding(Rule.CROSSREF_HEADING, wrong, remedy, ref.target)


def _address(target: str) -> list[str]:
    """The address that is probably meant by what is taken for a name."""
    for form, scheme in ((_WEB, "https://"), (_MAIL, "mailto:")):
        found = form.fullmatch(target)
        if found:
            return [scheme + found["rest"]]
    return []


def _nearest(ref: Reference, known: Iterable[str], targets: Targets) -> list[str]:
    """The names most like that of a reference; of a file, those of files of its kind."""
    file = _FILE.fullmatch(ref.target) if ref.kind == "name" else None
    names = nearest(ref.target, (name for name in known if not _COUNTED.search(name)))
    files = [targets.files.get(name, name) for name in names]
    return [
        f"{'/' * ('/' in name and ref.target.startswith('/'))}{name}"
        for name in files if not file or name.endswith(file["suffix"])
    ]  # fmt: skip


def _page(target: str, targets: Targets) -> list[str]:
    """The page that is meant by the address that it has when it is written.

    Of a page in a folder the whole path, which leads to it from everywhere.
    """
    found = _WRITTEN.fullmatch(target)
    pages = sorted(targets.pages) if found else []
    return [
        f"{'/' * ('/' in page)}{targets.files.get(f'{page}.md', f'{page}.md')}{found['anchor']}"
        for page in pages if found and f"/{page}".endswith(f"/{found['page']}")
    ]  # fmt: skip


def _candidates(ref: Reference, targets: Targets) -> tuple[set[str], str]:
    """The names that ``ref`` may have, and what such a thing is called."""
    return {
        "page": (targets.pages, "page"),
        "heading": (targets.headings.get(ref.page, set()), "heading"),
        "number": (targets.numbered, "box, table or figure named"),
        "term": (targets.terms, "glossary term"),
        "name": (targets.names_and_pages, "page or name"),
    }[ref.kind]


def unreferenced(
    numbered: Sequence[Numbered], references: Sequence[Reference]
) -> Iterator[Finding]:
    """A box, table or figure that no sentence points to."""
    used = {ref.target.casefold() for ref in references}
    for thing in numbered:
        wrong = f'No page refers to the {thing.kind} "{thing.title}".'
        if not thing.names:
            remedy = (
                "Give it a :name: and write {numref}`that-name` in a sentence that leads to it."
            )
        elif used.isdisjoint(name.casefold() for name in thing.names):
            remedy = f"Write {{numref}}`{thing.names[0]}` in a sentence before it."
        else:
            continue
        yield thing.place.finding(Rule.CROSSREF_UNREFERENCED, wrong, remedy)


def without_alt(images: Sequence[Image]) -> Iterator[Finding]:
    """An image that says nothing to a person who cannot see it; a badge is for developers."""
    for image in images:
        if not image.alt.strip() and not _BADGE.match(image.uri):
            wrong = f'The image "{image.uri}" has no alternative text.'
            remedy = "Say in words what it shows: after :alt: in a figure, or as ![words](file)."
            if image.html:
                remedy = 'Say in words what it shows: alt="words" in its <img>.'
            yield image.place.finding(Rule.IMAGE_ALT, wrong, remedy, image.uri)
