"""What entries of .bib files may hold: they are data from strangers, as pages are."""

import re
import unicodedata
from collections.abc import Iterator

from sphinx_evidence.bibliography.faults import Fault, FaultLocator
from sphinx_evidence.bibliography.reader import Bibliography, Entry
from sphinx_evidence.diagnostics.finding import Finding
from sphinx_evidence.policy.allowed import SCHEMES, address_fault
from sphinx_evidence.policy.characters import find_characters
from sphinx_evidence.rulebook.rule import Rule

_LINK = re.compile(r"\\(?:url|href)\s*\{([^{}]*)\}")


def check_bibliography(
    bibliography: Bibliography, schemes: frozenset[str] = SCHEMES
) -> Iterator[Finding]:
    """Addresses, characters and keys that are not what they seem."""
    locator = FaultLocator()
    for entry in bibliography.entries.values():
        for fault in (*_addresses(entry, schemes), *_characters(entry), *_key(entry)):
            yield locator.finding(fault)


def _addresses(entry: Entry, schemes: frozenset[str]) -> Iterator[Fault]:
    for name, field in entry.fields.items():
        found = [field.value] if name == "url" else _LINK.findall(field.value)
        for address in found:
            if wrong := address_fault(address.strip(), schemes):
                said = f'"{address[:60]}": {wrong}.'
                remedy = "Write an address that begins with https://."
                yield Fault(Rule.POLICY_ADDRESS, entry, name, said, remedy, words=address)


def _characters(entry: Entry) -> Iterator[Fault]:
    for name, field in entry.fields.items():
        for offset, letter in find_characters(field.value):
            wrong = f"a character that is not seen stands in {name}: {letter}."
            remedy = "Delete it, and type the words again."
            words = field.value[offset]
            yield Fault(Rule.POLICY_CHARACTER, entry, name, wrong, remedy, words=words)


def _key(entry: Entry) -> Iterator[Fault]:
    """A key that looks like another because its letters are of two scripts, or of another width."""
    if entry.key.isascii():
        return
    scripts = {unicodedata.name(c, "").split(" ")[0] for c in entry.key if c.isalpha()}
    if len(scripts) > 1 or unicodedata.normalize("NFKC", entry.key) != entry.key:
        foreign = next(c for c in entry.key if not c.isascii())
        wrong = f"the key holds {unicodedata.name(foreign, 'a character')} among other letters."
        remedy = "Type the key again, in letters of one alphabet."
        yield Fault(Rule.POLICY_CHARACTER, entry, "", wrong, remedy)
