"""Pages that cannot be read: told, and left out, so that all others are looked at."""

import re
from pathlib import Path
from typing import NamedTuple
from weakref import WeakKeyDictionary

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import ExtensionMetadata

from sphinx_evidence import settings
from sphinx_evidence.checks.followups import Lost
from sphinx_evidence.diagnostics.finding import Finding, Location, display_path, not_utf8
from sphinx_evidence.policy.sources import page_findings
from sphinx_evidence.rulebook.rule import Rule, Severity
from sphinx_evidence.runtime.abort import abort_on
from sphinx_evidence.runtime.shared import severities_of
from sphinx_evidence.text.source import check_file


class Unread(NamedTuple):
    """Why a page cannot be read, and what it was to define."""

    finding: Finding
    lost: Lost


_pages: WeakKeyDictionary[BuildEnvironment, dict[str, Unread]] = WeakKeyDictionary()


def unread_pages(env: BuildEnvironment) -> dict[str, Unread]:
    """The pages that this run has left out, by their names."""
    return _pages.setdefault(env, {})


def leave_out(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Keep from Sphinx what is no file in UTF-8, and what no page may be.

    Without the first page, Sphinx stops with a traceback; so that stops the build.
    """
    root = app.config.root_doc
    if root not in env.found_docs:
        wrong = (
            f'The first page would be "{root}", but it is not there, or exclude_patterns has it.'
        )
        remedy = "Create it, or write the name of another page."
        abort_on([settings.fault(Path(app.confdir, "conf.py"), "root_doc", wrong, remedy)])
    refuses = "sphinx_evidence.policy.sources" in app.extensions
    refuses = refuses and severities_of(app.config)[Rule.POLICY_FILE] is Severity.ERROR
    unread = _pages[env] = {}
    for docname in docnames:
        path = Path(env.doc2path(docname))
        refused = next(page_findings(path, Path(app.srcdir)), None) if refuses else None
        if refused:
            unread[docname] = _unread(refused, "")
            continue
        try:
            check_file(path)
            path.read_bytes().decode("utf-8")
        except OSError as error:
            wrong, remedy = f"{error.strerror}.", "Put the page itself here."
            found = Location(display_path(path), 1).finding(Rule.ENCODING, wrong, remedy)
            unread[docname] = _unread(found, "")
        except UnicodeDecodeError as error:
            text = error.object.decode("cp1252", "replace")
            unread[docname] = _unread(not_utf8(path, error), "" if "\0" in text else text)
    if root in unread:
        abort_on(sorted(one.finding for one in unread.values()))
    for docname in unread.keys() & set(docnames):
        docnames.remove(docname)
        env.project.docnames.discard(docname)


def _unread(finding: Finding, text: str) -> Unread:
    """The page, with its words and lines, as other pages may refer to them."""
    words = {*re.findall(r"[\w:.+/-]+", text), *map(str.strip, text.splitlines())}
    folded = frozenset(word.casefold() for word in words)
    return Unread(finding, Lost(finding.path, range(0), folded))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Look before Sphinx does, and before the policy stops (100)."""
    app.connect("env-before-read-docs", leave_out, priority=50)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
