"""Of which pages Sphinx warns: they are read and written again, so that it warns again.

Sphinx tells a warning only in the build in which it reads or writes the page.
"""

import logging
from pathlib import Path
from weakref import WeakKeyDictionary

from docutils import nodes
from docutils.utils import get_source_line
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.util.build_phase import BuildPhase
from sphinx.util.logging import is_suppressed_warning
from sphinx.util.typing import ExtensionMetadata

ALL = ""  # in the place of a page: nobody knows which one it was
_NOTED = "evidence_noted"  # on a record, which Sphinx keeps back and hands on once more


class Warned(logging.Handler):
    """The pages that were warned of while they were read, and while they were written."""

    def __init__(self, app: Sphinx) -> None:
        """Begin without any."""
        super().__init__(logging.WARNING)
        self.app = app
        self.is_reading = False  # pages: what is done before and after that is done each time
        self.read: set[str] = set()
        self.written: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        """Note the page."""
        kind, subtype = getattr(record, "type", "") or "", getattr(record, "subtype", "") or ""
        hidden = is_suppressed_warning(kind, subtype, self.app.config.suppress_warnings)
        if hidden or hasattr(record, _NOTED):
            return
        setattr(record, _NOTED, True)
        if self.is_reading:
            self.read.add(self._page(record))
        elif self.app.builder.phase in {BuildPhase.RESOLVING, BuildPhase.WRITING}:
            self.written.add(self._page(record))

    def _page(self, record: logging.LogRecord) -> str:
        """The page that is being read or resolved, or the one that the message names."""
        env = self.app.env
        match getattr(record, "location", None):
            case nodes.Node() as node:
                place = str(get_source_line(node)[0])
            case (str(docname), _):
                place = docname
            case place:
                place = str(place)
        named = (place, place.rpartition(":")[0])
        pages = (env.current_document.docname, *named, *map(env.path2doc, map(Path, named)))
        return next((page for page in pages if page in env.found_docs), ALL)


_listening: WeakKeyDictionary[Builder, Warned] = WeakKeyDictionary()


def warned(app: Sphinx) -> Warned:
    """What was noted in this build."""
    return _listening[app.builder]


def listen(app: Sphinx) -> None:
    """Hear what is said from here to the end of the build."""
    handler = _listening[app.builder] = Warned(app)
    logging.getLogger("sphinx").addHandler(handler)
    app.connect("build-finished", lambda *_: logging.getLogger("sphinx").removeHandler(handler))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Listen before anything is read."""
    app.connect("builder-inited", listen, priority=10)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
