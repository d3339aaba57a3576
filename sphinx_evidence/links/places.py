"""Where a link stands in its file, and with which letters it is written there.

Pure: imports neither Sphinx nor docutils. docutils knows the first line of a block alone.
"""

import html
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from sphinx_evidence.bibliography.reader import Bibliography, Entry
from sphinx_evidence.findings import shown
from sphinx_evidence.links.identifiers import Identifier, Kind, address_of, identify
from sphinx_evidence.prose.locating import Source

# What would make the words the beginning of a longer address.
_LONGER = r"(?![\w/#?&=%~+@-]|[.,;:!'()*]+[\w/#?&=%~-])"


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
        self._sources: dict[Path, Source] = {}
        self._last: dict[tuple[Path, str], int] = defaultdict(int)

    def source(self, path: Path) -> Source:
        """The text of a file, with its line ends as they are."""
        if path not in self._sources:
            with path.open(encoding="utf-8", newline="") as file:
                self._sources[path] = Source(file.read())
        return self._sources[path]

    def use(self, uri: str, asked: str, path: Path, line: int) -> Use:
        """The use of a link that stands at or after a line; ``asked`` is what is asked for it.

        The second use of the same link in a file is looked for after the first.
        """
        address, anchor = address_of(asked)
        source = self.source(path)
        start = max(source.lines[min(max(line, 1), len(source.lines)) - 1], self._last[path, uri])
        for words in written(uri):
            pattern = re.compile(rf"(?<![\w.]){re.escape(words)}{_LONGER}")
            # A definition, [name]: address, may stand anywhere.
            found = pattern.search(source.text, start) or pattern.search(source.text)
            if found:
                self._last[path, uri] = found.end()
                at = source.place(found.start())
                return Use(uri, address, anchor, shown(path), *at, words, found.start())
        return Use(uri, address, anchor, shown(path), max(line, 1))

    def in_bibliography(self, bibliography: Bibliography) -> Iterator[Use]:
        """The links of every entry: its DOI or else its address, and its numbers at NCBI."""
        for entry in bibliography.entries.values():
            for name, uri in links_of(entry):
                path, line = Path(entry.path).resolve(), entry.fields[name].line
                value = entry.get(name)
                yield self.use(value, uri, path, line)


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


def written(uri: str) -> Iterator[str]:
    """How a link may stand in a source: as it is read, or before the markup was read."""
    forms = [uri, html.escape(uri, quote=False), unquote(uri), uri.rstrip("/")]
    forms.append(re.sub(r"^https?://", "", uri))
    found = identify(uri)
    if found:
        forms += [found.value, re.sub(r"^https?://[^/]+/", "", unquote(uri))]
    yield from dict.fromkeys(form for form in forms if form)
