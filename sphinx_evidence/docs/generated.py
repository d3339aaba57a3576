"""Fills the pages of the manual that the program writes itself: rules, messages, settings."""

import contextlib
import io
from collections.abc import Callable
from importlib import metadata

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from sphinx_evidence import cli, rulebook
from sphinx_evidence.declarations import declarations
from sphinx_evidence.docs.examples import printed


def rules() -> str:
    """Every rule, without the title, which the page has itself."""
    return rulebook.as_page().partition("\n")[2]


def messages() -> str:
    """What is printed of the wrong example of each rule."""
    texts = printed()
    parts: list[str] = []
    for part, title in rulebook.TITLES.items():
        parts.append(f"## {title}\n")
        for rule, explained in rulebook.explanations().items():
            if explained.part == part and rule in texts:
                parts.append(f"[{rule}](rules.md#{rule})\n\n```console\n{texts[rule]}\n```\n")
    return "\n".join(parts)


def settings() -> str:
    """Every setting as it is declared: name, default and meaning."""
    rows = [f"* - `{one.name}`\n  - `{one.default!r}`\n  - {one.help}\n" for one in declarations()]
    head = "* - Setting\n  - Default\n  - Meaning\n"
    return f"```{{list-table}}\n:header-rows: 1\n:widths: 30 20 50\n\n{head}{''.join(rows)}```\n"


def commands() -> str:
    """The help of each command, as it prints it."""
    return "\n".join(f"## {name}\n\n```console\n{_help(name)}```\n" for name in cli.COMMANDS)


def licences() -> str:
    """Every distribution that is installed to build this, with its licence as it declares it."""
    found = {each.name: each for each in metadata.distributions() if each.name != "sphinx-evidence"}
    rows = [
        f"* - {name}\n  - {found[name].version}\n  - {_licence(found[name].metadata)}\n"
        for name in sorted(found, key=str.casefold)
    ]
    head = "* - Library\n  - Version\n  - Licence\n"
    return f"```{{list-table}}\n:header-rows: 1\n\n{head}{''.join(rows)}```\n"


def _licence(declared: metadata.PackageMetadata) -> str:
    """The licence of a distribution: its expression, else its classifiers, else its first line."""
    classified = [
        line.rpartition(" :: ")[2]
        for line in declared.get_all("Classifier", [])
        if line.startswith("License :: ")
    ]
    expressed, free = (declared.get_all(n, []) for n in ("License-Expression", "License"))
    said: list[str] = [*expressed, ", ".join(classified), *free, "not declared"]
    return next(words for words in said if words).strip().partition("\n")[0]


def _help(name: str) -> str:
    with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.suppress(SystemExit):
        cli.main([name, "--help"])
    return out.getvalue()


PAGES: dict[str, Callable[[], str]] = {
    "command": commands, "licences": licences, "messages": messages, "rules": rules,
    "settings": settings,
}  # fmt: skip


def fill(_app: Sphinx, docname: str, source: list[str]) -> None:
    """Put what is generated in place of the line ``% generated``."""
    if docname in PAGES:
        source[0] = source[0].replace("% generated\n", PAGES[docname]())


def setup(app: Sphinx) -> ExtensionMetadata:
    """Fill the pages as they are read."""
    app.connect("source-read", fill)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
