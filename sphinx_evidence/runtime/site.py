"""Addresses of the site's pages, for links in copies that do not hold them."""

from sphinx.config import Config


def address(config: Config, docname: str, place: str = "") -> str:
    """The address of a page, and of a place on it; empty where the site has none."""
    if not config.html_baseurl:
        return ""
    page = f"{docname}{config.html_file_suffix or '.html'}"
    return f"{config.html_baseurl.rstrip('/')}/{page}{'#' if place else ''}{place}"
