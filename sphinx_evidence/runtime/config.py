"""From the declared settings of a feature to Sphinx's configuration, and back to typed values."""

from collections.abc import Iterator
from dataclasses import fields
from enum import StrEnum
from pathlib import Path
from typing import TypeVar, get_type_hints

from sphinx.application import Sphinx
from sphinx.config import Config

from sphinx_evidence import settings
from sphinx_evidence.diagnostics.finding import Finding
from sphinx_evidence.diagnostics.severities import suppressed
from sphinx_evidence.runtime.abort import abort_on

T = TypeVar("T")


def register(app: Sphinx, *features: type) -> None:
    """Register what ``features`` declare; what several of them share, once."""
    for feature in features:
        for one in settings.declared(feature):
            if one.name not in app.config:
                app.add_config_value(one.name, one.default, one.rebuild, one.types, one.help)

    def check(app: Sphinx, config: Config) -> None:
        conf = Path(app.confdir, "conf.py")
        abort_on([
            *(finding for feature in features for finding in faults(conf, config, feature)),
            *_hidden(conf, config),
        ])  # fmt: skip

    # Before features read their settings (500).
    app.connect("config-inited", check, priority=100)


def faults(conf: Path, config: Config, feature: type) -> Iterator[Finding]:
    """The settings whose values are not possible, of those that are registered."""
    for one in settings.declared(feature):
        found = one.fault(config[one.name]) if one.name in config else None
        if found:
            yield settings.fault(conf, one.name, *found)


def _hidden(conf: Path, config: Config) -> Iterator[Finding]:
    """An entry of Sphinx's own setting that would hide every finding, or none."""
    try:
        suppressed(config.suppress_warnings)
    except ValueError as error:
        yield settings.fault(conf, "suppress_warnings", *error.args)


def read(feature: type[T], config: Config) -> T:
    """The settings of a feature as conf.py and the command line give them."""
    hints = get_type_hints(feature)
    values = {}
    for one in fields(feature):  # type: ignore[arg-type]  # each is a dataclass
        kind = hints[one.name]
        value = config[f"{settings.PREFIX}{one.name}"]
        values[one.name] = kind(value) if isinstance(kind, type(StrEnum)) else value
    return feature(**values)
