"""Write a new project from a manuscript: every file, or none."""

import io
import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata, resources
from pathlib import Path

import imagesize

from sphinx_evidence.importing.citing import apart, field_roles, roles
from sphinx_evidence.importing.inline import escaped
from sphinx_evidence.importing.page import Account
from sphinx_evidence.importing.pages import Pages
from sphinx_evidence.manuscripts.document import Document
from sphinx_evidence.manuscripts.reference_list import Listing, find_reference_list
from sphinx_evidence.prose.matching import acronyms
from sphinx_evidence.word.blocks import Manuscript
from sphinx_evidence.word.works import works_of

_SHOWN = {".png", ".jpg", ".jpeg", ".gif", ".webp"}
TEMPLATE = resources.files("sphinx_evidence.importing") / "template"
_RECORD = """\
# What this edition changes in its source. Lines are numbers of paragraphs, as in IMPORT.md.

[[kind]]
id = "form"
title = "Form"
intro = "Changes that the import from Word has made; the words are those of the source."

[[change]]
id = "pages"
kind = "form"
where = "The whole document"
lines = []
says = "One document in Word."
ours = "Pages that begin at its headings, without the numbers that were typed before them."
why = "So that each topic has an address."
pages = ["index"]

[[change]]
id = "citations"
kind = "form"
where = "The whole document"
lines = []
says = "Citations typed as words, and a list of references."
ours = "Links to the list; words that fit no entry for certain stand as they were."
why = "So that a program can prove that each citation leads to a work."
pages = ["references"]
"""


@dataclass(frozen=True)
class Imported:
    """The files of a new project, by their paths, and what a person has still to do."""

    files: Mapping[str, bytes]
    citations: int
    works: int
    left: Sequence[str]


def imported(
    manuscript: Manuscript, document: Document, media: Mapping[str, bytes], source: str
) -> Imported:
    """The project of a manuscript; ``media`` are the parts of the archive by their names."""
    listing = find_reference_list(document)
    entries = listing.entries if listing else ()
    works = works_of(manuscript, entries)
    starts = dict(zip((block.line for block in document.blocks), document.starts, strict=True))
    fields = field_roles(manuscript, starts, works.fields)
    found = apart(fields, roles(document, listing, works.listed) if listing and entries else ())
    pictures = _pictures(media)
    names = {part: name for part, (name, _) in pictures.items()}
    listed = dict(_listed(document, listing, works.listed))
    first = Pages(found, starts, names, listed)
    first.read(manuscript.paragraphs)  # which tells what may be referred to
    pages = Pages(found, starts, names, listed, names=frozenset(first.made))
    pages.read(manuscript.paragraphs)
    title = pages.title or Path(source).stem
    terms = acronyms(document.text)
    files = dict(_template({"title": title, "needs": _needs()}))
    files |= {f"docs/{page.name}.md": page.text.encode() for page in pages.pages[1:]}
    files["docs/index.md"] = _index(title, pages, terms=bool(terms)).encode()
    files["docs/references.md"] = _references(pages.unread).encode()
    files["docs/editorial-record.md"] = (
        b"# Editorial record\n\n```{editorial-record} editorial-record.toml\n```\n"
    )
    files["docs/editorial-record.toml"] = _RECORD.encode()
    if terms:
        files["docs/glossary.md"] = _glossary(terms).encode()
    files["references.bib"] = works.bib.encode()
    used = {name for page in pages.pages for name in re.findall(r"_images/([^\n]+)", page.text)}
    files |= {f"docs/_images/{name}": data for name, data in pictures.values() if name in used}
    left = [*_left(pages.accounts)]
    files["IMPORT.md"] = _account(source, pages.accounts, left).encode()
    return Imported(files, len(found), len(works.entries), left)


def _listed(
    document: Document, listing: Listing | None, keys: Sequence[str]
) -> Iterator[tuple[int, str]]:
    """The paragraphs of the list by their numbers, and what became of each."""
    if not listing or not listing.entries:
        return
    by_line = {one.line: key for one, key in zip(listing.entries, keys, strict=True)}
    for start, block in zip(document.starts, document.blocks, strict=True):
        if listing.start <= start < listing.end:
            key = by_line.get(block.line, "")
            heading = "the heading of the list" if start == listing.start else ""
            yield block.line, f"references.bib, {key}" if key else heading


def _pictures(media: Mapping[str, bytes]) -> dict[str, tuple[str, bytes]]:
    """File names and bytes of pictures that a browser shows, by the names of their parts."""
    found = {}
    for part, data in media.items():
        path = Path(part)
        if path.suffix.lower() in _SHOWN and imagesize.get(io.BytesIO(data))[0] > 0:
            name = re.sub(r"[^a-z0-9.]+", "-", path.name.lower())
            found[part] = (name, data)
    return found


def _index(title: str, pages: Pages, *, terms: bool) -> str:
    names = [page.name for page in pages.pages[1:]] + ["glossary"] * terms
    names += ["references", "editorial-record"]
    first = pages.pages[0]
    first.head = first.head or f"# {escaped(title)}"
    return f"{first.text}\n" + "\n".join(["```{toctree}", *names, "```"]) + "\n"


def _references(unread: Sequence[str]) -> str:
    """The page of references, with what the list holds besides: nothing is lost."""
    rest = "\n\n".join(filter(None, unread))
    besides = f"\n## Also in the list\n\n{rest}\n" if rest else ""
    return f"# References\n\n```{{bibliography}}\n```\n{besides}"


def _glossary(terms: Mapping[str, str]) -> str:
    rows = "\n\n".join(
        f"{escaped(short)}\n  {escaped(long)}" for short, long in sorted(terms.items())
    )
    return f"# Glossary\n\n```{{glossary}}\n{rows}\n```\n"


def _left(accounts: Iterable[Account]) -> Iterator[str]:
    for one in accounts:
        where = f"paragraph {one.paragraph.number}"
        if not one.page:
            yield f"{where} is left out: {one.why}."
        elif one.why.startswith("in a box"):
            yield f"{where} is on page {one.page} {one.why}."
        elif one.why.startswith("which is no"):
            yield f"{where} stands in the list of references, {one.why}: see docs/{one.page}.md."
        for picture in (span.picture for span in one.paragraph.spans if span.picture):
            if not picture.alt.strip():
                yield f"{where}: write what the picture shows behind :alt: on page {one.page}."
        for change in one.paragraph.open:
            words = (change.words or change.what)[:60]
            yield f"{where}: “{words}” was open in Word: {change.what[:60]}."


def _account(source: str, accounts: Sequence[Account], left: Sequence[str]) -> str:
    todo = "\n".join(f"- {escaped(line)}" for line in left) or "- Nothing that the import knows of."
    rows = "\n".join(
        f"- {one.paragraph.number}: {_went(one)}. {_begin(one.paragraph.text)}" for one in accounts
    )
    return (
        f"# Imported from {escaped(source)}\n\n"
        "## Left to do\n\nCitations that are typed as words yet: `nox -s citations` lists them.\n\n"
        f"{todo}\n\n## Where each paragraph went\n\n{rows}\n"
    )


def _begin(text: str) -> str:
    return escaped(" ".join(text.split())[:50])


def _went(one: Account) -> str:
    if not one.page:
        return f"left out, {one.why}"
    return f"docs/{one.page}.md{', ' * bool(one.why)}{one.why}"


def _needs() -> str:
    """What to install, from where this is installed."""
    extras = "sphinx-evidence[docx,links,word]"
    try:
        found = metadata.distribution("sphinx-evidence").read_text("direct_url.json")
    except metadata.PackageNotFoundError:
        found = None
    origin = json.loads(found) if found else {}
    if not origin.get("url"):
        return extras
    kind = f"{origin['vcs_info']['vcs']}+" if "vcs_info" in origin else ""
    commit = f"@{origin['vcs_info']['commit_id']}" if "vcs_info" in origin else ""
    return f"{extras} @ {kind}{origin['url']}{commit}"


def _template(values: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    """The files that every project has; ``@title@`` and the like are filled in as text of TOML."""
    for path in sorted(Path(str(TEMPLATE)).rglob("*.in")):
        text = re.sub(
            r'(")?@(title|needs)@\1?',
            lambda found: json.dumps(values[found[2]], ensure_ascii=False) if found[1]
            else escaped(values[found[2]]),
            path.read_text("utf-8"),
        )  # fmt: skip
        name = path.relative_to(str(TEMPLATE)).as_posix().removesuffix(".in")
        yield name.replace("dot-", "."), text.encode()


def write(files: Mapping[str, bytes], target: Path) -> None:
    """Write all files to a folder that is not there yet, or is empty. Raises OSError."""
    beside = target.with_name(f".{target.name}.new")
    shutil.rmtree(beside, ignore_errors=True)
    try:
        for name, data in files.items():
            path = beside / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        if target.exists():
            target.rmdir()  # which fails where something is in it
        os.replace(beside, target)  # noqa: PTH105  # the atomic call
    finally:
        shutil.rmtree(beside, ignore_errors=True)
