"""``{helplines}``: services for a reader in distress, also for the foot of each page of the site.

They stand in conf.py, once: who writes a page cannot change a number that somebody may need.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

from sphinx_evidence.runtime.config import read, register
from sphinx_evidence.settings import about

# A number behind "to" takes messages, not calls.
_NUMBER = re.compile(r"(?<!to )(?<!\d)\d[\d ]+\d(?!\d)")


def _said(services: dict[object, object]) -> None:
    for where, services_there in services.items():
        said = isinstance(services_there, str) and re.search(r"\d", services_there)
        if not isinstance(where, str) or not said:
            wrong = f"{where!r}: {services_there!r} is not a place and a service with its number."
            raise ValueError(wrong, 'Write {"Anywhere in the UK": "Samaritans, on 116 123"}.')


@dataclass(frozen=True)
class HelplinesSettings:
    """Whom a reader in distress can call."""

    helplines: dict[str, str] = field(
        default_factory=dict,
        metadata=about(
            "Services for readers in distress: from where they are, such as `Scotland`, to the "
            "service and its number. The directive `helplines` shows them, and templates get them "
            "under the name `helplines`; each number is a link that calls it.",
            rebuild="env",
            validator=_said,
        ),
    )


def _services(services: dict[str, str]) -> nodes.bullet_list:
    """A list of places, each with the services there."""
    found = nodes.bullet_list(bullet="-", classes=["helplines"])
    for where, text in services.items():
        words = [nodes.strong("", f"{where}:"), nodes.Text(" "), *_linked(f"{text}.")]
        found += nodes.list_item("", nodes.paragraph("", "", *words))
    return found


def _linked(text: str) -> Iterator[nodes.Node]:
    end = 0
    for number in _NUMBER.finditer(text):
        yield nodes.Text(text[end : number.start()])
        address = f"tel:{number[0].replace(' ', '')}"
        yield nodes.reference("", number[0], refuri=address)
        end = number.end()
    yield nodes.Text(text[end:])


class Helplines(SphinxDirective):
    """The services, in the text of a page."""

    def run(self) -> list[nodes.Node]:
        """The list; nothing where there are none."""
        services = read(HelplinesSettings, self.config).helplines
        return [_services(services)] if services else []


def give_to_templates(
    app: Sphinx, _page: str, _template: str, context: dict[str, Any], _tree: nodes.document | None
) -> None:
    """Give templates what the directive shows."""
    services = read(HelplinesSettings, app.config).helplines
    if services and isinstance(app.builder, StandaloneHTMLBuilder):
        context["helplines"] = app.builder.render_partial(_services(services))["fragment"]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive."""
    register(app, HelplinesSettings)
    app.add_directive("helplines", Helplines)
    app.connect("html-page-context", give_to_templates)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
