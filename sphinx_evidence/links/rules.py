"""What is wrong with a link, and what to type instead."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from urllib.parse import urlsplit

from sphinx_evidence.diagnostics.finding import Edit, Finding
from sphinx_evidence.links.ledger import APART, Entry
from sphinx_evidence.links.places import Use
from sphinx_evidence.links.run import Outcome
from sphinx_evidence.network.identifiers import identify
from sphinx_evidence.network.verdicts import Verdict
from sphinx_evidence.rulebook.rule import Rule

_OLD_DOI = re.compile(
    r"(?:https?://(?:dx\.|www\.)doi\.org/|http://doi\.org/)(?:doi:\s*)?", re.IGNORECASE
)


def check_links(uses: Iterable[Use], outcome: Outcome) -> Iterator[Finding]:
    """At most one finding for each link."""
    for use in uses:
        entry = outcome.ledger.entries.get(use.address, Entry())
        reason = outcome.reasons.get(use.address, "")
        if re.match(r"https?:(?!//[^/?#])", use.uri, re.IGNORECASE):
            yield _hostless(use)
        elif use.address in outcome.added:
            yield _added(use, reason)
        elif entry.verdict is Verdict.GONE:
            yield _gone(use, entry)
        elif use.anchor and use.anchor in entry.missing:
            wrong = f'The page answers, but nothing on it is named "{use.anchor}".'
            remedy = f"Write the name of the part as it is now, or {use.address} alone."
            yield _finding(use, Rule.LINK_ANCHOR, wrong, remedy)
        else:
            yield from _form(use, entry)


def _hostless(use: Use) -> Finding:
    scheme, _, rest = use.uri.partition(":")
    rest = rest.lstrip("/")
    remedy = f"Write {scheme}://{rest}" if rest else "Write the whole address."
    return _finding(
        use, Rule.LINK_MALFORMED, "This address names no host, so it leads nowhere.", remedy
    )


def _added(use: Use, reason: str) -> Finding:
    wrong = f"There is no such page: {reason}. It has never been seen."
    return _finding(use, Rule.LINK_GONE, wrong, _look(use))


def _gone(use: Use, entry: Entry) -> Finding:
    well = f"last seen well on {said(entry.last_ok)}" if entry.last_ok else "never seen well"
    if entry.gone:
        between = f"from {said(entry.first_failure)} to {said(entry.last_failure)}"
        wrong = f"The page is gone: {entry.reason}, {between}, {well}."
        copy = f" A copy of {said(entry.archived_on)} is at {entry.archived}."
        return _finding(use, Rule.LINK_GONE, wrong, _look(use) + (copy if entry.archived else ""))
    due = said(entry.first_failure + APART) if entry.first_failure else "the next runs"
    wrong = f"The page was not there on {said(entry.last_failure)}: {entry.reason}, {well}."
    remedy = f"Nothing needs to be done yet: it counts as gone if it is still missing on {due}."
    return _finding(use, Rule.LINK_FAILING, wrong, remedy)


def _look(use: Use) -> str:
    identifier = identify(use.address)
    if identifier and identifier.printed:
        return "Compare it with the first page of the work, letter by letter."
    return "Compare the address with the page itself, and write the one it has now."


def _form(use: Use, entry: Entry) -> Iterator[Finding]:
    """An address that still leads to the page, but is no longer the one to give."""
    moved = entry.moved_to
    if moved and use.anchor and "#" not in moved:
        moved += "#" + use.uri.partition("#")[2]
    doi = _OLD_DOI.sub("https://doi.org/", use.uri, count=1)
    if doi != use.uri and _OLD_DOI.match(use.uri):
        wrong = "This is not the present form of a DOI link."
        yield _finding(use, Rule.LINK_DOI, wrong, f"Write {doi}", doi)
    elif use.uri.startswith("http://") and moved == f"https{use.uri[4:]}":
        wrong = "The host sends everyone who comes by http on to https."
        yield _finding(use, Rule.LINK_HTTP, wrong, f"Write {moved}", moved)
    elif moved and entry.permanent:
        if urlsplit(moved).path in {"", "/"} and urlsplit(use.uri).path not in {"", "/"}:
            wrong = f"The page has moved, but this leads to a start page only: {moved}."
            remedy = "Look there for the page, and write its address."
            yield _finding(use, Rule.LINK_MOVED, wrong, remedy)
        else:
            wrong = "The page has moved for good."
            yield _finding(use, Rule.LINK_MOVED, wrong, f"Write {moved}", moved)


def _finding(use: Use, rule: Rule, wrong: str, remedy: str, instead: str = "") -> Finding:
    """The finding at its place; certain where the link is written as it is read."""
    edit = None
    # A bracket without its fellow would end the link too early, or not at all.
    if instead and use.words == use.uri and instead.count("(") == instead.count(")"):
        edit = Edit(use.path, use.start, use.start + len(use.words), instead)
    where = f"{use.words or use.uri}: " if not use.column else ""
    return Finding(use.path, use.line, rule, where + wrong, remedy, use.column, use.words, edit)


def said(day: date | None) -> str:
    """A day as people write it: 5 March 2026."""
    return f"{day.day} {day:%B %Y}" if day else "a day that is not known"
