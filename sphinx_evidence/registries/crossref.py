"""Works as Crossref's REST interface describes them.

https://api.crossref.org/swagger-ui/index.html; notices:
https://www.crossref.org/documentation/crossmark/version-control-corrections-and-retractions/
"""

from datetime import date, timedelta

from sphinx_evidence.registries import notices, replies
from sphinx_evidence.registries.record import Notice, Person, Record

_LATER = timedelta(days=31)  # than a work itself is what happened to it, not what it reports
_DATES = ("issued", "published", "published-other", "posted", "content-created")


def polite(contact: str) -> dict[str, str]:
    """The part of a query by which Crossref can reach whoever asks."""
    return {"mailto": contact} if "@" in contact else {}


def read(payload: object) -> tuple[Record, tuple[Notice, ...]] | None:
    """The record in a reply, and the notices on the work; None where it cannot be read."""
    work = replies.mapping(replies.mapping(payload).get("message"))
    doi = replies.doi(work.get("DOI"))
    if not doi:
        return None
    told, notice = _notices(work, doi)
    titles = replies.texts(work.get("title"))
    containers = replies.texts(work.get("container-title"))
    of_issue = replies.mapping(work.get("journal-issue"))
    licence = _licence(work)
    relation = replies.mapping(work.get("relation"))
    record = Record(
        type=replies.text(work.get("type")),
        title=titles[0] if titles else "",
        subtitle=replies.text(work.get("subtitle")),
        other_titles=tuple(dict.fromkeys(
            [*titles[1:], *replies.texts(work.get("original-title")),
             *replies.texts(work.get("short-title"))]
        )),
        authors=_people(work.get("author")),
        editors=_people(work.get("editor")),
        container=containers[0] if containers else "",
        other_containers=tuple(dict.fromkeys(
            [*containers[1:], *replies.texts(work.get("short-container-title")),
             *(name for one in replies.mappings(work.get("institution"))
               for name in replies.texts(one.get("name"))),
             *replies.texts(work.get("group-title")), *_event(work)]
        )),
        printed=next(iter(replies.years([work.get("published-print")])), 0),
        online=next(iter(replies.years([work.get("published-online")])), 0),
        other_years=replies.years(
            [*(work.get(name) for name in _DATES),
             *(of_issue.get(name) for name in ("published-print", "published-online"))]
        ),
        volume=replies.text(work.get("volume")),
        issue=replies.text(work.get("issue")) or replies.text(of_issue.get("issue")),
        pages=replies.text(work.get("page")),
        article_number=replies.text(work.get("article-number")),
        publisher=replies.text(work.get("publisher")),
        isbn=tuple(one.rpartition("/")[2] for one in replies.texts(work.get("ISBN"))),
        issn=tuple(replies.texts(work.get("ISSN"))),
        licence=licence,
        open_access=_open_access(work) if "creativecommons.org" in licence else "",
        doi=doi,
        preprint=work.get("type") == "posted-content",
        published_as=_related(relation, "is-preprint-of"),
        newer_version=_newer(work),
        notice=notice,
    )  # fmt: skip
    return record, told


def found(payload: object) -> list[tuple[Record, tuple[Notice, ...]]] | None:
    """The works that a search has found; None where the reply is no list of works."""
    items = replies.mapping(replies.mapping(payload).get("message")).get("items")
    if not isinstance(items, list):
        return None
    works = (read({"message": one}) for one in items)
    return [one for one in works if one]


def _people(value: object) -> tuple[Person, ...]:
    """People, and groups, which have but a name."""
    found = []
    for one in replies.mappings(value):
        family, given, group = (replies.text(one.get(name)) for name in ("family", "given", "name"))
        orcid = replies.text(one.get("ORCID")).rpartition("/")[2]
        if family or given:  # of those with one name, some have it here and some there
            found.append(Person(family or given, given if family else "", "", orcid))
        elif group:
            found.append(Person(group=group, orcid=orcid))
    return tuple(found)


def _event(work: dict[str, object]) -> list[str]:
    """The conference whose proceedings hold the work: its name, and ``WWW`` from ``WWW '21``."""
    event = replies.mapping(work.get("event"))
    acronym = replies.text(event.get("acronym")).partition(" ")[0]
    return [*replies.texts(event.get("name")), *([acronym] if acronym else [])]


def _licence(work: dict[str, object]) -> str:
    """The licence of the version of record, or else the first."""
    given = replies.mappings(work.get("license"))
    given.sort(key=lambda one: one.get("content-version") != "vor")
    return next((found for one in given if (found := replies.web_address(one.get("URL")))), "")


def _open_access(work: dict[str, object]) -> str:
    links = [one for one in replies.mappings(work.get("link"))
             if one.get("content-type") == "application/pdf"]  # fmt: skip
    primary = replies.mapping(replies.mapping(work.get("resource")).get("primary"))
    given = [*(one.get("URL") for one in links), primary.get("URL")]
    return next((found for one in given if (found := replies.web_address(one))), "")


def _related(relation: dict[str, object], name: str) -> str:
    """The DOI to which the work has a relation."""
    given = replies.mappings(relation.get(name))
    return next((found for one in given if (found := replies.doi(one.get("id")))), "")


def _newer(work: dict[str, object]) -> str:
    updates = replies.mappings(work.get("updated-by"))
    given = (one for one in updates if notices.is_version(replies.text(one.get("type"))))
    return next((found for one in given if (found := replies.doi(one.get("DOI")))), "")


def _notices(work: dict[str, object], doi: str) -> tuple[tuple[Notice, ...], bool]:
    """The notices on the work, and whether it is a notice itself.

    ``updated-by`` names what was said of this work, ``update-to`` the work that this one is a
    notice on. Some deposits have them the wrong way round; a notice may have the DOI of its paper.
    """
    title = replies.text(work.get("title"))
    reports = notices.is_notice_title(title)
    here, elsewhere = [], False
    for field in ("updated-by", "update-to"):
        for update in replies.mappings(work.get(field)):
            words = replies.text(update.get("type")) or replies.text(update.get("label"))
            if notices.is_version(words):
                continue
            other = replies.doi(update.get("DOI"))
            itself = other == doi or (field == "update-to" and _happened_later(work, update))
            if not reports and (field == "updated-by" or itself):
                here.append(Notice(
                    notices.kind_of(words), words, replies.parts_of_date(update.get("updated")),
                    replies.text(update.get("source")), other if other != doi else "",
                ))  # fmt: skip
            else:
                elsewhere = True
    mark = notices.mark_of(title)
    if mark and not elsewhere:
        here.append(Notice(notices.kind_of(mark), mark, source="title"))
    return notices.each_once(here), reports or (elsewhere and not here)


def _happened_later(work: dict[str, object], update: dict[str, object]) -> bool:
    """Whether an update is so much later than the work that it cannot be what the work reports."""
    own = [_day(work.get(name)) for name in ("published-print", "published-online", *_DATES)]
    known = [day for day in own if day]
    updated = _day(update.get("updated"))
    return bool(known and updated) and updated - max(known) > _LATER  # type: ignore[operator]  # it is known


def _day(value: object) -> date | None:
    """The last day that a date in parts may mean: of a year alone, the end of it."""
    parts = replies.parts_of_date(value).split("-")
    try:
        numbers = [int(part) for part in parts] + [12, 28][len(parts) - 1 :]
        return date(*numbers[:3])
    except (TypeError, ValueError):
        return None
