"""Works as DataCite's REST interface describes them: https://support.datacite.org/docs/api."""

from sphinx_evidence.registries import notices, replies
from sphinx_evidence.registries.record import Notice, NoticeKind, Person, Record

_NEWER = {"IsObsoletedBy", "IsPreviousVersionOf"}  # no fault of the work
_ISSUED = {"Issued", "Available", "Submitted", "Created"}


def read(payload: object) -> tuple[Record, tuple[Notice, ...]] | None:
    """The record in a reply, and the notices on the work; None where it cannot be read."""
    data = replies.mapping(replies.mapping(payload).get("data"))
    work = replies.mapping(data.get("attributes"))
    doi = replies.doi(work.get("doi") or data.get("id"))
    if not doi:
        return None
    kinds = replies.mapping(work.get("types"))
    general = replies.text(kinds.get("resourceTypeGeneral"))
    preprint = general == "Preprint" or doi.startswith("10.48550/arxiv.")
    main, subtitle, others = _titles(work.get("titles"))
    container = replies.mapping(work.get("container"))
    publisher = work.get("publisher")
    rights = (
        replies.web_address(o.get("rightsUri")) for o in replies.mappings(work.get("rightsList"))
    )
    pages = [replies.text(container.get(name)) for name in ("firstPage", "lastPage")]
    years = [replies.first_year(work.get("publicationYear"))]
    years += [replies.first_year(day) for kind, day in _days(work) if kind in _ISSUED]
    record = Record(
        type=general or replies.text(kinds.get("citeproc")),
        title=main,
        subtitle=subtitle,
        other_titles=others,
        authors=tuple(map(_person, replies.mappings(work.get("creators")))),
        editors=tuple(
            _person(one) for one in replies.mappings(work.get("contributors"))
            if one.get("contributorType") == "Editor"
        ),
        container=replies.text(container.get("title")),
        other_years=tuple(dict.fromkeys(filter(None, years))),
        volume=replies.text(container.get("volume")),
        issue=replies.text(container.get("issue")),
        pages="-".join(filter(None, pages)),
        publisher=replies.text(replies.mapping(publisher).get("name") or publisher),
        licence=next(filter(None, rights), ""),
        doi=doi,
        preprint=preprint,
        published_as=_related(work, {"IsVersionOf", "IsPreprintOf"}, doi) if preprint else "",
        newer_version=_related(work, _NEWER),
    )  # fmt: skip
    told = [
        Notice(NoticeKind.WITHDRAWAL, kind, day[:10], "publisher")
        for kind, day in _days(work) if kind == "Withdrawn"
    ]  # fmt: skip
    mark = notices.mark_of(main)
    told += [Notice(notices.kind_of(mark), mark, source="title")] if mark else []
    return record, notices.each_once(told)


def _titles(value: object) -> tuple[str, str, tuple[str, ...]]:
    """The title, the subtitle and all others."""
    given = [
        (replies.text(one.get("titleType")), replies.text(one.get("title")))
        for one in replies.mappings(value)
    ]
    main = next((title for kind, title in given if not kind), "")
    subtitle = next((title for kind, title in given if kind == "Subtitle"), "")
    others = (title for _, title in given if title not in {main, subtitle, ""})
    return main, subtitle, tuple(dict.fromkeys(others))


def _person(one: dict[str, object]) -> Person:
    family, given = replies.text(one.get("familyName")), replies.text(one.get("givenName"))
    name = replies.text(one.get("name"))
    numbers = (
        replies.text(i.get("nameIdentifier")) for i in replies.mappings(one.get("nameIdentifiers"))
    )
    orcid = next((i.rpartition("/")[2] for i in numbers if "orcid.org/" in i), "")
    if not family and "," in name and one.get("nameType") != "Organizational":
        family, _, given = (part.strip() for part in name.partition(","))
    return Person(family, given, "" if family else name, orcid)


def _days(work: dict[str, object]) -> list[tuple[str, str]]:
    """Kind and day of each date."""
    given = replies.mappings(work.get("dates"))
    return [(replies.text(one.get("dateType")), replies.text(one.get("date"))) for one in given]


def _related(work: dict[str, object], kinds: set[str], but_of: str = "") -> str:
    """The DOI to which the work has one of some relations, but not one of the same registrant."""
    for one in replies.mappings(work.get("relatedIdentifiers")):
        found = replies.doi(one.get("relatedIdentifier"))
        same = but_of and found.partition("/")[0] == but_of.partition("/")[0]
        if one.get("relationType") in kinds and found and not same:
            return found
    return ""
