"""Settings of the extension in conf.py: how they are declared, and what is wrong with one.

Each feature declares the settings that it reads as the fields of one frozen dataclass. A field
is the name in conf.py without ``evidence_``; its metadata is what `about` gives.
"""

import ast
from collections.abc import Callable, Iterable, Iterator
from dataclasses import MISSING, Field, dataclass, fields
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_origin, get_type_hints

from sphinx_evidence.diagnostics.finding import (
    Finding,
    Location,
    did_you_mean,
    display_path,
    nearest,
)
from sphinx_evidence.rulebook.rule import Rule

PREFIX = "evidence_"
Rebuild = Literal["", "env", "epub", "gettext", "html"]
# How a value is written, with an example.
_TYPES = {
    bool: ("True or False", "True"),
    dict: ("pairs in braces", '{"name": "value"}'),
    float: ("a number", "0.5"),
    int: ("a whole number", "1"),
    list: ("a list", '["text"]'),
    str: ("a text in quotes", '"text"'),
}
_TAKEN_TOO: dict[type, tuple[type, ...]] = {float: (int,), list: (tuple,)}


@dataclass(frozen=True)
class Setting:
    """One setting: its name in conf.py, its type, and what `about` says of it."""

    name: str
    kind: type  # one of _TYPES, or a StrEnum
    default: Any
    help: str
    rebuild: Rebuild = ""
    validator: Callable[[Any], object] | None = None

    @property
    def types(self) -> frozenset[type]:
        """The types that a value may have."""
        of = str if issubclass(self.kind, StrEnum) else self.kind
        return frozenset({of, *_TAKEN_TOO.get(of, ())})

    def fault(self, value: object) -> tuple[str, str] | None:
        """What is wrong with a value, and what to write; None where it is right."""
        if issubclass(self.kind, StrEnum):
            if value not in list(self.kind):
                choices = ", ".join(f'"{choice}"' for choice in self.kind)
                return f"{value!r} is not what it takes.", f"Write one of: {choices}."
        elif not isinstance(value, tuple(self.types)):
            words, example = _TYPES[self.kind]
            return f"{value!r} is not {words}.", f"Write {self.name} = {example}"
        try:
            if self.validator:
                self.validator(value)
        except ValueError as error:
            wrong, remedy = error.args
            return wrong, remedy
        return None


def about(
    help_text: str, *, rebuild: Rebuild = "", validator: Callable[[Any], object] | None = None
) -> dict[str, Any]:
    """The metadata of a field that is a setting; ``help_text`` is Markdown.

    ``validator`` raises ValueError with what is wrong, and what to write.
    """
    return {"help": help_text, "rebuild": rebuild, "validator": validator}


_hints = cache(get_type_hints)  # of some classes ten times a build


def declared(feature: type) -> Iterator[Setting]:
    """The settings that the dataclass of a feature declares, in its order."""
    hints = _hints(feature)
    own: tuple[Field[Any], ...] = fields(feature)
    for one in own:
        hint = hints[one.name]
        made = one.default_factory
        default = one.default if made is MISSING else made()
        yield Setting(f"{PREFIX}{one.name}", get_origin(hint) or hint, default, **one.metadata)


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


def written(conf: Path | None, wanted: Iterable[Setting]) -> tuple[dict[str, Any], list[Finding]]:
    """The values of settings as conf.py writes them, and their faults: it is read, and not run."""
    values = {one.name: one.default for one in wanted}
    findings: list[Finding] = []
    if conf is None:
        return values, findings
    try:
        lines, statements = assigned(conf), ast.parse(conf.read_bytes()).body
    except SyntaxError as error:
        wrong = f"This is not Python: {error.msg}."
        place = Location(display_path(conf), error.lineno or 1)
        return values, [place.finding(Rule.SETTING, wrong, "Correct this line.")]
    plain = {
        (target.id, target.lineno): statement.value
        for statement in statements if isinstance(statement, ast.Assign)
        for target in statement.targets if isinstance(target, ast.Name)
    }  # fmt: skip
    for one in wanted:
        if one.name not in lines:
            continue
        try:
            # Another statement, such as one after "if", may have the last word.
            value = ast.literal_eval(plain[one.name, lines[one.name]])
        except (KeyError, TypeError, ValueError):
            wrong = "Its value cannot be known without running conf.py."
            remedy = "Write it out once, without names or calls, at the start of a line."
            findings.append(fault(conf, one.name, wrong, remedy))
            continue
        if found := one.fault(value):
            findings.append(fault(conf, one.name, *found))
        else:
            values[one.name] = value
    return values, findings


def misspelt(conf: Path, known: Iterable[str]) -> Iterator[Finding]:
    """Settings that do not exist: without a word, Sphinx would leave them out."""
    names = list(known)
    for name in assigned(conf):
        if name.startswith(PREFIX) and name not in names:
            remedy = did_you_mean(nearest(name, names, most=1), "Delete it.")
            yield fault(conf, name, "There is no such setting.", remedy)
