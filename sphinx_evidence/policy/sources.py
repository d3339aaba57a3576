"""What is looked at before a page is read: what its reader, MyST or Sphinx, would act on."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from sphinx_evidence.diagnostics.finding import Finding, Location, display_path
from sphinx_evidence.policy.allowed import FRONT_MATTER, META, OTHERWISE, is_inside
from sphinx_evidence.policy.settings import PolicySettings
from sphinx_evidence.rulebook.rule import Rule
from sphinx_evidence.runtime.abort import abort_on
from sphinx_evidence.runtime.config import read, register
from sphinx_evidence.text.lines import Lines

_EXPRESSION = re.compile(r"\{\{(?!\s*[\w-]+\s*\}\})[^\n]{0,200}")


FOUND = "evidence_policy"  # where the findings of a page wait until its tree is made


def check_links(app: Sphinx) -> None:
    """Stop before a file is read that lies elsewhere."""
    abort_on(sorted(_links(Path(app.srcdir))))


def check_source(app: Sphinx, docname: str, source: list[str]) -> None:
    """Take from a page what MyST would act on, and keep the findings."""
    path = app.env.doc2path(docname)
    found = []
    if path.suffix == ".md":
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


def _links(folder: Path) -> Iterator[Finding]:
    """Symbolic links that lead out of the folder of the pages."""
    for place, folders, files in os.walk(folder):
        for name in (*folders, *files):
            path = Path(place, name)
            if path.is_symlink() and not is_inside(path, folder):
                yield Location(display_path(path), 1).finding(
                    Rule.POLICY_FILE,
                    "This is a link to a place outside the folder of the pages.",
                    "Put the file itself here.",
                )


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
    register(app, PolicySettings)
    app.connect("builder-inited", check_links, priority=200)
    app.connect("source-read", check_source, priority=900)  # after what changes the source
    return {"parallel_read_safe": True, "parallel_write_safe": True}
