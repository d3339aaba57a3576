"""Settings of the extension in conf.py: where each is set, and what is wrong with it."""

import ast
from collections.abc import Collection, Iterator
from pathlib import Path

from sphinx_evidence.diagnostics.finding import Finding, did_you_mean, display_path, nearest
from sphinx_evidence.rulebook.rule import Rule

PREFIX = "evidence_"
# How a value is written; of several types that a setting takes, the first of these is offered.
_TYPES = {
    bool: ("True or False", "True"),
    dict: ("pairs in braces", '{"name": "value"}'),
    float: ("a number", "0.5"),
    int: ("a whole number", "1"),
    str: ("a text in quotes", '"text"'),
}


def fault(conf: Path, name: str, wrong: str, remedy: str) -> Finding:
    """The finding on a setting, at its line; line 1 where it is set on the command line."""
    line = assigned(conf).get(name, 1)
    return Finding(display_path(conf), line, Rule.SETTING, f"{name}: {wrong}", remedy)


def assigned(conf: Path) -> dict[str, int]:
    """The names that conf.py sets, each with its last line."""
    if not conf.is_file():  # Sphinx can do without, with -C
        return {}
    stored = (
        node
        for node in ast.walk(ast.parse(conf.read_bytes()))
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    )
    return {node.id: node.lineno for node in sorted(stored, key=lambda node: node.lineno)}


def misspelt(conf: Path, known: Collection[str]) -> Iterator[Finding]:
    """Settings that do not exist: without a word, Sphinx would leave them out."""
    ours = [name for name in known if name.startswith(PREFIX)]
    for name in assigned(conf):
        if name.startswith(PREFIX) and name not in known:
            remedy = did_you_mean(nearest(name, ours, most=1), "Delete it.")
            yield fault(conf, name, "There is no such setting.", remedy)


def mistyped(conf: Path, name: str, value: object, allowed: Collection[type]) -> Iterator[Finding]:
    """A setting whose value is of another type than is ``allowed``."""
    if not isinstance(value, tuple(allowed)):
        words, example = _TYPES[min(allowed, key=list(_TYPES).index)]
        yield fault(conf, name, f"{value!r} is not {words}.", f"Write {name} = {example}")
