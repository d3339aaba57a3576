"""The site: which builders make one, what it holds beside pages, and the addresses of these."""

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config

# An e-book is HTML, too, but no site.
SITES = frozenset({"dirhtml", "html", "singlehtml"})
SITES_OF_PAGES = SITES - {"singlehtml"}  # each page has an address of its own


def add_static(app: Sphinx, folder: Path) -> None:
    """Let the site have the scripts and style sheets of a feature; pages load them."""
    app.config.html_static_path = [*app.config.html_static_path, str(folder)]


def address(config: Config, docname: str, place: str = "") -> str:
    """The address of a page, and of a place on it; empty where the site has none."""
    if not config.html_baseurl:
        return ""
    page = f"{docname}{config.html_file_suffix or '.html'}"
    return f"{config.html_baseurl.rstrip('/')}/{page}{'#' if place else ''}{place}"
