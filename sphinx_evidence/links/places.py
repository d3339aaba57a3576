"""Where a link stands in its file, and with which letters it is written there.

docutils knows the first line of a block alone.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from sphinx_evidence.bibliography.reader import Bibliography, Entry
from sphinx_evidence.diagnostics.finding import display_path
from sphinx_evidence.network.identifiers import Identifier, Kind, address_of, identify
from sphinx_evidence.text.lines import EMPTY_LINE
from sphinx_evidence.text.source import Sources

# What would make the words the beginning of a longer address.
_LONGER = r"(?![\w/#?&=%~+@-]|[.,;:!'()*]+[\w/#?&=%~-])"
_MARKED = tuple('(<{"')  # what stands before a link in MyST, reStructuredText, .bib and HTML
_DEFINED = re.compile(
    r"[ \t>]*(?:\[[^\]\n]+\]:[ \t]*<?|\.\.[ \t]+_.*:[ \t]+|__[ \t]+|:[\w-]+:[ \t]+)"
)


@dataclass(frozen=True)
class Use:
    """One link on a page: ``uri`` as it is read, ``words`` as it is written.

    ``start`` is the offset of the words in the file; column 0 says that they were not found.
    """

    uri: str
    address: str
    anchor: str
    path: str
    line: int
    column: int = 0
    words: str = ""
    start: int = 0

    @property
    def place(self) -> str:
        """File and line, as messages give them."""
        return f"{self.path}:{self.line}"


class Places:
    """Finds links in the files of a project; each file is read once."""

    def __init__(self) -> None:
        """Know of no file."""
        self._sources = Sources()
        self._taken: set[tuple[Path, int]] = set()

    def use(self, uri: str, asked: str, path: Path, line: int, *, bare: bool) -> Use:
        """The use of a link in the block that begins with a line; ``asked`` is what is asked.

        A ``bare`` link has no words of its own: readers see the address.
        """
        address, anchor = address_of(asked)
        source = self._sources[path]
        for words in written(uri):
            at = self._find(words, path, line, bare=bare)
            if at is not None:
                self._taken.add((path, at))
                line, column = source.position(at)
                return Use(uri, address, anchor, display_path(path), line, column, words, at)
        return Use(uri, address, anchor, display_path(path), max(line, 1))

    def _find(self, words: str, path: Path, line: int, *, bare: bool) -> int | None:
        """The offset of a link that no other use has: in its block, or else where it is defined.

        What merely mentions the address, such as a line of code, is none.
        """
        source = self._sources[path]
        text = source.text
        first = source.offset(line)
        blank = EMPTY_LINE.search(text, first)
        block = range(first, blank.start() if blank else len(text))
        # Those that no other use has come first.
        found = sorted(_occurrences(words, text), key=lambda at: (path, at) in self._taken)
        here = [at for at in found if at in block and (path, at) not in self._taken]
        # In MyST, an address is a link in angle brackets only; in reStructuredText, also alone.
        marked = [at for at in here if text.startswith("<" if bare else _MARKED, at - 1)]
        # A definition, [name]: address, may stand anywhere, and many uses may lead to it. Of the
        # option of a directive, :target: address, docutils does not know the line.
        defined = [at for at in found if _DEFINED.fullmatch(source.line_up_to(at))]
        others = [*here, *defined] if bare else [*defined, *here]
        return next(iter([*marked, *others]), None)

    def in_bibliography(self, bibliography: Bibliography) -> Iterator[Use]:
        """The links of every entry: its DOI or else its address, and its numbers at NCBI."""
        for entry in bibliography.entries.values():
            for name, uri in links_of(entry):
                path, line = Path(entry.path).resolve(), entry.fields[name].line
                value = entry.get(name)
                yield self.use(value, uri, path, line, bare=True)


def links_of(entry: Entry) -> Iterator[tuple[str, str]]:
    """Field and link. Where there is a DOI, the publisher's page is not for us to ask."""
    doi, pmid, pmcid = entry.get("doi"), entry.get("pmid"), entry.get("pmcid")
    found = identify(doi) or identify(f"doi:{doi}")
    if doi and found:
        yield "doi", found.address
    elif entry.get("url"):
        yield "url", entry.get("url")
    if re.fullmatch(r"[1-9]\d{0,8}", pmid):
        yield "pmid", Identifier(Kind.PMID, pmid).address
    if re.fullmatch(r"PMC[1-9]\d{0,8}", pmcid):
        yield "pmcid", Identifier(Kind.PMCID, pmcid).address


def _occurrences(words: str, text: str) -> Iterator[int]:
    """Where an address stands in a text, and is no part of a longer one, nor code."""
    whole = re.compile(rf"(?<![\w.`]){re.escape(words)}{_LONGER}")
    at = text.find(words)
    while at >= 0:
        if whole.match(text, at):
            yield at
        at = text.find(words, at + 1)


def written(uri: str) -> Iterator[str]:
    """How a link may stand in a source: as it is read, or before the markup was read."""
    forms = [uri, html.escape(uri, quote=False), unquote(uri), uri.rstrip("/")]
    forms.append(re.sub(r"^https?://", "", uri))
    found = identify(uri)
    if found:
        forms += [found.value, re.sub(r"^https?://[^/]+/", "", unquote(uri))]
    yield from dict.fromkeys(form for form in forms if form)
