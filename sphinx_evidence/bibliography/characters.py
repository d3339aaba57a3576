"""Rules on letters that no reader should see: of control, broken ones, and those of HTML."""

import re
from collections.abc import Iterator

from sphinx_evidence.bibliography.faults import Fault
from sphinx_evidence.bibliography.known import PRINTED
from sphinx_evidence.bibliography.reader import Bibliography, Entry
from sphinx_evidence.rulebook.rule import Rule

_USUAL = re.compile(r"[ -%'-;=?-~]*+")  # letters and signs that are no fault
# Letters of control, marks that turn the direction of reading, and hyphens and spaces of no
# width, which a copied PDF leaves; not the joiners, which some scripts need.
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
# The sign for a lost letter.
_LOST = "\ufffd"
# UTF-8 that was read as the Windows code page: Ã© for é, â€™ for ’.
_MISREAD = re.compile(r"[ÃÂ][^\x00-\x7f]|â[^\x00-\x7f]{2}")
_TAG = re.compile(
    r"</?(?:i|b|em|strong|sub|sup|span|scp|p|br|inf|jats:\w+)\b[^<>]{0,80}>", re.IGNORECASE
)
_ENTITY = re.compile(r"&(?:[a-z]{2,8}|#\d{2,5}|#x[\da-f]{2,5});", re.IGNORECASE)
_UNSHOWN = {"doi", "url", "checked", "status"}


def check_characters(bibliography: Bibliography) -> Iterator[Fault]:
    """Every letter in a printed field that is none; of each field only the first."""
    for entry in bibliography.entries.values():
        for name, field in entry.fields.items():
            if name not in PRINTED or _USUAL.fullmatch(field.value):
                continue
            if fault := next(_faults(entry, name, field.value), None):
                yield fault


def _faults(entry: Entry, name: str, value: str) -> Iterator[Fault]:
    if found := _CONTROL.search(value):
        wrong = f"the {name} holds a character that cannot be seen (U+{ord(found[0]):04X})."
        remedy = "Delete it, or type the words again."
        yield Fault(Rule.BIB_LETTERS, entry, name, wrong, remedy, words=found[0])
    if _LOST in value:
        wrong = f"a letter of the {name} is lost: {_LOST} stands for it."
        remedy = "Type the letter that the work has."
        yield Fault(Rule.BIB_LETTERS, entry, name, wrong, remedy, words=_LOST)
    for found in _MISREAD.finditer(value):
        try:
            meant = found[0].encode("cp1252").decode("utf-8")
        except UnicodeError:
            continue
        wrong = f'the {name} holds "{found[0]}", which was "{meant}".'
        remedy = f"Type {meant} for it."
        yield Fault(Rule.BIB_LETTERS, entry, name, wrong, remedy, words=found[0])
    if name in _UNSHOWN:
        return
    if found := _TAG.search(value):
        wrong = f'the {name} holds "{found[0]}", which is HTML.'
        yield Fault(Rule.BIB_HTML, entry, name, wrong, "Delete it.", words=found[0])
    for found in _ENTITY.finditer(value):
        import html  # noqa: PLC0415  # slow to load

        if (letter := html.unescape(found[0])) != found[0]:
            letter = r"\&" if letter == "&" else letter
            wrong = f'the {name} holds "{found[0]}", which is HTML.'
            yield Fault(Rule.BIB_HTML, entry, name, wrong, f"Type {letter} for it.", words=found[0])
