"""What docutils and MyST say of a page, in words for authors, at the place of the slip.

Their messages have no codes, but they are not translated either: the texts are those of docutils
0.22 (parsers/rst/states.py and directives/tables.py) and of MyST-Parser 5 (parsers/directives.py).
What is not known here is left as it is.
"""

import re
from collections.abc import Callable
from pathlib import PurePath

from sphinx_evidence.diagnostics.finding import Finding, Location
from sphinx_evidence.markup.vocabulary import Vocabulary, as_directive, as_role, suggested
from sphinx_evidence.rulebook.rule import Rule
from sphinx_evidence.text.lines import Lines

_DIRECTIVE = (
    r"(?:Directive '(?P<a>[^']+)': |Error in \"(?P<b>[^\"]+)\" directive:\s*|'(?P<c>[^']+)': )"
)
_UNKNOWN_ROLE = re.compile(r'Unknown interpreted text role "([^"]+)"')
_UNKNOWN_DIRECTIVE = re.compile(r"Unknown directive type:? [\"']([^\"']+)[\"']")
_NO_ARGUMENT = re.compile(_DIRECTIVE + r"\d+ argument\(s\) required, 0 supplied")
_NO_CONTENT = re.compile(r'Content block expected for the "(?P<a>[^"]+)" directive; none found')
_UNKNOWN_OPTION = re.compile(
    _DIRECTIVE + r"(?:Unknown|unknown) option(?: key)?: [\"'](?P<option>[^\"']+)[\"']"
)
_BAD_VALUE = re.compile(
    _DIRECTIVE + r"(?:Invalid option value for '(?P<key>[^']+)'|"
    r'invalid option value: \(option: "(?P<option>[^"]+)")'
)
_ROWS = re.compile(
    r'the "(?P<a>[^"]+)" directive: uniform two-level bullet list expected, but row (?P<row>\d+) '
    r"does not contain the same number of items as row 1 \((?P<has>\d+) vs (?P<wants>\d+)\)"
)
_NO_FILE = re.compile(
    r"Directive \"(?P<a>[^\"]+)\": file not found: '(?P<file>.*)'"
    r"|Problems with \"(?P<b>[^\"]+)\" directive path:\s+"
    r"InputError: \[Errno 2\][^:]*: '(?P<path>.*)'"
)
_UNCLOSED = re.compile(r"Inline interpreted text or phrase reference start-string without end")
_ROLE_BEFORE = re.compile(r":([\w+-]+(?::[\w+-]+)*):`")
_FIRST = {
    "figure": "the file of the picture", "image": "the file of the picture",
    "literalinclude": "the name of the file", "include": "the name of the file",
}  # fmt: skip


def _name(found: re.Match[str]) -> str:
    return next(name for name in (found.groupdict().get(key) for key in "abc") if name)


class Rephraser:
    """Turns the messages on one file into findings."""

    def __init__(self, source: Lines, path: str, markup: str, vocabulary: Vocabulary) -> None:
        """``source`` is the text of the file at ``path``."""
        self.source = source
        self.path = path
        self.markup = markup
        self.vocabulary = vocabulary
        self._forms: dict[re.Pattern[str], Callable[[re.Match[str], int], Finding | None]] = {
            _UNKNOWN_ROLE: self._unknown_role,
            _UNKNOWN_DIRECTIVE: self._unknown_directive,
            _NO_ARGUMENT: self._no_argument,
            _NO_CONTENT: self._no_content,
            _UNKNOWN_OPTION: self._unknown_option,
            _BAD_VALUE: self._bad_value,
            _ROWS: self._rows,
            _NO_FILE: self._no_file,
            _UNCLOSED: self._unclosed,
        }

    def finding(self, message: str, line: int) -> Finding | None:
        """The finding that says what ``message`` says; None where it is of an unknown form."""
        for pattern, rephrased in self._forms.items():
            if found := pattern.search(message):
                return rephrased(found, line)
        return None

    def _location(self, words: str, line: int) -> Location:
        """The place of ``words`` from ``line`` on: some messages give the first line of a block."""
        # Where a line holds U+2028 or the like, docutils counts further than editors do.
        places = (self.source.find(words, line=start) for start in (line, line - 1, 1))
        at = next(filter(None, places), (max(line, 1),))
        return Location(self.path, *at)

    def _directive(self, found: re.Match[str], line: int) -> tuple[Location, str]:
        words = as_directive(_name(found), markup=self.markup).lstrip("`")
        return self._location(words, line), words

    def _unknown_role(self, found: re.Match[str], line: int) -> Finding:
        words = as_role(found[1], "", markup=self.markup).rstrip("`")
        remedy = suggested(
            found[1],
            self.vocabulary.roles,
            lambda name: as_role(name, "…", markup=self.markup),
        )
        return self._location(words, line).finding(
            Rule.MARKUP_UNKNOWN, f"There is no role {words}.", remedy, words
        )

    def _unknown_directive(self, found: re.Match[str], line: int) -> Finding:
        words = as_directive(found[1], markup=self.markup).lstrip("`")
        remedy = suggested(
            found[1],
            self.vocabulary.directives,
            lambda name: as_directive(name, markup=self.markup).lstrip("`"),
        )
        return self._location(words, line).finding(
            Rule.MARKUP_UNKNOWN, f"There is no directive {words}.", remedy, words
        )

    def _no_argument(self, found: re.Match[str], line: int) -> Finding:
        location, words = self._directive(found, line)
        first = _FIRST.get(_name(found), "the title")
        wrong = f"Nothing stands behind {words} on its line."
        remedy = f"Type {first} there: {as_directive(_name(found), markup=self.markup)} …"
        return location.finding(Rule.DIRECTIVE_BROKEN, wrong, remedy, words)

    def _no_content(self, found: re.Match[str], line: int) -> Finding:
        location, words = self._directive(found, line)
        remedy = "Type its text below, with an empty line before it, or delete the directive."
        return location.finding(Rule.DIRECTIVE_BROKEN, f"{words} holds no text.", remedy, words)

    def _unknown_option(self, found: re.Match[str], line: int) -> Finding:
        name, words = _name(found), f":{found['option']}:"
        remedy = suggested(
            found["option"], self.vocabulary.options(name), lambda option: f":{option}:"
        )
        wrong = f"{self._directive(found, line)[1]} has no option {words}."
        return self._location(words, line).finding(Rule.MARKUP_UNKNOWN, wrong, remedy, words)

    def _bad_value(self, found: re.Match[str], line: int) -> Finding:
        words = f":{found['key'] or found['option']}:"
        wrong = f"The value behind {words} is none that this option takes."
        remedy = "Correct it, or delete the line."
        return self._location(words, line).finding(Rule.DIRECTIVE_BROKEN, wrong, remedy, words)

    def _rows(self, found: re.Match[str], line: int) -> Finding:
        location, words = self._directive(found, line)
        counts = f"{found['has']}, not {found['wants']}"
        wrong = f"Row {found['row']} of the table has not as many cells as row 1: {counts}."
        remedy = "Give each row as many lines that begin with -; an empty cell is a - alone."
        return location.finding(Rule.DIRECTIVE_BROKEN, wrong, remedy, words)

    def _no_file(self, found: re.Match[str], line: int) -> Finding:
        location, words = self._directive(found, line)
        given = PurePath(found["file"] or found["path"]).name
        wrong = f'{words} names a file that is not there: "{given}".'
        return location.finding(Rule.DIRECTIVE_BROKEN, wrong, "Correct its name.", words)

    def _unclosed(self, _found: re.Match[str], line: int) -> Finding | None:
        """A role; of any other backtick, docutils says enough."""
        for number in (line, *range(line + 1, line + 40)):
            for role in _ROLE_BEFORE.finditer(self.source.line(number)):
                if "`" not in self.source.line(number)[role.end() :]:
                    location = Location(self.path, number, role.start() + 1)
                    return location.finding(
                        *unclosed_role(role[1], role[0].rstrip("`"), markup="rst"),
                        role[0].rstrip("`"),
                    )
        return None


def unclosed_role(name: str, words: str, *, markup: str) -> tuple[Rule, str, str]:
    """What is wrong with ``words``, which should be the role ``name``, and what to type."""
    target = "key" if name.startswith(("cite", "footcite")) else "name"
    wrong = f'"{words}" is not read as markup, so readers would see it.'
    remedy = f"Write {as_role(name, target, markup=markup)}: no space, and a backtick at both ends."
    return Rule.MARKUP_LEFT, wrong, remedy
