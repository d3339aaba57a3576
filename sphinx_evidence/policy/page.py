"""The proof of what was written: the content of a page, parsed as a browser does, runs nothing."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from sphinx_evidence.policy.allowed import SCHEMES, address_fault

# What runs, loads, submits, or changes what other things mean; a meta does with http-equiv.
_ACTIVE = frozenset({
    "animate", "animatemotion", "animatetransform", "applet", "audio", "base", "embed",
    "foreignobject", "form", "frame", "frameset", "iframe", "link", "noscript", "object",
    "portal", "script", "set", "slot", "source", "style", "template", "track", "video",
})  # fmt: skip
_LOADED = ("src", "srcset", "poster", "background", "data", "action", "formaction", "ping")
_LOADED_BY_LINK = {"feimage", "image", "use"}  # in a drawing
_STYLE_LOADS = re.compile(r"url\(|image-set\(|src\(|@import|\\", re.IGNORECASE)
_LINKED = ("href", "xlink:href", "cite", "longdesc")


def active_content(html: str, schemes: frozenset[str] = SCHEMES) -> Iterator[str]:
    """What in the content of a page runs, asks another host, or leads where no link may."""
    body = LexborHTMLParser(f"<!DOCTYPE html><body>{html}").root
    for node in body.traverse() if body else ():
        if node.tag in _ACTIVE or (node.tag == "meta" and "http-equiv" in node.attributes):
            yield f"<{node.tag}>"
        yield from _attributes(node, schemes)


def _attributes(node: LexborNode, schemes: frozenset[str]) -> Iterator[str]:
    for name, value in node.attributes.items():
        said, lower = value or "", name.lower()
        if lower.startswith("on") or lower == "srcdoc":
            yield f"{name}="
        elif lower == "style" and _STYLE_LOADS.search(said):
            yield f'style="{said[:60]}"'
        elif lower in {"href", "xlink:href"} and node.tag in _LOADED_BY_LINK and said[:1] != "#":
            yield f'<{node.tag} {name}="{said[:60]}">'
        elif lower in _LINKED and (fault := address_fault(said, schemes)):
            yield f'{name}="{said[:60]}": {fault}'
        elif lower in _LOADED and (address_fault(said, frozenset()) or "//" in said):
            yield f'{name}="{said[:60]}"'
