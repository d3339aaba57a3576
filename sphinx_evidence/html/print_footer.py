"""The foot of each sheet when a page is printed: which page, where it is, which edition.

The boxes are those of https://www.w3.org/TR/css-page-3/#margin-boxes. A browser that does not know
them prints a foot of its own.
"""

import re
from html import unescape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from sphinx_evidence.runtime.edition import edition

FOOTER = """
    <style>
      @page {{
        margin-bottom: 2.25cm;
        @bottom-left {{ content: {page} "\\a " {address}; text-align: left; width: 65%; }}
        @bottom-right {{ content: {edition} "\\a " counter(page) "/" counter(pages); text-align: right; width: 35%; }}
        @bottom-left {{ color: #000; font: 9pt/1.3 sans-serif; overflow-wrap: anywhere; white-space: pre-line; }}
        @bottom-right {{ color: #000; font: 9pt/1.3 sans-serif; white-space: pre-line; }}
      }}
    </style>
"""  # noqa: E501  # CSS has one rule a line


def quoted(text: str) -> str:
    """A text as a string of CSS that may stand in HTML, whatever letters it has."""
    return '"' + re.sub(r'["\\<\n]', lambda found: f"\\{ord(found[0]):x} ", text) + '"'


def add_footer(
    app: Sphinx, _page: str, _template: str, context: dict[str, Any], _tree: nodes.document | None
) -> None:
    """Put the foot into the head of the page, and let templates show the edition, too."""
    title = unescape(re.sub(r"<[^>]+>", "", context.get("title") or ""))
    context["edition"] = edition(app.config)
    context["metatags"] = context.get("metatags", "") + FOOTER.format(
        page=quoted(title), address=quoted(context.get("pageurl") or ""),
        edition=quoted(context["edition"]),
    )  # fmt: skip


def setup(app: Sphinx) -> ExtensionMetadata:
    """Hang the foot into every page of the site."""
    app.connect("html-page-context", add_footer)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
