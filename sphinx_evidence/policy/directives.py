"""Directives as pages get them: those that are not allowed are refused, those with files watched.

docutils finds a directive by its name, for MyST and reStructuredText alike, so both are closed
where the name is registered.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Union

from docutils import nodes
from docutils.parsers.rst import Directive, directives
from docutils.parsers.rst.directives.misc import Include
from docutils.parsers.rst.languages import en, get_language
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

from sphinx_evidence.diagnostics.finding import Location, display_path
from sphinx_evidence.policy.allowed import DIRECTIVES, INSTEAD, OTHERWISE, is_inside
from sphinx_evidence.policy.settings import PolicySettings
from sphinx_evidence.rulebook.rule import Rule, Severity
from sphinx_evidence.runtime.abort import faults
from sphinx_evidence.runtime.config import read, register
from sphinx_evidence.runtime.shared import SharedSettings, severities_of

if TYPE_CHECKING:
    from myst_parser.mocking import MockIncludeDirective

_CORE = re.compile(r"(?:docutils|myst_parser|sphinx(?!\.ext\.))\.")  # not an extension
_NAMES_A_FILE = {"editorial-record", "include", "literalinclude", "open-questions"}
_FILE_OPTIONS = ("file", "diff")
_REFUSED_OPTIONS = {
    "url": "Put the file into the project, and name it with :file:.",
    "parser": "Delete the option: the ending of the file says how it is read.",
}
_FORM = (
    "required_arguments", "optional_arguments", "final_argument_whitespace", "has_content",
)  # fmt: skip
_MYST = "myst_parser.mocking"
_OF_MYST = {  # the options that MyST gives to {include}
    "relative-images": directives.flag,
    "relative-docs": directives.path,
    "heading-offset": directives.nonnegative_int,
}
_OUTSIDE = "lies outside the folder of the pages."


class _Judged(SphinxDirective):
    """A directive whose use may be a fault, which the gate reports."""

    original: type[Directive]  # in whose place it stands, for a project that allows it

    def refuse(self, wrong: str, remedy: str, rule: Rule, words: str) -> list[nodes.Node]:
        """What stands for the directive on the page: nothing but the fault."""
        path, line = self.get_source_info()
        location = Location(display_path(Path(path)), line)
        hides = issubclass(self.original, Include)  # what nobody knows, so that it follows
        return [faults(findings=[location.finding(rule, wrong, remedy, words)], hides=hides)]


class _Refused(_Judged):
    """A directive that pages may not use."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    instead = ""

    def run(self) -> list[nodes.Node]:
        """Say so."""
        if issubclass(self.original, Include) and self.arguments:
            # That the page has no place of its own in the contents is no second mistake.
            self.env.note_included(self.env.relfn2path(self.arguments[0])[1])
        wrong = f"Pages may not use the directive {{{self.name}}}."
        return self.refuse(wrong, self.instead, Rule.POLICY_DIRECTIVE, self.name)


class _Watched(_Judged):
    """A directive that reads files, which stands before the one that does.

    It is no kind of ``Include``: MyST would then read the file itself, without asking.
    """

    names_a_file = False  # as its argument

    def run(self) -> list[nodes.Node]:
        """Run the directive, if all that it is to read lies in the project."""
        own = severities_of(self.config)
        refused = _REFUSED_OPTIONS if own[Rule.POLICY_DIRECTIVE] is not Severity.OFF else {}
        for name, remedy in refused.items():
            if name in self.options:
                wrong = f"Pages may not use :{name}: of {{{self.name}}}."
                return self.refuse(wrong, remedy, Rule.POLICY_DIRECTIVE, f":{name}:")
        for given in self._files() if own[Rule.POLICY_FILE] is not Severity.OFF else ():
            if fault := self._fault(given):
                remedy = "Put the file beside the page, and give its name."
                return self.refuse(f'"{given}" {fault}', remedy, Rule.POLICY_FILE, given)
        try:
            return list(self._reader().run())
        except UnicodeError:
            wrong = f'"{", ".join(self._files())}" is not UTF-8.'
            return self.refuse(wrong, "Save the file with UTF-8 encoding.", Rule.ENCODING, "")

    def _files(self) -> Iterator[str]:
        for name in _FILE_OPTIONS:
            if name in self.options:
                yield self.options[name]
        if self.names_a_file:
            yield self.arguments[0]

    def _fault(self, given: str) -> str:
        """What is wrong with a file, however the directive finds it; nothing, if it may be read."""
        if given.splitlines() != [given]:  # docutils joins lines, which makes another name of them
            return "is no name of a file."
        if issubclass(self.original, Include) and re.fullmatch("<.*>", given):  # docutils' own
            folder = Path(self.original.standard_include_path)
            return "" if is_inside(folder / given[1:-1].lstrip("/"), folder) else _OUTSIDE
        places = [Path(self.env.relfn2path(given)[1])]  # where Sphinx looks
        # And docutils, for which "/" is that of the machine, and which starts at an included file.
        beside = Path(self.state.document.current_source or "").parent / given
        places += [beside] if beside.exists() else []
        if not all(is_inside(path, self.env.srcdir) for path in places):
            return _OUTSIDE
        if any(path.exists() and not path.is_file() for path in places):
            return "is a folder or a device, not a file."
        return ""

    def _reader(self) -> Union[Directive, "MockIncludeDirective"]:
        """The directive itself."""
        if issubclass(self.original, Include) and type(self.state).__module__ == _MYST:
            from myst_parser.mocking import MockIncludeDirective  # noqa: PLC0415  # MyST is there

            renderer = self.state._renderer  # type: ignore[attr-defined]  # noqa: SLF001  # MyST's own
            return MockIncludeDirective(
                renderer, self.name, self.original, self.arguments, self.options,
                list(self.content), self.lineno,
            )  # fmt: skip
        return self.original(
            self.name, self.arguments, self.options, self.content, self.lineno,
            self.content_offset, self.block_text, self.state, self.state_machine,
        )  # fmt: skip


def close(app: Sphinx) -> None:
    """Put what pages get in the place of every directive."""
    allowed = read(PolicySettings, app.config).names("directives", DIRECTIVES)
    refuses = severities_of(app.config)[Rule.POLICY_DIRECTIVE] is not Severity.OFF
    codes = {app.config.language, "en"}
    registered = set(directives._directives)  # type: ignore[attr-defined]  # noqa: SLF001  # no public list
    names = registered.union(*(_translations(code) for code in codes))
    # A name of its own means what is registered, whatever it is in a language of docutils.
    named = {name: name if name in registered else _canonical(name, codes) for name in names}
    own = {canonical: _directive(canonical) for canonical in {*named.values()}}
    for name, canonical in named.items():
        found = own[canonical]
        if not found:
            continue
        options = set(found.option_spec or ())
        if refuses and _CORE.match(found.__module__) and canonical not in allowed:
            said = {
                "original": found,
                "option_spec": dict.fromkeys(options, directives.unchanged),
                "instead": INSTEAD.get(canonical, OTHERWISE),
            }
            directives.register_directive(name, type("Refused", (_Refused,), said))
        elif canonical in _NAMES_A_FILE or options & {*_FILE_OPTIONS, *_REFUSED_OPTIONS}:
            watched = _watched(found, canonical, refuses=refuses)
            directives.register_directive(name, watched)
        elif name in registered:  # as it was, if another project of this process had it refused
            directives.register_directive(name, found)


def _directive(name: str) -> type[Directive] | None:
    """The class of a directive, as it was before it was judged."""
    found, _ = directives.directive(name, en, nodes.document(None, None))  # type: ignore[arg-type]
    if isinstance(found, type) and issubclass(found, _Judged):
        return found.original
    return found if isinstance(found, type) and issubclass(found, Directive) else None


def _watched(directive: type[Directive], canonical: str, *, refuses: bool) -> type[Directive]:
    # Merely to read the name of a parser imports it.
    given = directive.option_spec or {}
    kept = {name: directives.unchanged for name in _REFUSED_OPTIONS if refuses and name in given}
    said = {
        "original": directive,
        "option_spec": {**given, **(_OF_MYST if issubclass(directive, Include) else {}), **kept},
        "names_a_file": canonical in _NAMES_A_FILE,
    } | {name: getattr(directive, name) for name in _FORM}
    return type(directive.__name__, (_Watched,), said)


def _canonical(name: str, codes: set[str]) -> str:
    return next((found[name] for code in codes if name in (found := _translations(code))), name)


def _translations(code: str) -> dict[str, str]:
    """From the names of a language to those of docutils."""
    language = get_language(code.replace("_", "-"))
    return dict(language.directives) if language else {}


def setup(app: Sphinx) -> ExtensionMetadata:
    """Close them when every extension has added its own."""
    register(app, PolicySettings, SharedSettings)
    app.connect("builder-inited", close, priority=200)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
