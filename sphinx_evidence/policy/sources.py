"""What is looked at before a page is read: what its reader, MyST or Sphinx, would act on."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.util import get_filetype
from sphinx.util.typing import ExtensionMetadata

from sphinx_evidence.diagnostics.finding import Finding, Location, display_path
from sphinx_evidence.policy.allowed import (
    FRONT_MATTER,
    META,
    OTHERWISE,
    UNNAMED,
    is_inside,
    leads_out,
)
from sphinx_evidence.policy.settings import PolicySettings
from sphinx_evidence.rulebook.rule import Rule, Severity
from sphinx_evidence.runtime.abort import abort_on
from sphinx_evidence.runtime.config import read, register
from sphinx_evidence.runtime.shared import SharedSettings, severities_of
from sphinx_evidence.text.lines import Lines

_EXPRESSION = re.compile(r"\{\{(?!\s*[\w-]+\s*\}\})[^\n]{0,200}")
# What conf.py names, which is code, but whose content strangers propose.
DATA = ("bibtex_bibfiles", "evidence_baseline", "evidence_cite_this", "evidence_links_ledger")
FOUND = "evidence_policy"  # where the findings of a page wait until its tree is made


def check_data(app: Sphinx, config: Config) -> None:
    """Stop at a file of data that leads elsewhere, before anything reads it."""
    folder = Path(app.confdir)
    given = [getattr(config, name, None) or () for name in DATA]
    names = [one for some in given for one in ([some] if isinstance(some, str) else some)]
    wrong = "This file is a link to a place outside the project."
    remedy = "Put the file itself here."
    found = [
        Finding(display_path(folder / name), 1, Rule.POLICY_FILE, wrong, remedy)
        for name in names
        if leads_out(folder / name, folder)
    ]
    if severities_of(config)[Rule.POLICY_FILE] is Severity.ERROR:
        abort_on(sorted(found))


def check_pages(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Stop before a page is read that lies elsewhere, or whose name is no name."""
    own = severities_of(app.config)
    paths = map(env.doc2path, docnames)
    found = [one for path in paths for one in page_findings(path, Path(app.srcdir))]
    abort_on(sorted(one for one in found if own[one.rule] is Severity.ERROR))


def page_findings(path: Path, folder: Path) -> Iterator[Finding]:
    """Why a page may not be read."""
    place = Location(UNNAMED.sub("?", display_path(path)), 1)
    if not is_inside(path, folder):
        wrong = "This page is a link to a place outside the folder of the pages."
        yield place.finding(Rule.POLICY_FILE, wrong, "Put the file itself here.")
    if UNNAMED.search(path.relative_to(folder).as_posix()):
        wrong = "The name of this page has a character that addresses and logs take for their own."
        remedy = "Give the file a name of letters, digits, - and _."
        yield place.finding(Rule.POLICY_FILE, wrong, remedy)


def check_source(app: Sphinx, docname: str, source: list[str]) -> None:
    """Take from a page what MyST would act on, and keep the findings."""
    path = app.env.doc2path(docname)
    found = []
    # MyST is there, and reads this page.
    myst = "myst_enable_extensions" in app.config
    myst = myst and severities_of(app.config)[Rule.POLICY_FRONT_MATTER] is not Severity.OFF
    if myst and get_filetype(app.config.source_suffix, str(path)) != "restructuredtext":
        allowed = read(PolicySettings, app.config).names("front_matter", FRONT_MATTER)
        lines = Lines(source[0])
        found = list(front_matter_findings(lines, display_path(path), allowed))
        if found:
            source[0] = _without_front_matter(source[0])
        if "substitution" in app.config.myst_enable_extensions:
            found += _expressions(lines, display_path(path))
            source[0] = _EXPRESSION.sub(lambda one: " " * len(one[0]), source[0])
    app.env.temp_data[FOUND] = found


def _without_front_matter(text: str) -> str:
    """The text with the lines that MyST takes for front matter made empty."""
    lines = text.splitlines(keepends=True)
    closed = (n for n, line in enumerate(lines) if n and line.startswith(("---", "...")))
    last = next(closed, len(lines) - 1)
    return "\n" * (last + 1) + "".join(lines[last + 1 :])


def front_matter_findings(
    source: Lines, path: str, allowed: frozenset[str] = FRONT_MATTER
) -> Iterator[Finding]:
    """The keys that a page may not set."""
    from myst_parser.config.main import TopmatterReadError, read_topmatter  # noqa: PLC0415

    try:
        found = read_topmatter(source.text) or {}  # as it will be read: no reading of our own
    except TopmatterReadError:
        return  # which MyST reports, and takes for text
    for name in _refused(found, allowed):
        at = source.find(name, line=1) or (1, 1)
        wrong = f'Pages may not set "{name}" in their front matter.'
        yield Location(path, *at).finding(Rule.POLICY_FRONT_MATTER, wrong, OTHERWISE, name)


def _refused(front: dict[str, Any], allowed: frozenset[str]) -> Iterator[str]:
    """The keys that are not allowed; of MyST's own, a description of the page alone is."""
    for key, value in front.items():
        if key == "myst" and isinstance(value, dict) and key not in allowed:
            yield from (str(name) for name in value if name != "html_meta")
            metas = value.get("html_meta")
            yield from (str(m) for m in metas or () if not META.fullmatch(str(m)))
        elif str(key) not in allowed:
            yield str(key)


def _expressions(source: Lines, path: str) -> Iterator[Finding]:
    """What in double braces is more than a name, and would be run."""
    for found in _EXPRESSION.finditer(source.text):
        wrong = f'"{found[0][:40]}" is an expression, which pages may not run.'
        remedy = "Write the name of a substitution, as in {{ name }}, or the words themselves."
        at = Location(path, *source.position(found.start()))
        yield at.finding(Rule.POLICY_FRONT_MATTER, wrong, remedy, found[0])


def setup(app: Sphinx) -> ExtensionMetadata:
    """Look before MyST does."""
    register(app, PolicySettings, SharedSettings)
    app.connect("config-inited", check_data, priority=110)  # after the settings (100)
    app.connect("env-before-read-docs", check_pages, priority=100)
    app.connect("source-read", check_source, priority=900)  # after what changes the source
    return {"parallel_read_safe": True, "parallel_write_safe": True}
