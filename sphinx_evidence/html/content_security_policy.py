"""A Content-Security-Policy in every page, and nothing in the page that it would refuse.

A theme writes scripts and styles into its pages. So that the policy need not allow them
(https://www.w3.org/TR/CSP3/), each moves into a file. Pages are framed by templates, which are
code: what comes of data holds neither, as ``policy`` proves.
"""

import hashlib
import re
from html import escape
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from sphinx_evidence.html.settings import SitePolicySettings
from sphinx_evidence.runtime.abort import BuildAborted
from sphinx_evidence.runtime.config import read, register
from sphinx_evidence.runtime.site import SITES

_FOLDER = "_static/inline"
_META = '<meta http-equiv="Content-Security-Policy" content="{}">'
# Scripts without an address, and not those that hold data.
_SCRIPT = re.compile(
    r"<script\b(?![^>]*\s(?:src=|type=[\"']?application/))([^>]*)>(.*?)</script>", re.DOTALL
)
_STYLE = re.compile(r"<style\b[^>]*>(.*?)</style>", re.DOTALL)
_ATTRIBUTE = re.compile(r'(<[a-zA-Z][^<>]*\s)style="([^"]*)"')
_HANDLER = re.compile(r"<[a-zA-Z][^<>]*\s(on\w+)=", re.IGNORECASE)
_STATIC = re.compile(r'(?:href|src)="([^"]*?)_static/')  # as the theme names it in a page


def apply(app: Sphinx, error: Exception | None) -> None:
    """Put the policy into each page that this build has written."""
    policy = read(SitePolicySettings, app.config).content_security_policy
    if error or not policy or app.builder.name not in SITES:
        return
    site = Path(app.outdir)
    for path in sorted(site.rglob("*.html")):
        text = path.read_text("utf-8")
        if "Content-Security-Policy" not in text.partition("</head>")[0]:
            path.write_text(_page(site, path, text, policy), "utf-8")


def _page(site: Path, path: Path, text: str, policy: str) -> str:
    """A page with the policy; the files that it needs then are written, too."""
    if handler := _HANDLER.search(text):
        raise BuildAborted(
            f'{path.name}: the theme writes "{handler[1]}=" into its pages, which no file holds. '
            "Use another theme, or unset evidence_content_security_policy."
        )
    found = _STATIC.search(text)
    root = found[1] if found else "../" * (len(path.relative_to(site).parts) - 1)

    def sheet(css: str) -> str:
        return f'<link rel="stylesheet" href="{root}{_file(site, css.encode(), ".css")}">'

    def script(found: re.Match[str]) -> str:
        return f'<script{found[1]} src="{root}{_file(site, found[2].encode(), ".js")}"></script>'

    text = _SCRIPT.sub(script, text)
    text = _STYLE.sub(lambda found: sheet(found[1]), text)
    styles = sorted({found[2] for found in _ATTRIBUTE.finditer(text)})
    if styles:  # stronger than what a class says, as those of an element are
        rules = (f':root:root:root [data-style="{one}"] {{ {one} }}\n' for one in styles)
        text = _ATTRIBUTE.sub(r'\1data-style="\2"', text)
        text = text.replace("</head>", f"{sheet(''.join(rules))}</head>", 1)
    meta = _META.format(escape(policy, quote=False))
    return re.sub(r"<head[^>]*>", lambda found: found[0] + meta, text, count=1)


def _file(site: Path, content: bytes, ending: str) -> str:
    """Write a file that is named by what it holds."""
    name = f"{_FOLDER}/{hashlib.sha256(content).hexdigest()[:16]}{ending}"
    (site / name).parent.mkdir(parents=True, exist_ok=True)
    (site / name).write_bytes(content)
    return name


def setup(app: Sphinx) -> ExtensionMetadata:
    """Come after all who write pages, and before the site takes its place (999)."""
    register(app, SitePolicySettings)
    app.connect("build-finished", apply, priority=990)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
