"""The file and line of a node, as editors count."""

from pathlib import Path

from docutils import nodes
from sphinx.environment import BuildEnvironment
from sphinx.util.nodes import traverse_parent

from sphinx_evidence.citations.plain_text import markup_of
from sphinx_evidence.text import notebooks
from sphinx_evidence.text.parsed import Form, Shift, editor_line, shifts
from sphinx_evidence.text.source import Sources

_PAGES = {".md", ".rst", ".txt"}  # of other files, a directive sets the line itself


class NodeLocator:
    """Knows from which files the nodes of a project were read."""

    def __init__(self, env: BuildEnvironment) -> None:
        """Read no file before it is needed."""
        self.sources = Sources()
        self.colons = "colon_fence" in getattr(env.config, "myst_enable_extensions", ())
        self._files: dict[str, Path | None] = {}  # of the sources that nodes name
        self._shifts: dict[tuple[Path, Path], list[Shift]] = {}  # of a file, read for a page

    def locate(self, node: nodes.Element, page: Path) -> tuple[Path, int]:
        """File and line of a node of a page."""
        # A directive may have set another file: one that it reads texts from.
        source = next((each.source for each in traverse_parent(node) if each.source), "")
        if source not in self._files:
            self._files[source] = Path(source) if Path(source).is_file() else None
        path = self._files[source] or page
        # Some have no line, but what stands in them has, as in tables of reStructuredText.
        inside = (each.line for each in node.findall(nodes.Element) if each.line)
        around = [each.line for each in traverse_parent(node) if each.line]
        line = next(inside, 0) or next(iter(around), 1)
        if path.suffix == notebooks.SUFFIX:
            return path, notebooks.line_of(self.sources[path].text, line)
        of = path, page
        if of not in self._shifts:
            own = path.suffix in _PAGES
            self._shifts[of] = shifts(self.sources[path], self._form(*of)) if own else []
        return path, editor_line(self._shifts[of], line, around)

    def _form(self, path: Path, page: Path) -> Form:
        if markup_of(page) == "rst":
            return Form.RST
        if path != page:
            return Form.MYST_INCLUDED
        return Form.MYST_WITH_COLONS if self.colons else Form.MYST
