"""The paragraphs of a manuscript as pages of MyST, with an account of where each one went."""

import json
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from sphinx_evidence.bibliography.keys import ascii_letters
from sphinx_evidence.importing.citing import Role
from sphinx_evidence.importing.inline import escaped, inline
from sphinx_evidence.importing.page import Account, Page, directive
from sphinx_evidence.word.blocks import Kind, Paragraph
from sphinx_evidence.word.document import rendered

_CAPTION = re.compile(
    r"(Table|Figure|Fig|Box)\.?\s(\d{1,3})\s?(?:[.:–—|-]\s?|(?=\s)|$)(.*)", re.DOTALL
)
_NUMBER = re.compile(r"\W{0,2}(\d{1,9})\W{0,2}")
_DEEPEST = 6
_LONGEST = 40  # letters of the name of a page
_RESERVED = {"index", "references", "glossary", "editorial-record", "genindex", "search"}


@dataclass
class Pages:
    """Makes pages; ``starts`` are the offsets of paragraphs in the document of the audit.

    ``pictures`` are the files of pictures by the names of their parts; ``listed`` says of the
    paragraphs of the list what became of them, and nothing of one that is no work.
    """

    roles: Sequence[Role]
    starts: Mapping[int, int]
    pictures: Mapping[str, str]
    listed: Mapping[int, str]
    title: str = ""
    said: dict[str, str] = field(default_factory=dict)  # the words of each note
    unread: list[str] = field(default_factory=list)  # what stands in the list, and is no work
    pages: list[Page] = field(default_factory=lambda: [Page("index")])
    accounts: list[Account] = field(default_factory=list)
    names: frozenset[str] = frozenset()  # of boxes, figures and tables that may be referred to
    taken: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_RESERVED, 1))  # of pages
    made: set[str] = field(default_factory=set)  # those that there are
    caption: tuple[str, str, str] | None = None  # kind, name and words of one that waits
    behind: set[int] = field(default_factory=set)  # captions that were taken with what is above
    top: int = 1
    depth: int = 1

    def read(self, paragraphs: Sequence[Paragraph]) -> None:
        """Take in the whole document."""
        body = [one for one in paragraphs if not one.note]
        titled = body and body[0].kind is Kind.HEADING  # it is the title, whatever its level
        levels = [one.level for one in body[1 if titled else 0 :] if one.kind is Kind.HEADING]
        self.top = min(filter(None, levels), default=1)
        notes: dict[str, list[Paragraph]] = {one.note: [] for one in paragraphs if one.note}
        for one in paragraphs:
            if one.note:
                notes[one.note].append(one)
        at = 0
        while at < len(body):
            group = self._together(body, at)
            self._group(group, body[at + len(group) : at + len(group) + 1])
            for one in group:
                self._notes(one, notes)
            at += len(group)
        self._waiting()
        for left in notes.values():
            self.accounts += [Account(one, "", "a note that nothing calls") for one in left]
        self.accounts.sort(key=lambda account: account.paragraph.number)

    def _group(self, group: list[Paragraph], after: list[Paragraph]) -> None:
        first = group[0]
        if first.number in self.listed:
            why = self.listed[first.number]
            if not why:
                self.unread.append(self._inline(first))
            self.accounts.append(Account(first, "references", why or "which is no work, it seems"))
        elif first.cell:
            self._table(group, after)
        elif first.box:
            self._box(group)
        elif first.kind is Kind.ITEM:
            self._waiting()
            self._add("\n".join(self._items(group)), group)
        elif first.kind in {Kind.TITLE, Kind.HEADING}:
            self._waiting()
            self._heading(first)
        elif any(span.picture for span in first.spans):
            self._figure(first, after)
        elif found := _CAPTION.fullmatch(first.text.strip()):
            self._take_caption(first, found, after)
        elif words := self._inline(first):
            self._waiting()
            self._add(words, group)
        else:
            self.accounts.append(Account(first, "", "no words that can be seen"))

    def _heading(self, one: Paragraph) -> None:
        words = " ".join(filter(None, [one.label, one.text.strip()]))
        words = re.sub(r"^(?:\d{1,2}\.?)+\s+", "", " ".join(words.split()))
        if not self.title and (one.kind is Kind.TITLE or len(self.accounts) == 0):
            self.title = words
            self.pages[0].head = f"# {self._inline(one)}"
            self.accounts.append(Account(one, "index"))
            return
        shown = self._inline(one)
        shown = re.sub(r"^(?:\d{1,2}\\?\.?)+\s+", "", shown) or shown
        if one.kind is Kind.HEADING and one.level <= self.top:
            self.pages.append(Page(self._slug(words)))
            self.depth = 1
        else:
            self.depth = min(max(one.level - self.top + 1, 2), self.depth + 1, _DEEPEST)
        self._add(f"{'#' * self.depth} {shown}", [one])

    def _slug(self, words: str) -> str:
        start = "-".join(filter(None, map(ascii_letters, re.split(r"[\s/–—-]+", words))))
        start = (start[:_LONGEST].rpartition("-")[0] if len(start) > _LONGEST else start) or "page"
        name = start
        while name in self.taken:
            self.taken[start] = self.taken.get(start, 1) + 1
            name = f"{start}-{self.taken[start]}"
        self.taken[name] = 1
        return name

    def _items(self, group: list[Paragraph]) -> Iterator[str]:
        widths: list[int] = []
        for one in group:
            level = min(one.level, len(widths))
            number = _NUMBER.fullmatch(one.label)
            sign = f"{number[1]}. " if number else "- "
            widths[level:] = [len(sign)]
            yield f"{' ' * sum(widths[:level])}{sign}{self._inline(one)}"

    def _box(self, group: list[Paragraph]) -> None:
        body = list(group)
        kind, name, title = self.caption or ("", "", "")
        if kind not in {"box", ""}:
            self._waiting()
            name = title = ""
        found = _CAPTION.fullmatch(body[0].text.strip())
        if found and found[1] == "Box":
            name, title = f"box-{found[2]}", escaped(found[3].strip())
            self.accounts.append(Account(body.pop(0), self.pages[-1].name))
        elif not title and len(body) > 1 and body[0].kind is Kind.HEADING:
            title = self._inline(body[0])
            self.accounts.append(Account(body.pop(0), self.pages[-1].name))
        self.caption = None
        inner = [*self._body(body)]
        text = "\n\n".join(inner or [title or "\\-"])
        why = "" if title else "in a box that has no title yet"
        self._add(directive("box", title or "Without a title", self._name(name), text), body, why)

    def _body(self, body: list[Paragraph]) -> Iterator[str]:
        for is_item, same in groupby(body, lambda one: one.kind is Kind.ITEM):
            group = list(same)
            if is_item:
                yield "\n".join(self._items(group))
            else:
                yield from filter(None, map(self._inline, group))

    def _table(self, group: list[Paragraph], after: list[Paragraph]) -> None:
        if self.caption and self.caption[0] != "table":
            self._waiting()
        _, name, title = self.caption or self._caption_behind(after, {"Table"})
        self.caption = None
        rows: dict[int, dict[int, list[str]]] = {}
        for one in group:
            if one.cell:
                cells = rows.setdefault(one.cell.row, {})
                cells.setdefault(one.cell.column, []).append(self._inline(one))
        columns = 1 + max(column for cells in rows.values() for column in cells)
        lines = []
        for cells in rows.values():
            for column in range(columns):
                words = " ".join(filter(None, cells.get(column, [])))
                lines.append(f"{'* -' if not column else '  -'} {words}".rstrip())
        named = self._name(name)
        head = ":header-rows: 1\n" if len(rows) > 1 else ""
        text = "\n".join(lines)
        self._add(directive("list-table", title, f"{named}{head}", text), group)

    def _figure(self, one: Paragraph, after: list[Paragraph]) -> None:
        if words := self._inline(one):
            self.pages[-1].blocks.append(words)
        if self.caption and self.caption[0] != "figure":
            self._waiting()
        waiting, self.caption = self.caption, None
        waiting = waiting or self._caption_behind(after, {"Figure", "Fig"})
        _, name, caption = waiting
        if self._pictures(one, name, caption):
            self.accounts.append(Account(one, self.pages[-1].name))
            return
        self.caption = waiting if caption else None
        self._waiting()
        why = "a picture in a form that no browser shows, or one that is not in the document"
        self.accounts.append(Account(one, self.pages[-1].name if words else "", why))

    def _take_caption(self, one: Paragraph, found: re.Match[str], after: list[Paragraph]) -> None:
        """Keep a caption for what it belongs to, unless it was taken with what is before it."""
        if one.number in self.behind:
            return
        self._waiting()
        kind = "figure" if found[1].startswith("Fig") else found[1].lower()
        follows = after[0] if after else None
        fits = follows is not None and (
            (kind == "table" and follows.cell) or (kind == "box" and follows.box)
            or (kind == "figure" and _has_picture(follows))
        )  # fmt: skip
        if fits:
            words = self._caption_words(one, found)
            self.caption = (kind, f"{kind}-{found[2]}", words)
            self.accounts.append(Account(one, self.pages[-1].name))
        else:
            self._add(self._inline(one), [one])

    def _caption_behind(self, after: list[Paragraph], kinds: set[str]) -> tuple[str, str, str]:
        """Kind, name and words of the caption that follows; empty where none does."""
        found = _CAPTION.fullmatch(after[0].text.strip()) if after else None
        if not found or found[1] not in kinds or _has_picture(after[0]) or after[0].cell:
            return "", "", ""
        self.behind.add(after[0].number)
        self.accounts.append(Account(after[0], self.pages[-1].name))
        kind = "figure" if found[1].startswith("Fig") else "table"
        return kind, f"{kind}-{found[2]}", self._caption_words(after[0], found)

    def _caption_words(self, one: Paragraph, found: re.Match[str]) -> str:
        words = self._inline(one, frozenset())
        return re.sub(
            rf"^\**{re.escape(found[1])}\.?\s{found[2]}\s?(?:\\?[.:–—|-]\s?)?\**\s?", "", words
        ) or escaped(found[3].strip())

    def _waiting(self) -> None:
        """Write a caption whose table, box or figure did not come."""
        if self.caption:
            self.pages[-1].blocks.append(self.caption[2])
            self.caption = None

    def _notes(self, one: Paragraph, notes: dict[str, list[Paragraph]]) -> None:
        for number in dict.fromkeys(span.note for span in one.spans if span.note):
            found = notes.pop(number, [])  # a note may be called twice
            said = " ".join(filter(None, map(self._inline, found)))
            words = self.said.setdefault(number, said or "\\-")
            self.pages[-1].notes[number] = words
            self.accounts += [Account(note, self.pages[-1].name) for note in found]

    def _inline(self, one: Paragraph, names: frozenset[str] | None = None) -> str:
        start = self.starts.get(one.number, 0)
        first, last = (
            bisect_left(self.roles, at, key=lambda role: role.start)
            for at in (start, start + len(rendered(one).text))
        )
        names = self.names if names is None else names
        return inline(one, start, self.roles[first:last], names)

    def _name(self, name: str) -> str:
        """The option that names a directive; none where another one has the name."""
        if not name or name in self.made:
            return ""
        self.made.add(name)
        return f":name: {name}\n"

    def _together(self, body: Sequence[Paragraph], at: int) -> list[Paragraph]:
        """The paragraphs from one on that make one table, box or list with it."""
        first, end = body[at], at + 1
        while end < len(body) and self._joins(first, body[end]):
            end += 1
        return list(body[at:end])

    def _joins(self, first: Paragraph, one: Paragraph) -> bool:
        if {first.number, one.number} & self.listed.keys():
            return False
        if first.cell or one.cell:
            return bool(first.cell and one.cell and first.cell.table == one.cell.table)
        if first.box or one.box:
            return first.box == one.box
        return first.kind is one.kind is Kind.ITEM

    def _add(self, text: str, group: Sequence[Paragraph], why: str = "") -> None:
        self.pages[-1].blocks.append(text)
        self.accounts += [Account(one, self.pages[-1].name, why) for one in group]
        for one in group:  # pictures in tables, boxes and lists stand behind them
            self._pictures(one, "", "")

    def _pictures(self, one: Paragraph, name: str, words: str) -> int:
        """Write the pictures of a paragraph, the last with name and caption; their number."""
        found = [p for p in (span.picture for span in one.spans) if p and p.part in self.pictures]
        for picture in found:
            last = picture is found[-1]
            options = self._name(name) if last else ""
            if alt := " ".join(picture.alt.split()):
                options += f":alt: {json.dumps(alt, ensure_ascii=False)}\n"
            body = f"\n{words}\n" if words and last else ""
            path = f"_images/{self.pictures[picture.part]}"
            self.pages[-1].blocks.append(f"```{{figure}} {path}\n{options}{body}```")
        return len(found)


def _has_picture(one: Paragraph) -> bool:
    return any(span.picture for span in one.spans)
