"""From what reviewers have left in a copy in Word to findings at the lines of the pages."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_evidence.diagnostics.finding import Finding, Location
from sphinx_evidence.rulebook.rule import Rule
from sphinx_evidence.text.source import REACH, Source, Sources, words_of
from sphinx_evidence.word.archive import WordError
from sphinx_evidence.word.origins import Origin, Origins, digest_of, origins_of
from sphinx_evidence.word.reviewed import Change, Passage, alike, passages_of

if TYPE_CHECKING:
    from docx.document import Document

_LONGEST = 160  # letters of words that are shown
_WHOLE = 2000  # letters of a comment
_MOST = 4000  # words of a paragraph that are compared one by one
_SHORT = 60  # letters of words that are shown twice
_NEAR = 4  # words that say where something stands
_SAID = 6  # words of a paragraph by which it is found again
_OTHER = 0.5  # less in common than this, and a paragraph was written anew
_FOREIGN = (
    "nothing in it says from which pages its words are, so it is no copy that nox -s docx wrote"
)
_UNSURE = " The file has changed since the copy was made: see that this is the place."


def review(document: "Document", folder: Path) -> tuple[list[Finding], int]:
    """What to decide on in the pages below a folder, and in how many paragraphs it was looked for.

    Raises WordError for what is no copy of a project.
    """
    origins = origins_of(document)
    if origins is None:
        raise WordError(f"{_FOREIGN}. Check it with: sphinx-evidence audit")
    passages = passages_of(document)
    for passage in passages:
        passage.numbers = [at for at in passage.numbers if at < len(origins.places)]
    _bring_home(passages, origins.places)
    return [*_findings(passages, origins, _Places(origins, folder))], len(origins.places)


def _bring_home(passages: Sequence[Passage], origins: Sequence[Origin]) -> None:
    """Find the origin of paragraphs that have lost their bookmark: by their words, or by order."""
    left = {at for at, one in enumerate(origins) if one.words}
    left -= {at for passage in passages for at in passage.numbers}
    by_words = {origins[at].words: at for at in sorted(left, reverse=True)}
    lost: list[Passage] = []
    last = -1
    for passage in [*passages, Passage([len(origins)])]:
        if not passage.numbers and alike(passage.was) in by_words:
            at = by_words.pop(alike(passage.was))
            passage.numbers = [at]
            left.discard(at)
        if passage.numbers:
            between = [at for at in range(last + 1, passage.numbers[0]) if at in left]
            if lost and len(between) == len(lost):
                for one, at in zip(lost, between, strict=True):
                    one.numbers = [at]
                left -= {*between}
            last, lost = passage.numbers[-1], []
        elif passage.was and not passage.framed:
            lost.append(passage)


def _findings(
    passages: Sequence[Passage], origins: Origins, places: "_Places"
) -> Iterator[Finding]:
    here = origins.places[0] if origins.places else Origin("", 1, "")
    for passage in passages:
        written = " ".join(origins.places[at].words for at in passage.numbers)
        if passage.numbers:
            here = origins.places[passage.numbers[0]]
        for remark in passage.remarks:
            on = remark.on or remark.before[-_LONGEST:]
            wrong = f"{remark.who} on “{_short(on)}”: “{_short(remark.text, _WHOLE)}”"
            remedy = "Change the page, or answer the comment."
            found = places.of(here, remark.before, remark.on)
            yield _finding(found, Rule.REVIEW_COMMENT, wrong, remedy, remark.on)
        untracked = [] if passage.framed else _untracked(alike(written), passage.was)
        told = [(Rule.REVIEW_CHANGE, change) for change in passage.changes]
        for rule, change in told + [(Rule.REVIEW_UNTRACKED, change) for change in untracked]:
            new = replace(change, before=here.words)  # a paragraph behind the one that is known
            yield _changed(places, here, change if passage.numbers else new, rule)
    there = {at for passage in passages for at in passage.numbers}
    for at, one in enumerate(origins.places):
        if one.words and at not in there:
            yield _changed(places, one, Change("", one.words, "", ""), Rule.REVIEW_UNTRACKED)


def _untracked(written: str, was: str) -> Iterator[Change]:
    """What of a paragraph is other than it was written, though nothing says who has changed it."""
    old, new = written.split(), was.split()
    if old == new:
        return
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    if max(len(old), len(new)) > _MOST or (old and new and matcher.ratio() < _OTHER):
        yield Change("", written, was, "")
        return
    for kind, start, end, first, last in matcher.get_opcodes():
        if kind != "equal":
            gone, came = " ".join(old[start:end]), " ".join(new[first:last])
            yield Change("", gone, came, " ".join(old[:start]))


def _changed(places: "_Places", origin: Origin, change: Change, rule: Rule) -> Finding:
    gone, came = f"“{_short(change.gone)}”", f"“{_short(change.came)}”"
    before = " ".join(change.before.split()[-_NEAR:])
    behind = f" behind “{before}”" if before else " before all else"
    if change.gone and change.came:
        wrong, remedy = f"{came} for {gone}.", f"type {_few(came)} in place of {_few(gone)}"
    elif change.came:
        wrong, remedy = f"{came} is new.", f"type {_few(came)}{behind}"
    else:
        wrong, remedy = f"{gone} is taken away.", f"delete {_few(gone)}"
    who = change.who or "Changed without being tracked"
    found = places.of(origin, change.before, change.gone)
    return _finding(found, rule, f"{who}: {wrong}", f"If you agree, {remedy}.", change.gone)


def _finding(
    found: tuple[Location, bool], rule: Rule, wrong: str, remedy: str, words: str
) -> Finding:
    place, sure = found
    return place.finding(rule, wrong, remedy if sure else remedy + _UNSURE, _short(words))


def _few(words: str) -> str:
    return words if len(words) <= _SHORT else "these words"


def _short(words: str, most: int = _LONGEST) -> str:
    words = " ".join(words.split())
    return words if len(words) <= most else f"{words[:most].rstrip()}…"


class _Places:
    """Finds words in the pages as they are now."""

    def __init__(self, origins: Origins, folder: Path) -> None:
        self.origins, self.folder = origins, folder.resolve()
        self.sources = Sources()
        self.same: dict[str, bool] = {}

    def of(self, origin: Origin, before: str, words: str) -> tuple[Location, bool]:
        """The place of words behind others, and whether it is certain."""
        path = (self.folder / origin.path).resolve()
        if not path.is_relative_to(self.folder) or not path.is_file():
            return Location(origin.path, origin.line), False
        source = self.sources[path]
        line = origin.line if self._is_same(origin, path) else _again(source, origin)
        if line is None:
            return Location(origin.path, origin.line), False
        return Location(origin.path, *_exactly(source, line, before, words)), True

    def _is_same(self, origin: Origin, path: Path) -> bool:
        if origin.path not in self.same:
            digest = digest_of(path.read_bytes())
            self.same[origin.path] = digest == self.origins.files[origin.path]
        return self.same[origin.path]


def _again(source: Source, origin: Origin) -> int | None:
    """The line of a paragraph in a file that has changed, if some of its words stand together."""
    words = words_of(origin.words)
    runs = (words[at : at + _SAID] for at in range(0, max(len(words) - 2, 0), _SAID // 2))
    for run in runs:
        found = source.find_words(run, line=1) if len(run) >= _NEAR else None
        if found:
            return source.position(found[0])[0]
    return None


def _exactly(source: Source, line: int, before: str, words: str) -> tuple[int, int]:
    """Line and column of words in the block that begins at a line; of the line, if not found."""
    near, own = words_of(before)[-_NEAR:], words_of(words)
    start = source.offset(line)
    behind = source.find_words(near, line=line) if near else (start, start)
    for after in ([behind[1]] if behind else []) + [start]:
        found = source.find_words(own, line=line, after=after) if own else (after, after)
        if found and line <= (place := source.position(found[0]))[0] < line + REACH:
            return place if own or after > start else (line, 0)
    return line, 0
