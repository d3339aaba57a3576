"""Every behaviour of registries that is played, with what is right to make of it."""

from dataclasses import dataclass, field

from sphinx_evidence.registries.record import NoticeKind as N
from sphinx_evidence.registries.record import Registry, Verdict
from tests.links import world as w
from tests.links.world import Behave
from tests.registries import world as r

ANSWERED, ABSENT, UNREACHABLE, _ = Verdict
CROSSREF, DATACITE, HANDLE = Registry.CROSSREF, Registry.DATACITE, Registry.HANDLE
LIBRARY, PMC, PUBMED = Registry.OPEN_LIBRARY, Registry.PMC, Registry.PUBMED
PORTAL = b"<!doctype html><title>Welcome to the hotel</title><form>Room number</form>"


@dataclass(frozen=True)
class Behaviour:
    """A name, what the places do, the fields of the entry, the verdicts, and the notices."""

    name: str
    plays: tuple[tuple[r.Place, Behave], ...]
    entry: dict[str, str]
    says: dict[Registry, Verdict]
    notices: tuple[N, ...] = ()
    reason: str = ""  # words of the reason where nothing was learnt
    fields: dict[str, object] = field(default_factory=dict)  # of the record


def _doi(
    name: str, does: Behave | dict[str, object], verdict: Verdict, reason: str = ""
) -> Behaviour:
    """What Crossref does for a DOI; a mapping changes a sound reply."""
    doi = f"10.1000/{name.replace(' ', '-').replace(',', '').lower()}"
    behave = r.as_json(r.work(doi, **does)) if isinstance(does, dict) else does
    plays = [(r.work_at(doi), behave)]
    if verdict is ABSENT:
        plays += [(r.data_at(doi), r.NO_DATA), (r.handle_at(doi), r.NO_HANDLE)]
    says = dict.fromkeys(
        (CROSSREF, DATACITE, HANDLE) if verdict is ABSENT else (CROSSREF,), verdict
    )
    return Behaviour(name, tuple(plays), {"doi": doi}, says, reason=reason)


def _told(
    name: str, *kinds: N, fields: dict[str, object] | None = None, **work: object
) -> Behaviour:
    """A work of which Crossref knows notices."""
    made = _doi(name, {name.replace("_", "-"): value for name, value in work.items()}, ANSWERED)
    return Behaviour(name, made.plays, made.entry, made.says, kinds, fields=fields or {})


def _own(doi: str) -> str:
    return f"10.1000/{doi}"


def _agency(
    name: str, *replies: Behave, verdict: Verdict, last: Registry, **fields: object
) -> Behaviour:
    """A DOI that Crossref does not have."""
    doi = _own(name.replace(" ", "-").lower())
    places = (r.work_at(doi), r.data_at(doi), r.handle_at(doi))
    order = (CROSSREF, DATACITE, HANDLE)
    asked = order[: order.index(last) + 1]
    says = dict.fromkeys(asked, ABSENT) | {last: verdict}
    plays = tuple(zip(places, (r.NOT_FOUND, *replies), strict=False))
    return Behaviour(name, plays, {"doi": doi}, says, fields=fields)


def _datacite(
    name: str, *kinds: N, fields: dict[str, object] | None = None, **changes: object
) -> Behaviour:
    doi = _own(name.replace(" ", "-").lower())
    plays = ((r.work_at(doi), r.NOT_FOUND), (r.data_at(doi), r.as_json(r.data(doi, **changes))))
    says = {CROSSREF: ABSENT, DATACITE: ANSWERED}
    return Behaviour(name, plays, {"doi": doi}, says, kinds, fields=fields or {})


def _pubmed(
    name: str, *kinds: N, fields: dict[str, object] | None = None, **changes: object
) -> Behaviour:
    """What PubMed says of the work 7."""
    plays = ((r.SUMMARIES, r.summaries({"7": r.summary("7", **changes)})),)
    return Behaviour(name, plays, {"pmid": "7"}, {PUBMED: ANSWERED}, kinds, fields=fields or {})


def _related(kind: str, pmid: object = 20137807) -> dict[str, object]:
    return {
        "refsource": "Lancet. 2010 Feb 6;375(9713):445",
        "reftype": kind,
        "pmid": pmid,
        "note": "",
    }


ISBN = "9780306406157"


def _book(name: str, does: Behave, verdict: Verdict, **fields: object) -> Behaviour:
    return Behaviour(name, ((r.BOOKS, does),), {"isbn": ISBN}, {LIBRARY: verdict}, fields=fields)


NOTICE = "10.1000/notice"
TITLE = r.FIELDS["title"]
SOUND = r.as_json(r.work("10.1000/sound"))

OF_TRANSPORT = (
    _doi("found", {}, ANSWERED),
    _doi("404 in plain text", r.NOT_FOUND, ABSENT),
    _doi("404 in JSON", r.as_json({"status": "failed"}, 404), ABSENT),
    _doi("404 of a proxy", w.status(404, b"<h1>Not Found</h1>"), UNREACHABLE, "cannot be read"),
    _doi("410", w.status(410), UNREACHABLE, "cannot be read"),
    _doi("403", w.status(403), UNREACHABLE, "403 Forbidden"),
    _doi("401", w.status(401), UNREACHABLE, "401 Unauthorized"),
    _doi("500 without end", w.status(500), UNREACHABLE, "500 Internal Server Error"),
    _doi("503 without end", w.status(503), UNREACHABLE, "503 Service Unavailable"),
    _doi("503 once", w.first(1, SOUND, before=w.status(503)), ANSWERED),
    _doi("502 twice", w.first(2, SOUND, before=w.status(502)), ANSWERED),
    _doi("429 in seconds", w.first(1, SOUND, before=w.status(429, Retry_After="40")), ANSWERED),
    _doi("429 until a date", w.first(1, SOUND, before=w.retry_at(40)), ANSWERED),
    _doi("429 for a day", w.status(429, Retry_After="86400"), UNREACHABLE, "after 86400 seconds"),
    _doi("429 without end", w.status(429), UNREACHABLE, "429 Too Many Requests"),
    _doi("429 with a broken wait", w.first(1, SOUND, before=w.status(429, Retry_After="soon")),
         ANSWERED),
    _doi("wall against robots", w.status(403, cf_mitigated="challenge"), UNREACHABLE, "a wall"),
    _doi("truncated JSON", w.status(200, b'{"message":{"DOI":"10.1'), UNREACHABLE, "be read"),
    _doi("connection breaks off", w.short(b'{"status":"ok"'), UNREACHABLE, "broke off"),
    _doi("malformed JSON", w.status(200, b"{'status': 'ok'}"), UNREACHABLE, "cannot be read"),
    _doi("nested too deep", w.status(200, b"[" * 100_000), UNREACHABLE, "cannot be read"),
    _doi("HTML for JSON", w.status(200, PORTAL), UNREACHABLE, "cannot be read"),
    _doi("captive portal by redirect", w.to("http://portal.test/", 302), UNREACHABLE, "be read"),
    _doi("empty body", w.status(200, b""), UNREACHABLE, "cannot be read"),
    _doi("array for object", r.as_json([1, 2]), UNREACHABLE, "cannot be read"),
    _doi("message of a list", r.as_json({"status": "ok", "message": []}), UNREACHABLE, "be read"),
    _doi("no DOI", {"DOI": None}, UNREACHABLE, "cannot be read"),
    _doi("too long", w.huge(b'{"message":'), UNREACHABLE, "cannot be read"),
    _doi("no answer in time", w.hang, UNREACHABLE, "no answer in time"),
    _doi("connection reset", w.reset, UNREACHABLE, "broke off"),
    _doi("not HTTP", w.garbage, UNREACHABLE, "broke off"),
    _doi("every field of another type", dict.fromkeys(
        ("title", "author", "container-title", "issued", "page", "relation", "update-to"), 7
    ), ANSWERED),
    _doi("nulls", {"title": [None], "author": [None, {"family": None}],
                   "issued": {"date-parts": [[None]]}, "updated-by": [None]}, ANSWERED),
)  # fmt: skip
OF_DOIS = (
    Behaviour("DOI with commas, brackets and a sign", (
        (r.work_at("10.1000/a,b(c)<1:2>3.0.co;2-#"),
         r.as_json(r.work("10.1000/a,b(c)<1:2>3.0.co;2-#"))),
    ), {"doi": "10.1000/a,b(c)<1:2>3.0.CO;2-#"}, {CROSSREF: ANSWERED}),
    Behaviour("DOI in the address alone", ((r.work_at("10.1000/u"), SOUND),),
              {"url": "https://doi.org/10.1000/U"}, {CROSSREF: ANSWERED}),
    Behaviour("alias of another DOI", ((r.work_at("10.1000/old"), SOUND),),
              {"doi": "10.1000/old"}, {CROSSREF: ANSWERED}, fields={"doi": "10.1000/sound"}),
    _agency("of DataCite", r.as_json(r.data(_own("of-datacite"))), verdict=ANSWERED, last=DATACITE,
            publisher="Zenodo"),
    _agency("of another agency", r.NO_DATA, r.HANDLE, verdict=ANSWERED, last=HANDLE),
    _agency("registered nowhere", r.NO_DATA, r.NO_HANDLE, verdict=ABSENT, last=HANDLE),
    _agency("DataCite is down", w.status(503), verdict=UNREACHABLE, last=DATACITE),
    _agency("handles are down", r.NO_DATA, w.status(500), verdict=UNREACHABLE, last=HANDLE),
    _agency("handle of HTML", r.NO_DATA, w.status(404, b"<p>"), verdict=UNREACHABLE, last=HANDLE),
    Behaviour("nothing to ask for", (), {"year": "", "doi": "see the journal"}, {}),
)  # fmt: skip
OF_CROSSREF = (
    _told("retracted", N.RETRACTION, updated_by=[r.update("retraction", NOTICE, 2012, 2, 6)]),
    _told("retracted, said by both", N.RETRACTION, updated_by=[
        r.update("retraction", NOTICE, 2012, 2, 6),
        r.update("retraction", NOTICE, 2012, 2, 6, source="retraction-watch")]),
    _told("corrected, then retracted", N.CORRECTION, N.RETRACTION, updated_by=[
        r.update("retraction", NOTICE, 2012, 2, 6), r.update("correction", "10.1000/c", 2011, 12)]),
    _told("partial retraction", N.PARTIAL_RETRACTION,
          updated_by=[r.update("partial_retraction", NOTICE, 2012)]),
    _told("withdrawal", N.WITHDRAWAL, updated_by=[r.update("withdrawal", NOTICE, 2012)]),
    _told("removal", N.WITHDRAWAL, updated_by=[r.update("removal", NOTICE, 2012)]),
    _told("concern", N.CONCERN, updated_by=[r.update("expression_of_concern", NOTICE, 2012)]),
    *(_told(kind, N.CORRECTION, updated_by=[r.update(kind, NOTICE, 2012)])
      for kind in ("corrigendum", "erratum", "addendum", "clarification", "Corrected Article")),
    _told("unknown kind", N.OTHER, updated_by=[r.update("publisher-note", NOTICE, 2012)]),
    _told("reinstated", N.OTHER, updated_by=[r.update("reinstatement", NOTICE, 2012)]),
    _told("new version", fields={"newer_version": "10.1000/v2"},
          updated_by=[r.update("new_version", "10.1000/v2", 2012)]),
    _told("new edition", updated_by=[r.update("new_edition", "10.1000/e2", 2012)]),
    _told("the notice itself", fields={"notice": True}, title=[f"Retraction: {TITLE}"],
          update_to=[r.update("retraction", "10.1000/paper", 2011, 12, 1)]),
    _told("notice under the title of its paper", fields={"notice": True},
          update_to=[r.update("retraction", "10.1000/paper", 2011, 12, 1)]),
    _told("notice with the fields swapped", fields={"notice": True},
          title=[f"Retraction notice to “{TITLE}”"],
          updated_by=[r.update("retraction", "10.1000/paper", 2011, 12, 1)]),
    _told("paper with the fields swapped", N.RETRACTION,
          update_to=[r.update("retraction", NOTICE, 2014, 5, 1)]),
    _told("retracted under its own DOI", N.RETRACTION,
          update_to=[r.update("retraction", _own("retracted-under-its-own-doi"), 2014, 5)]),
    _told("mark in the title", N.RETRACTION, title=[f"RETRACTED ARTICLE: {TITLE}"]),
    _told("mark and notice", N.RETRACTION, title=[f"RETRACTED: {TITLE}"],
          updated_by=[r.update("retraction", NOTICE, 2012)]),
    _told("notice marked as its paper", fields={"notice": True}, title=[f"Retracted: {TITLE}"],
          update_to=[r.update("retraction", "10.1000/paper", 2011, 12, 1)]),
    _told("a title that only sounds so", title=["Withdrawal of antidepressants: a review"]),
    _told("update without DOI or date", N.RETRACTION, updated_by=[{"type": "retraction"}]),
    _told("preprint since published", fields={"preprint": True, "published_as": "10.1000/article"},
          type="posted-content", subtype="preprint",
          relation={"is-preprint-of": [{"id-type": "doi", "id": "10.1000/ARTICLE"}]}),
    _told("relation of one object", fields={"published_as": NOTICE}, type="posted-content",
          relation={"is-preprint-of": {"id-type": "doi", "id": "https://doi.org/10.1000/Notice"}}),
    _told("markup in the title", fields={"title": "Effect of T & B cells on CO2: H"},
          title=["<i>Effect</i> of T &amp;amp; B cells\n on CO<sub>2</sub>: <scp>H</scp>"]),
    _told("licence that is no address", fields={"licence": ""}, license=[{"URL": "javascript:x"}]),
    _told("open access", fields={
        "licence": "https://creativecommons.org/licenses/by/4.0/",
        "open_access": "https://publisher.example/a.pdf"},
        license=[{"URL": "https://creativecommons.org/licenses/by/4.0/", "content-version": "vor"}],
        link=[{"URL": "https://publisher.example/a.pdf", "content-type": "application/pdf"}]),
    _told("group as author", author=[{"name": "The RECOVER Group", "sequence": "first"}]),
    _told("years apart", fields={"printed": 2012, "online": 2011},
          published_print={"date-parts": [[2012, 1]]}),
)  # fmt: skip
OF_DATACITE = (
    _datacite("newer version", fields={"newer_version": "10.5281/zenodo.2"}, relatedIdentifiers=[
        {"relatedIdentifier": "10.5281/zenodo.2", "relatedIdentifierType": "DOI",
         "relationType": "IsObsoletedBy"}]),
    _datacite("withdrawn", N.WITHDRAWAL, dates=[{"date": "2013-01-02", "dateType": "Withdrawn"}]),
    _datacite("preprint of an article", fields={"published_as": "10.1103/a"},
              types={"resourceTypeGeneral": "Preprint"}, relatedIdentifiers=[
        {"relatedIdentifier": "10.1103/a", "relatedIdentifierType": "DOI",
         "relationType": "IsVersionOf"}]),
    _datacite("publisher as an object", fields={"publisher": "Z"}, publisher={"name": "Z"}),
    _datacite("translated title", fields={"other_titles": ("Un cadre",)}, titles=[
        {"title": TITLE}, {"title": "Un cadre", "titleType": "TranslatedTitle"}]),
    _datacite("all of another type", titles="x", creators=3, types=[], dates={}, container=[]),
)  # fmt: skip
ARXIV = Registry.ARXIV


def _arxiv(
    name: str, number: str, verdict: Verdict = ANSWERED, does: Behave | None = None, **entry: str
) -> Behaviour:
    """What is asked of DataCite for a work that an entry says is at arXiv."""
    plays = ((r.arxiv_at(number), does or r.as_json(r.preprint(number))),)
    fields = {"preprint": True, "doi": f"10.48550/arxiv.{number}"} if verdict is ANSWERED else {}
    return Behaviour(name, plays, entry, {ARXIV: verdict}, fields=fields)


NEW, OLD = "2101.00001", "hep-th/9901001"
OF_ARXIV = (
    _arxiv("arXiv", NEW, eprint=NEW, archiveprefix="arXiv"),
    _arxiv("arXiv of biblatex", NEW, eprint=NEW, eprinttype="arxiv", eprintclass="cs.CL"),
    _arxiv("arXiv in four digits", "0704.0001", eprint="0704.0001", archiveprefix="arXiv"),
    _arxiv("arXiv with a version", NEW, eprint=f"{NEW}v3", archiveprefix="arXiv"),
    _arxiv("arXiv with its name", NEW, eprint=f"arXiv:{NEW} [cs.CL]"),
    _arxiv("old arXiv", OLD, eprint=OLD, archiveprefix="arXiv"),
    _arxiv("old arXiv with a part", "math/0309136", eprint="math.GT/0309136v2",
           archiveprefix="arXiv"),
    _arxiv("DOI of arXiv", NEW, doi=f"10.48550/arXiv.{NEW}"),
    _arxiv("arXiv twice", NEW, doi=f"10.48550/ARXIV.{NEW}", eprint=NEW, archiveprefix="arXiv"),
    _arxiv("arXiv of Google Scholar", NEW, journal=f"arXiv preprint arXiv:{NEW}"),
    _arxiv("arXiv of DBLP", NEW, journal="CoRR", volume=f"abs/{NEW}"),
    _arxiv("address at arXiv", NEW, url=f"https://arxiv.org/pdf/{NEW}v2.pdf"),
    _arxiv("not at arXiv", NEW, ABSENT, r.NO_DATA, eprint=NEW, archiveprefix="arXiv"),
    _arxiv("arXiv is down", NEW, UNREACHABLE, w.status(503), eprint=NEW, archiveprefix="arXiv"),
    Behaviour("arXiv beside a DOI", (
        (r.work_at("10.1000/sound"), SOUND), (r.arxiv_at(NEW), r.as_json(r.preprint(NEW)))),
        {"doi": "10.1000/sound", "eprint": NEW, "archiveprefix": "arXiv"},
        {CROSSREF: ANSWERED, ARXIV: ANSWERED}),
    Behaviour("another archive", ((r.work_at("10.1000/sound"), SOUND),), {
        "doi": "10.1000/sound", "eprint": "2276345", "eprinttype": "jstor"}, {CROSSREF: ANSWERED}),
    Behaviour("address beside a DOI", ((r.work_at("10.1000/sound"), SOUND),), {
        "doi": "10.1000/sound", "url": f"https://arxiv.org/abs/{NEW}"}, {CROSSREF: ANSWERED}),
)  # fmt: skip
OF_NCBI = (
    _pubmed("PubMed", fields={"doi": "10.1192/bjp.bp.110.083733", "pmid": "7", "online": 2011}),
    _pubmed("retracted publication", N.RETRACTION, pubtype=["Review", "Retracted Publication"]),
    _pubmed("retraction in", N.RETRACTION, references=[_related("Retraction in")],
            pubtype=["Retracted Publication"]),
    _pubmed("RIN", N.RETRACTION, references=[_related("RIN")]),
    _pubmed("RetractionIn", N.RETRACTION, references=[_related("RetractionIn", "20137807")]),
    _pubmed("partial retraction in", N.PARTIAL_RETRACTION,
            references=[_related("Partial retraction in")]),
    _pubmed("concern in", N.CONCERN, references=[_related("Expression of concern in")]),
    _pubmed("ECI", N.CONCERN, references=[_related("ECI")]),
    _pubmed("erratum in", N.CORRECTION, references=[_related("Erratum in")]),
    _pubmed("EIN", N.CORRECTION, references=[_related("EIN")]),
    _pubmed("republished in", N.CORRECTION, references=[_related("Corrected and republished in")]),
    _pubmed("republished from", references=[_related("Corrected and republished from")]),
    _pubmed("comment in", references=[_related("Comment in"), _related("Update in")]),
    *(_pubmed(kind, fields={"notice": True}, references=[_related(kind)])
      for kind in ("Retraction of", "Erratum for", "Expression of concern for",
                   "ROF", "ECF", "EFR")),
    *(_pubmed(kind, fields={"notice": True}, pubtype=[kind])
      for kind in ("Retraction of Publication", "Retraction Notice", "Published Erratum")),
    _pubmed("title in brackets", fields={"title": "A framework", "other_titles": ("Un cadre.",)},
            title="[A framework].", vernaculartitle="Un cadre."),
    _pubmed("numbers joined", fields={"pmcid": "PMC7"}, articleids=[
        {"idtype": "pubmed", "value": "7"}, {"idtype": "pmc", "value": "PMC7"},
        {"idtype": "pmcid", "value": "pmc-id: PMC7;"}]),
    Behaviour("PMID that is not there", ((r.SUMMARIES, r.summaries({})),), {"pmid": "9"},
              {PUBMED: ABSENT}),
    Behaviour("PMID with a fault behind it", (
        (r.SUMMARIES, r.summaries({"7": {"uid": "7", "error": "backend failed"}})),), {"pmid": "7"},
        {PUBMED: UNREACHABLE}, reason="backend failed"),
    Behaviour("NCBI is too busy", ((r.SUMMARIES, r.as_json({"error": "API rate limit exceeded"})),),
              {"pmid": "7"}, {PUBMED: UNREACHABLE}, reason="cannot be read"),
    Behaviour("a record of another number", (
        (r.SUMMARIES, r.summaries({"7": r.summary("8")})),), {"pmid": "7"}, {PUBMED: UNREACHABLE}),
    Behaviour("PMCID", ((r.SUMMARIES, r.summaries({"7": r.summary("7", articleids=[
        {"idtype": "pmid", "value": "99"}, {"idtype": "pmcid", "value": "PMC7"}])})),),
        {"pmcid": "PMC7"}, {PMC: ANSWERED}, fields={"pmid": "99", "pmcid": "PMC7"}),
)  # fmt: skip
OF_BOOKS = (
    _book("a book", r.as_json(r.book(ISBN)), ANSWERED, title=TITLE.partition(":")[0]),
    _book("a book with details", r.as_json({f"ISBN:{ISBN}": {"details": {
        "title": "A book", "authors": [{"key": "/authors/OL1A", "name": "Mary Leamy"}],
        "publishers": ["Press"], "publish_date": "2011", "isbn_13": [ISBN]}}}), ANSWERED,
        title="A book", publisher="Press", isbn=(ISBN,)),
    _book("no such book", r.as_json({}), ABSENT),
    _book("a book without title", r.as_json({f"ISBN:{ISBN}": {}}), UNREACHABLE),
    _book("library is down", w.status(503), UNREACHABLE),
    Behaviour("a chapter is not its book", (), {
        "isbn": ISBN, "booktitle": "The book", "author": ""}, {}),
    Behaviour("library without robots", (
        (("library.test", "/robots.txt"), w.status(200, b"User-agent: *\nDisallow: /api\n")),
        (r.BOOKS, r.as_json(r.book(ISBN)))), {"isbn": ISBN}, {LIBRARY: ANSWERED}),
)  # fmt: skip
BEHAVIOURS = (*OF_TRANSPORT, *OF_DOIS, *OF_CROSSREF, *OF_DATACITE, *OF_ARXIV, *OF_NCBI, *OF_BOOKS)
