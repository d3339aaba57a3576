"""What Sphinx says of a page may quote it: nothing in it is obeyed by terminals or CI services."""

import logging

from sphinx.application import Sphinx
from sphinx.util.logging import WarningStreamHandler
from sphinx.util.typing import ExtensionMetadata

from sphinx_evidence.text.printable import printable, printable_lines


class _Printable(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        """Keep the message, as it may be printed, and its place."""
        message = logging.LogRecord.getMessage(record)  # Sphinx's own puts the place in front
        record.msg, record.args = printable_lines(message), ()
        place = getattr(record, "location", None)
        if isinstance(place, str):
            record.location = printable(place)
        return True


def setup(app: Sphinx) -> ExtensionMetadata:
    """Look at every warning and error, behind Sphinx's own filters."""
    del app
    for handler in logging.getLogger("sphinx").handlers:
        if isinstance(handler, WarningStreamHandler):
            handler.addFilter(_Printable())
    return {"parallel_read_safe": True, "parallel_write_safe": True}
