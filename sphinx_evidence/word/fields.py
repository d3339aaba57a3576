"""The fields of reference managers and of Word: which works they cite, as CSL-JSON has them.

Zotero and Mendeley write CSL-JSON into the field, EndNote XML of its own, Word a tag and the work
into a part of its own (``b:Sources``, ECMA-376 part 1, 22.6). What is not as it should be cites
nothing.
"""

import base64
import binascii
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from sphinx_evidence.word.blocks import Citation, Item

_NONE = Citation("")
_LONGEST = 2**20  # characters of a field
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
_BESIDES = ("locator", "prefix", "suffix", "suppress-author", "author-only")
_SOURCES = "{http://schemas.openxmlformats.org/officeDocument/2006/bibliography}"
_LISTS = ("ADDIN ZOTERO_BIBL", "ADDIN Mendeley Bibliography", "ADDIN EN.REFLIST", "BIBLIOGRAPHY")
_MENDELEY_TAG = "MENDELEY_CITATION_"
# The types of EndNote and of Word, and their fields, as CSL has them.
_ENDNOTE_TYPES = {
    "Journal Article": "article-journal", "Book": "book", "Edited Book": "book",
    "Book Section": "chapter", "Conference Paper": "paper-conference",
    "Conference Proceedings": "paper-conference", "Report": "report", "Thesis": "thesis",
    "Web Page": "webpage", "Dataset": "dataset", "Newspaper Article": "article-newspaper",
}  # fmt: skip
_ENDNOTE = {
    "titles/title": "title", "titles/secondary-title": "container-title", "volume": "volume",
    "number": "issue", "pages": "page", "publisher": "publisher", "pub-location": "publisher-place",
    "edition": "edition", "electronic-resource-num": "DOI", "urls/related-urls/url": "URL",
}  # fmt: skip
_WORD_TYPES = {
    "JournalArticle": "article-journal", "Book": "book", "BookSection": "chapter",
    "ConferenceProceedings": "paper-conference", "Report": "report", "InternetSite": "webpage",
    "DocumentFromInternetSite": "webpage", "ArticleInAPeriodical": "article-magazine",
}  # fmt: skip
_WORD = {
    "Title": "title", "JournalName": "container-title", "BookTitle": "container-title",
    "ConferenceName": "container-title", "PeriodicalTitle": "container-title", "Volume": "volume",
    "Issue": "issue", "Pages": "page", "Publisher": "publisher", "City": "publisher-place",
    "Edition": "edition", "URL": "URL", "DOI": "DOI",
}  # fmt: skip


def citation(instruction: str, data: str = "", tag: str = "") -> Citation | None:
    """What a field cites; nothing where it is none of a reference manager."""
    code = " ".join(instruction[:200].split())
    if tag.startswith(_MENDELEY_TAG):
        return _csl("Mendeley", _decoded(tag.rpartition("_")[2]))
    if code.startswith("ADDIN ZOTERO_ITEM"):
        return _csl("Zotero", instruction.partition("CSL_CITATION")[2])
    if code.startswith("ADDIN CSL_CITATION"):
        return _csl("Mendeley", instruction.partition("CSL_CITATION")[2])
    if code.startswith("ADDIN EN.CITE"):
        return _endnote(instruction) or _endnote(_decoded(data)) or Citation("EndNote")
    if found := re.match(r"CITATION (\S+)", code):
        more = re.findall(r"\\m (\S+)", instruction[:_LONGEST])
        besides = bool(re.search(r"\\[pfsnyt]\b", instruction[:_LONGEST]))
        return Citation("Word", keys=(found[1], *more), more=besides)
    return None


def lists(instruction: str) -> bool:
    """Whether a field is the list of references that a program keeps."""
    return " ".join(instruction[:200].split()).startswith(_LISTS)


def _decoded(data: str) -> str:
    try:
        return base64.b64decode("".join(data[:_LONGEST].split())).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""


def _csl(manager: str, text: str) -> Citation:
    try:
        read = json.loads(text.strip()[:_LONGEST])
    except (RecursionError, ValueError):
        return Citation(manager)
    cited = read.get("citationItems") if isinstance(read, dict) else None
    each = [one for one in cited if isinstance(one, dict)] if isinstance(cited, list) else []
    found = [one.get("itemData") for one in each]
    more = any(one.get(name) for one in each for name in _BESIDES)
    return Citation(manager, tuple(item for item in found if isinstance(item, dict)), more=more)


def _endnote(text: str) -> Citation | None:
    found = re.search(r"<EndNote>.*</EndNote>", text[:_LONGEST], re.DOTALL)
    root = _parsed(found[0].encode()) if found else None
    if root is None:
        return None
    more = any(_text(one) for name in ("Prefix", "Suffix", "Pages") for one in root.iter(name))
    more = more or any(one.attrib for one in root.iter("Cite"))
    return Citation("EndNote", tuple(map(_endnote_item, root.iter("record"))), more=more)


def _parsed(data: bytes) -> Any:  # noqa: ANN401  # an element of lxml, which has no types
    if b"<!" in data.replace(b"<![CDATA[", b"").replace(b"<!--", b""):
        return None
    try:
        return etree.fromstring(data, _PARSER)
    except etree.LxmlError:
        return None


def _endnote_item(record: Any) -> Item:  # noqa: ANN401
    kind = record.find("ref-type")
    named = "" if kind is None else kind.get("name", "")
    item: Item = {"type": _ENDNOTE_TYPES.get(named, "document")}
    for role, name in (("author", "authors"), ("editor", "secondary-authors")):
        people = [_text(each) for each in record.findall(f"contributors/{name}/author")]
        if people:
            item[role] = [_name(person) for person in people if person]
    for path, variable in _ENDNOTE.items():
        if words := _text(record.find(path)):
            item[variable] = words
    if year := re.search(r"\d{4}", _text(record.find("dates/year"))):
        item["issued"] = {"date-parts": [[int(year[0])]]}
    return item


def _text(element: Any) -> str:  # noqa: ANN401
    return "" if element is None else " ".join("".join(element.itertext()).split())


def _name(person: str) -> dict[str, str]:
    """``Alpha, A.``; an organisation ends with a comma, or has none."""
    family, _, given = person.partition(",")
    return {"family": family.strip(), "given": given.strip()} if given.strip() else {
        "literal": family.strip()
    }  # fmt: skip


def sources(parts: Mapping[str, bytes]) -> dict[str, Item]:
    """The works that Word keeps in a part of its own, by their tags."""
    found = {}
    for content in parts.values():
        if b"officeDocument/2006/bibliography" not in content[:2000]:
            continue
        root = _parsed(content)
        for source in () if root is None else root.iter(f"{_SOURCES}Source"):
            if tag := _text(source.find(f"{_SOURCES}Tag")):
                found[tag] = _word_item(source)
    return found


def _word_item(source: Any) -> Item:  # noqa: ANN401
    def words(name: str) -> str:
        return _text(source.find(f"{_SOURCES}{name}"))

    item: Item = {"type": _WORD_TYPES.get(words("SourceType"), "document")}
    for role, name in (("author", "Author"), ("editor", "Editor")):
        people = source.find(f"{_SOURCES}Author/{_SOURCES}{name}")
        if people is not None and (named := [*_word_people(people)]):
            item[role] = named
    for name, variable in _WORD.items():
        if value := words(name):
            item.setdefault(variable, value)
    for variable, prefix in (("issued", ""), ("accessed", "Accessed")):
        day = [words(f"{part}{prefix}") for part in ("Year", "Month", "Day")]
        if re.fullmatch(r"\d{4}", day[0]):
            item[variable] = {"date-parts": [[int(part) for part in day if part.isdigit()]]}
    return item


def _word_people(people: Any) -> Iterator[dict[str, str]]:  # noqa: ANN401
    if group := _text(people.find(f"{_SOURCES}Corporate")):
        yield {"literal": group}
    for person in people.iter(f"{_SOURCES}Person"):
        parts = {
            part: _text(person.find(f"{_SOURCES}{name}"))
            for part, name in (("family", "Last"), ("given", "First"))
        }
        if middle := _text(person.find(f"{_SOURCES}Middle")):
            parts["given"] = f"{parts['given']} {middle}".strip()
        if parts["family"]:
            yield {part: words for part, words in parts.items() if words}
