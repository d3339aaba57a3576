"""What a builder has written, and from what: so that it writes again what comes out differently.

A page comes from its own tree, and from what the environment knows of the others: their titles,
names, numbers and order. Where one of these has changed, every page is written again.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from weakref import WeakKeyDictionary

from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment
from sphinx.util.build_phase import BuildPhase
from sphinx.util.typing import ExtensionMetadata

import sphinx_evidence
from sphinx_evidence.runtime import edition
from sphinx_evidence.runtime.digests import below, digest, digest_of_files
from sphinx_evidence.runtime.warned import ALL, warned
from sphinx_evidence.text.atomic import write_atomically

_PACKAGE = Path(sphinx_evidence.__file__).parent
# Of the environment: what is about its making, or about one page and what was read of it alone.
_OWN = {
    "all_docs", "config", "config_status", "config_status_extra", "current_document",
    "dependencies", "dlfiles", "doctreedir", "domaindata", "domains", "events", "evidence_kept",
    "evidence_names", "evidence_read", "images", "included", "project", "reread_always",
    "settings", "srcdir", "version", "versioning_compare", "versioning_condition",
}  # fmt: skip
# By page: what it tells of passages elsewhere.
_TOLD = ("evidence_citations", "evidence_mentions")


@dataclass
class Written:
    """What is known of a whole run of a builder."""

    facts: str = ""
    outdir: str = ""
    pages: dict[str, str] = field(default_factory=dict)  # from what each was written
    warned: set[str] = field(default_factory=set)  # the pages with warnings when they were written
    files: dict[str, str] = field(default_factory=dict)  # as a builder keeps them
    is_proved: bool = False  # the list of pages, as `sphinx_evidence.page_tree` writes it

    @classmethod
    def read(cls, path: Path) -> "Written":
        """What was kept; nothing, where there is nothing that can be read."""
        try:
            kept = cls(**json.loads(path.read_text("utf-8")))
            kept.warned = {*kept.warned}
        except (AttributeError, OSError, TypeError, ValueError):
            return cls()
        else:
            return kept


@dataclass
class Run:
    """What this run writes, beside what the last one has written."""

    last: Written
    now: Written
    is_forced: bool  # all is to be made anew, also what would come out the same

    @property
    def is_whole(self) -> bool:
        """Whether all is written, as there is no page that is known to come out the same."""
        changed = (self.last.facts, self.last.outdir) != (self.now.facts, self.now.outdir)
        return self.is_forced or changed or ALL in self.last.warned

    @property
    def pages(self) -> set[str]:
        """The pages that may come out differently."""
        before = {} if self.is_whole else self.last.pages
        return {page for page, own in self.now.pages.items() if before.get(page) != own}


_runs: WeakKeyDictionary[Builder, Run] = WeakKeyDictionary()


def run_of(builder: Builder) -> Run:
    """What this run writes, once all pages have been read."""
    return _runs[builder]


def now_of(builder: Builder) -> Written:
    """What is to be known of this run, once it has begun to write; of one alone, nothing is."""
    return _runs[builder].now if builder in _runs else Written()


def _path(app: Sphinx) -> Path:
    return Path(app.doctreedir, f"evidence-{app.builder.name}.json")


def last(app: Sphinx) -> Written:
    """What the last run of this builder has written."""
    return Written.read(_path(app))


def compare(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """The pages to be written, whatever the dates of their files."""
    told = [vars(env).get(name, {}) for name in _TOLD]
    pages = {
        page: f"{env.all_docs.get(page)} {digest([of.get(page) for of in told])}"
        for page in env.found_docs
    }
    now = Written(_facts(app, env), str(app.outdir), pages)
    run = _runs[app.builder] = Run(last(app), now, is_forced=bool(app.fresh_env_used))
    now.is_proved = run.last.is_proved and not run.is_whole
    return sorted(run.pages)


def _facts(app: Sphinx, env: BuildEnvironment) -> str:
    """What any page may show, beside what was read from it."""
    held: dict[str, object] = {
        name: value for name, value in vars(env).items()
        if not name.startswith("_") and name not in {*_OWN, *_TOLD}
    }  # fmt: skip
    for name, data in env.domaindata.items():
        held[f"domain {name}"] = _listed(data) if name == "cite" else data
    held["metadata"] = {  # without MyST's count of words, which no other page shows
        page: {key: told for key, told in of_page.items() if key != "wordcount"}
        for page, of_page in env.metadata.items()
    }
    held["images"] = {path: name for path, (_, name) in env.images.items()}
    held["downloads"] = {path: name for path, (_, name) in env.dlfiles.items()}
    held["config"] = {one.name: one.value for one in app.config}
    held["tags"] = sorted(app.tags)
    held["date"] = edition.date(app.config), os.environ.get("SOURCE_DATE_EPOCH")
    held["files"] = digest_of_files([*below(_PACKAGE), *_named(app, env)])
    return digest(held)


def _listed(data: Mapping[str, object]) -> list[object]:
    """What is known of citations: their labels. Works come from files on which each page rests."""
    citations: list[object] = data.get("citations", [])  # type: ignore[assignment]
    return [
        (one.citation_id, one.key, one.bibliography_key, one.formatted_entry.label)  # type: ignore[attr-defined]
        for one in citations
    ]


def _named(app: Sphinx, env: BuildEnvironment) -> list[Path]:
    """The files that conf.py names, and those of the theme; pages look after those they name."""
    texts = [one.value for one in app.config]
    for value in texts:  # and what is added here
        if isinstance(value, list | tuple | set | frozenset):
            texts.extend(value)
        elif isinstance(value, Mapping):
            texts.extend([*value, *value.values()])
    here = (Path(app.confdir), Path(app.srcdir))
    places = {Path(folder, text) for text in texts if isinstance(text, str) for folder in here}
    places = {path.resolve() for path in places if _is_looked_into(path, app)}
    places |= set(map(Path, getattr(getattr(app.builder, "templates", None), "pathchain", ())))
    files = {file for path in places for file in (below(path) if path.is_dir() else [path])}
    return sorted(files.difference(*env.dependencies.values()))


def _is_looked_into(path: Path, app: Sphinx) -> bool:
    """Whether a path leads to something of the project, and to neither the whole nor its output."""
    try:
        found = path.resolve() if path.exists() else None
    except (OSError, ValueError):  # it is no path at all
        found = None
    if found is None or not found.is_relative_to(Path(app.confdir).parent):
        return False
    whole = (app.confdir, app.srcdir, app.outdir, app.doctreedir)
    written = (app.outdir, app.doctreedir)
    return not any(Path(one).is_relative_to(found) for one in whole) and not any(
        found.is_relative_to(Path(one)) for one in written
    )


def leave_the_rest(app: Sphinx, builder: Builder) -> None:
    """Write no page for a list on it that names one that is written: what it shows was compared."""
    if isinstance(builder, StandaloneHTMLBuilder):
        app.env.files_to_rebuild = {}


def forget(app: Sphinx, builder: Builder) -> None:
    """Know nothing while something is written, in case that the run does not come to its end."""
    del builder
    _path(app).unlink(missing_ok=True)


def keep(app: Sphinx, error: Exception | None) -> None:
    """Remember what was written."""
    if error or app.builder not in _runs:
        return
    now = _runs[app.builder].now
    now.warned = warned(app).written
    write_atomically(_path(app), json.dumps(asdict(now) | {"warned": sorted(now.warned)}).encode())


def check_again(app: Sphinx, builder: Builder) -> None:
    """Let Sphinx and its extensions look at the whole, also where nothing was read."""
    del builder
    if not _checked.pop(app.builder, False):
        app.builder.phase, phase = BuildPhase.CONSISTENCY_CHECK, app.builder.phase
        app.env.check_consistency()
        app.builder.phase = phase


_checked: WeakKeyDictionary[Builder, bool] = WeakKeyDictionary()


def note_check(app: Sphinx, _env: BuildEnvironment) -> None:
    """Remember that it has looked."""
    _checked[app.builder] = True


def setup(app: Sphinx) -> ExtensionMetadata:
    """Compare when all is numbered (500), and before the gate stands (900)."""
    app.setup_extension("sphinx_evidence.runtime.warned")
    app.connect("env-get-updated", compare, priority=850)
    app.connect("env-check-consistency", note_check)
    app.connect("write-started", check_again, priority=10)
    app.connect("write-started", leave_the_rest, priority=20)
    app.connect("write-started", forget, priority=20)
    app.connect("build-finished", keep, priority=1100)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
