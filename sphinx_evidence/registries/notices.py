"""Notices: what their words mean, and which title is that of a notice."""

import re
from collections.abc import Iterable

from sphinx_evidence.registries.record import Notice, NoticeKind, Registry

# The first that is found decides: a "partial retraction" is one, too.
_KINDS = (
    (re.compile(r"reinstat|unretract"), NoticeKind.OTHER),
    (re.compile(r"partial.{0,3}retract"), NoticeKind.PARTIAL_RETRACTION),
    (re.compile(r"retract"), NoticeKind.RETRACTION),
    (re.compile(r"withdr|remov"), NoticeKind.WITHDRAWAL),
    (re.compile(r"concern"), NoticeKind.CONCERN),
    (re.compile(r"correct|corrig|errat|addend|clarif"), NoticeKind.CORRECTION),
)
_VERSION = re.compile(r"new.{0,3}(?:version|edition)")
WATCHER = "retraction-watch"  # as Crossref names what Retraction Watch has found
SERIOUS = {NoticeKind.RETRACTION, NoticeKind.PARTIAL_RETRACTION, NoticeKind.WITHDRAWAL}
# What publishers put before the title of a paper that they retract.
_MARK = re.compile(
    r"\W{0,3}(?P<mark>(?:retracted|withdrawn|removed)(?: (?:article|chapter|paper))?)"
    r"(?:\W{0,3}[:\]]|(?<= article)\b)\W{0,3}",
    re.IGNORECASE,
)
# "Withdrawal of antidepressants" and "Correction of hyponatraemia" are papers.
_NOTICE = re.compile(
    r"\W{0,3}(?:(?:partial |notice of |statement of )?"
    r"(?:retraction(?: (?:notice|note|statement))?(?: (?:to|of|for)\b|\W*:|\W*$)"
    r"|(?:withdrawal|removal)(?: (?:notice|note|statement))?(?:\W*:|\W*$))"
    r"|(?:notice|statement) of (?:retraction|withdrawal|removal)\b"
    r"|(?:publisher |author )?(?:correction|corrigend(?:um|a)|errat(?:um|a)|addendum)"
    r"(?: to\b|\W*:|\W*$)|(?:corrigend(?:um|a)|errat(?:um|a)) (?:for|in)\b"
    r"|(?:editorial )?expressions? of (?:editorial )?concern\b)",
    re.IGNORECASE,
)


def kind_of(words: str) -> NoticeKind:
    """What a registry's words for a notice mean, whatever their form."""
    small = words.lower()
    return next((kind for form, kind in _KINDS if form.search(small)), NoticeKind.OTHER)


def teller(notice: Notice, registry: Registry) -> str:
    """Who says what a notice says."""
    names = {WATCHER: "Retraction Watch", "publisher": "the publisher"}
    return names.get(notice.source, registry.shown)


def is_version(words: str) -> bool:
    """Whether the words speak of a new version or edition, which is no fault of the old one."""
    return bool(_VERSION.search(words.lower()))


def is_notice_title(title: str) -> bool:
    """Whether a title is that of a notice on another work: ``Retraction: …``, ``Erratum to …``."""
    return bool(_NOTICE.match(title))


def mark_of(title: str) -> str:
    """The mark before the title of a retracted paper; empty for none."""
    found = _MARK.match(title)
    return found["mark"] if found else ""


def without_mark(title: str) -> str:
    """The title as it was before the paper was retracted."""
    return _MARK.sub("", title, count=1)


def each_once(notices: Iterable[Notice]) -> tuple[Notice, ...]:
    """The notices in the order of their dates; what the publisher and a watcher both say, once.

    Then it is the publisher's.
    """
    found: dict[tuple[NoticeKind, str], Notice] = {}
    in_order = sorted(notices, key=lambda one: (one.date, one.kind, one.doi, one.pmid))
    for notice in sorted(in_order, key=lambda one: one.source == WATCHER):
        found.setdefault((notice.kind, notice.doi or notice.pmid), notice)
    found = dict(sorted(found.items(), key=lambda item: item[1].date))
    named = {kind for kind, identifier in found if identifier}
    # A title or a type that says the same without saying where adds nothing.
    return tuple(
        one for (kind, identifier), one in found.items() if identifier or kind not in named
    )
