"""The file and line of a node, as editors count."""

from pathlib import Path

from docutils import nodes
from sphinx.environment import BuildEnvironment
from sphinx.util.nodes import traverse_parent

from sphinx_evidence.citations.plain_text import markup_of
from sphinx_evidence.text.parsed import Form, Shift, editor_line, shifts
from sphinx_evidence.text.source import Sources

_PAGES = {".md", ".rst", ".txt"}  # of other files, a directive sets the line itself


class NodeLocator:
    """Knows from which files the nodes of a project were read."""

    def __init__(self, env: BuildEnvironment) -> None:
        """Read no file before it is needed."""
        self.sources = Sources()
        self.colons = "colon_fence" in getattr(env.config, "myst_enable_extensions", ())
        self._shifts: dict[tuple[Path, Form], list[Shift]] = {}

    def locate(self, node: nodes.Element, page: Path) -> tuple[Path, int]:
        """File and line of a node of a page."""
        # A directive may have set another file: one that it reads texts from.
        path = Path(next((each.source for each in traverse_parent(node) if each.source), page))
        path = path if path.is_file() else page
        # Some have no line, but what stands in them has, as in tables of reStructuredText.
        inside = (each.line for each in node.findall(nodes.Element) if each.line)
        around = [each.line for each in traverse_parent(node) if each.line]
        line = next(inside, 0) or next(iter(around), 1)
        if path.suffix not in _PAGES:
            return path, line
        of = (path, self._form(path, page))
        if of not in self._shifts:
            self._shifts[of] = shifts(self.sources[path], of[1])
        return path, editor_line(self._shifts[of], line, around)

    def _form(self, path: Path, page: Path) -> Form:
        if markup_of(page) == "rst":
            return Form.RST
        if path != page:
            return Form.MYST_INCLUDED
        return Form.MYST_WITH_COLONS if self.colons else Form.MYST
