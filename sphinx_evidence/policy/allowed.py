"""What pages may use: the one allow-list, which conf.py widens with ``evidence_allow``.

Pages are data from strangers. What an extension adds is allowed by loading the extension, which
conf.py does; of what docutils, Sphinx and MyST bring, what stands here.
"""

import os
import re
from pathlib import Path

DIRECTIVES = frozenset({
    "acks", "admonition", "attention", "caution", "centered", "class", "code", "code-block",
    "codeauthor", "compound", "container", "contents", "cssclass", "csv-table", "danger",
    "default-domain", "deprecated", "describe", "epigraph", "error", "figure", "figure-md",
    "highlight", "highlights", "hint", "hlist", "image", "important", "index",
    "line-block", "list-table", "literalinclude", "math", "moduleauthor", "note", "object",
    "parsed-literal", "pull-quote", "replace", "rst-class", "rubric", "sectionauthor",
    "sectnum", "seealso", "sidebar", "sourcecode", "table", "tabularcolumns", "tip", "title",
    "toctree", "topic", "unicode", "version-added", "version-changed", "version-deprecated",
    "version-removed", "versionadded", "versionchanged", "versionremoved", "warning",
})  # fmt: skip
FRONT_MATTER = frozenset({
    "author", "authors", "copyright", "date", "hide-navigation", "hide-toc",
    "no-search", "nocomments", "nosearch", "orphan", "title", "tocdepth",
})  # fmt: skip
# Names of html_meta that a browser does nothing for.
META = re.compile(r"(description|keywords|property=og:\w+)(\s+lang=[\w-]+)?")
SCHEMES = frozenset({"doi", "http", "https", "mailto", "tel"})
PICTURES = frozenset({"avif", "gif", "jpeg", "jpg", "png", "svg", "webp"})
FILES = PICTURES | {"bib", "csv", "docx", "epub", "ics", "odt", "pdf", "tsv", "txt", "xlsx"}

KINDS = ("directives", "front_matter", "schemes", "files")

# What to type instead of a directive; where nothing is known of one, `OTHERWISE`.
INSTEAD = {
    "date": "Type the date.",
    "default-role": "Write out the role at each place.",
    "footer": "Write it on the page.",
    "header": "Write it on the page.",
    "include": "Write the words here, or name a page of their own in a toctree.",
    "meta": "Write the description under myst: html_meta: in the front matter of a page in MyST.",
    "only": "Write for all formats; what the site alone shows gets the class html-only.",
    "raw": "Write it in the markup of the page.",
    "role": "Use a role that is there, or ask a maintainer to add one in conf.py.",
}
OTHERWISE = "Use another, or ask a maintainer to allow it in conf.py, with evidence_allow."

# A comment for a browser, too: it ends a comment at "<!-->", "<!--->" and "--!>" as well.
COMMENT = re.compile(r"\s*(?:<!--(?!-?>)(?:(?!--!?>)[\s\S])*-->\s*)+")
# What no name of a page needs, and what ends an attribute, an address or a line of a log.
UNNAMED = re.compile(r"""[\x00-\x1f\x7f"'<>&`\\:*?|]""")

_IGNORED = re.compile("[\0- \x7f]")  # by browsers, within an address
_SCHEME = re.compile(r"([a-z][a-z\d+.-]*):", re.IGNORECASE)


def address_fault(address: str, schemes: frozenset[str] = SCHEMES) -> str:
    """What is wrong with an address, or an empty string."""
    bare = _IGNORED.sub("", address)
    if bare.replace("\\", "/").startswith("//"):
        return "an address begins with its scheme"
    found = _SCHEME.match(bare)
    if found and found[1].lower() not in schemes:
        return f'addresses of the kind "{found[1].lower()}:" are not allowed'
    return ""


def leads_out(path: Path, folder: Path) -> bool:
    """Whether a file that is named inside a folder, or else inside its own, is a link out of it."""
    named = Path(os.path.normpath(path))
    return not is_inside(named, folder if named.is_relative_to(folder) else named.parent)


def is_inside(path: Path, folder: Path) -> bool:
    """Whether a file lies below a folder, with all symbolic links followed."""
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))
