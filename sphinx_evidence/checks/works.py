"""Hands sphinxcontrib-bibtex the works that the checks have read, in a form that its style knows.

By itself it reads no further than the first fault of a file, and stops with a traceback at a type
that the style has no form for.
"""

from collections.abc import Collection, Iterator
from pathlib import Path

from pybtex.bibtex.utils import split_name_list
from pybtex.database import BibliographyData, Person
from pybtex.database import Entry as Work
from pybtex.exceptions import PybtexError
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import ExtensionMetadata
from sphinxcontrib.bibtex.bibfile import BibData, BibFile, get_mtime
from sphinxcontrib.bibtex.domain import BibtexDomain

from sphinx_evidence.bibliography.entry_types import adapt
from sphinx_evidence.bibliography.reader import Bibliography, Entry
from sphinx_evidence.diagnostics.finding import display_path
from sphinx_evidence.runtime.bibtex import bib_paths, bibliography_of, leads_out


def leave_out_links(app: Sphinx, config: Config) -> None:
    """Keep from sphinxcontrib-bibtex links that lead round in a circle, or out of the project."""
    bibliography_of(config, Path(app.confdir))  # which says so
    paths = bib_paths(config, Path(app.confdir))
    names = zip(config.bibtex_bibfiles, paths, strict=True)
    config.bibtex_bibfiles = [
        name for name, path in names
        if not (path.is_symlink() or leads_out(Path(app.confdir), name))
    ]  # fmt: skip


def hand_over(app: Sphinx) -> None:
    """Fill the cache of sphinxcontrib-bibtex, which then reads nothing by itself."""
    bibliography = bibliography_of(app.config, Path(app.confdir))
    works = BibliographyData()
    for entry in bibliography.entries.values():
        works.add_entry(entry.key, work_of(entry, bibliography))
    # So that nobody takes their citations for unknown; the gate stops before they are shown.
    for key in dict.fromkeys(key for unread in bibliography.unread for key in unread.keys):
        if key not in works.entries:
            works.add_entry(key, Work("misc", {"title": key}))
    files = {}
    for path in bib_paths(app.config, Path(app.confdir)):
        name = display_path(path)
        keys = [entry.key for entry in bibliography.entries.values() if entry.path == name]
        files[path] = BibFile(get_mtime(path), dict.fromkeys(keys))
    domain: BibtexDomain = app.env.get_domain("cite")  # type: ignore[assignment]
    domain.data["bibdata"] = BibData(app.config.bibtex_encoding, files, works)
    # Footnotes are formatted while their page is read.
    _adapt(domain, {app.config.bibtex_default_style})


def work_of(entry: Entry, bibliography: Bibliography) -> Work:
    """The entry as pybtex has it, with the fields that biblatex takes from @xdata."""
    work = Work(entry.type)
    for one in (entry, *_xdata(entry, bibliography)):
        for name, field in one.fields.items():
            if name not in {"author", "editor"}:
                work.fields.setdefault(name, field.value)
            elif name not in work.persons:
                for person in split_name_list(field.value):
                    work.add_person(_person(person), name)
    return work


def _xdata(entry: Entry, bibliography: Bibliography) -> Iterator[Entry]:
    for key in entry.get("xdata").split(","):
        found = bibliography.folded.get(key.strip().casefold())
        if found:
            yield found


def _person(name: str) -> Person:
    try:
        return Person(name)
    except PybtexError:  # too many commas, which a check says
        return Person(f"{{{name}}}")


def _adapt(domain: BibtexDomain, styles: Collection[str]) -> None:
    adapt(domain.bibdata.data.entries.values(), styles)


def adapt_to_lists(_app: Sphinx, env: BuildEnvironment) -> None:
    """Let each list of references print every type."""
    domain: BibtexDomain = env.get_domain("cite")  # type: ignore[assignment]
    styles = {listed.style for listed in domain.bibliographies.values()}
    _adapt(domain, {*styles, env.config.bibtex_tooltips_style} - {""})


def setup(app: Sphinx) -> ExtensionMetadata:
    """Come before sphinxcontrib-bibtex reads files and formats entries (500)."""
    app.connect("config-inited", leave_out_links, priority=900)
    app.connect("builder-inited", hand_over, priority=100)
    app.connect("env-updated", adapt_to_lists, priority=400)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
