"""Every behaviour that is played, with the verdict that is right: the table of the tests."""

from dataclasses import dataclass

from sphinx_evidence.network.verdicts import Verdict
from tests.links import world as w

OK, MOVED, GONE, BLOCKED, ANCHOR, UNKNOWN = Verdict


@dataclass(frozen=True)
class Behaviour:
    """A name, the address that is asked, and the verdict; ``host`` plays ``does`` at its path."""

    name: str
    address: str
    verdict: Verdict
    does: w.Behave | None = None
    moved_to: str = ""
    permanent: bool = False


def _page(name: str, verdict: Verdict, does: w.Behave, anchor: str = "") -> Behaviour:
    """A behaviour with a path of its own on a host of its own."""
    host = name.replace(" ", "-").lower()
    return Behaviour(name, f"http://{host}.test/page{anchor}", verdict, does)


def _moved(name: str, path: str, *, permanent: bool) -> Behaviour:
    end = "http://moves.test/end"
    return Behaviour(name, f"http://moves.test/{path}", MOVED, None, end, permanent)


def _doi(name: str, address: str, verdict: Verdict = OK) -> Behaviour:
    return Behaviour(name, address, verdict)


MOVES = {
    "/end": w.page,
    "/301": w.to("/end"),
    "/308": w.to("http://moves.test/end", 308),
    "/302": w.to("/end", 302),
    "/303": w.to("/end", 303),
    "/307": w.to("/end", 307),
    "/chain": w.to("/308"),
    "/mixed": w.to("/302"),
    "/loop": w.to("/loop2"),
    "/loop2": w.to("/loop"),
    "/self": w.to("/self"),
    "/to-gone": w.to("/no-such-page"),
    "/to-blocked": w.to("http://403.test/page"),
    "/to-doi": w.to("https://doi.org/10.1000/Found"),
    "/to-dead-doi": w.to("https://doi.org/10.1000/missing", 302),
    "/to-mail": w.to("mailto:people@sample.test", 302),
    "/to-nobody": w.to("http://nobody.test/"),
    "/nowhere": w.status(301),
    "/to-letters": w.to("/man\xe9 <a>"),
    "/man%E9%20%3Ca%3E": w.page,
    **{f"/long{n}": w.to(f"/long{n + 1}") for n in range(20)},
}

BEHAVIOURS = (
    _page("200", OK, w.page),
    _page("204", OK, w.status(204)),
    _page("HEAD 405", OK, w.by_method(w.status(405))),
    _page("HEAD 404 GET 200", OK, w.by_method(w.status(404))),
    _page("HEAD 403 GET 200", OK, w.by_method(w.status(403))),
    _page("HEAD torn GET 200", OK, w.by_method(w.reset)),
    _page("HEAD hangs GET 200", OK, w.by_method(w.hang)),
    _page("HEAD 200 only", OK, w.by_method(w.page, w.status(500))),
    _moved("301", "301", permanent=True),
    _moved("308", "308", permanent=True),
    _moved("302", "302", permanent=False),
    _moved("303", "303", permanent=False),
    _moved("307", "307", permanent=False),
    _moved("301, 308", "chain", permanent=True),
    _moved("301, 302", "mixed", permanent=False),
    Behaviour(
        "301 to other letters", "http://moves.test/to-letters", MOVED, None,
        "http://moves.test/man%E9%20%3Ca%3E", permanent=True,
    ),
    Behaviour("redirect loop", "http://moves.test/loop", UNKNOWN),
    Behaviour("redirect to itself", "http://moves.test/self", UNKNOWN),
    Behaviour("too many redirects", "http://moves.test/long0", UNKNOWN),
    Behaviour("301 to 404", "http://moves.test/to-gone", GONE),
    Behaviour("301 to 403", "http://moves.test/to-blocked", BLOCKED),
    Behaviour("301 to unknown host", "http://moves.test/to-nobody", GONE),
    Behaviour(
        "301 to a DOI", "http://moves.test/to-doi", MOVED, None,
        "https://doi.org/10.1000/Found", permanent=True,
    ),
    Behaviour("302 to a dead DOI", "http://moves.test/to-dead-doi", GONE),
    Behaviour("302 to an e-mail", "http://moves.test/to-mail", UNKNOWN),
    Behaviour("301 without Location", "http://moves.test/nowhere", UNKNOWN),
    _page("400", UNKNOWN, w.status(400)),
    _page("401", BLOCKED, w.status(401, WWW_Authenticate="Basic")),
    _page("403", BLOCKED, w.status(403)),
    _page("404", GONE, w.status(404)),
    _page("410", GONE, w.status(410)),
    _page("418", UNKNOWN, w.status(418)),
    _page("451", BLOCKED, w.status(451)),
    _page("999", BLOCKED, w.status(999)),
    _page("Wall 503", BLOCKED, w.status(503, cf_mitigated="challenge")),
    _page("Wall 202", BLOCKED, w.status(202, x_amzn_waf_action="challenge")),
    _page("Robots txt refuses", BLOCKED, w.page),
    _page("Robots txt 500", UNKNOWN, w.page),
    _page("Robots txt names others", OK, w.page),
    _page("429 seconds", OK, w.first(1, w.page, before=w.status(429, Retry_After="3"))),
    _page("429 date", OK, w.first(2, w.page, before=w.retry_at(50))),
    _page("429 bare", OK, w.first(1, w.page, before=w.status(429))),
    _page("429 malformed", OK, w.first(1, w.page, before=w.status(429, Retry_After="soon"))),
    _page("429 without end", BLOCKED, w.status(429, Retry_After="5")),
    _page("429 for a day", BLOCKED, w.status(429, Retry_After="86400")),
    _page("500 heals", OK, w.first(2, w.page, before=w.status(500))),
    _page("503 Retry-After", OK, w.first(1, w.page, before=w.status(503, Retry_After="2"))),
    _page("500", UNKNOWN, w.status(500)),
    _page("502", UNKNOWN, w.status(502)),
    _page("504", UNKNOWN, w.status(504)),
    _page("hangs", UNKNOWN, w.hang),
    _page("slow body unread", OK, w.drip),
    _page("slow body", UNKNOWN, w.drip, "#here"),
    _page("slow", OK, w.slow(0.2)),
    _page("long header", OK, w.status(200, Link="<a>, " * 5000)),
    _page("torn", UNKNOWN, w.reset),
    _page("torn heals", OK, w.first(2, w.page, before=w.reset)),
    _page("closed", UNKNOWN, w.close),
    _page("not HTTP", UNKNOWN, w.garbage),
    Behaviour("self-signed", "https://self-signed.test/page", UNKNOWN),
    Behaviour("wrong name in TLS", "https://other.test/page", UNKNOWN),
    Behaviour("no TLS at all", "https://no-tls.test/page", UNKNOWN),
    Behaviour("unknown host", "http://nobody.test/page", GONE),
    Behaviour("lookup fails", "http://lookup-fails.test/page", UNKNOWN),
    Behaviour("connection refused", "http://refuses.test/page", UNKNOWN),
    Behaviour("malformed port", "http://ok.test:port/page", UNKNOWN),
    Behaviour("malformed host", "http://[ok.test/page", UNKNOWN),
    _page("short body unread", OK, w.short(w.OK_PAGE)),
    _page("short body found", OK, w.short(w.OK_PAGE), "#here"),
    _page("short body", UNKNOWN, w.short(w.OK_PAGE), "#there"),
    _page("huge unread", OK, w.huge()),
    _page("huge found", OK, w.huge(w.OK_PAGE), "#here"),
    _page("huge", UNKNOWN, w.huge(), "#there"),
    _page("anchor", OK, w.page, "#here"),
    _page("anchor by name", OK, w.page, "#old"),
    _page("anchor absent", ANCHOR, w.page, "#there"),
    _page("anchor of GitHub", OK, w.status(200, b"<h2 id=user-content-here>"), "#here"),
    _page("anchor encoded", OK, w.status(200, "<p id='é'>".encode()), "#%C3%A9"),
    _page("anchor by meta", OK, w.encoded("", b"<meta charset='latin1'><p id='\xe9'>"), "#%C3%A9"),
    _page("anchor by meta, no text", OK, w.encoded("", b"<meta charset=base64><p id=a>"), "#a"),
    _page("anchor by header, no text", OK, w.encoded("rot13"), "#here"),
    _page("anchor named by a field", ANCHOR, w.status(200, b"<input name=here>"), "#here"),
    _page("anchor with words", OK, w.page, "#here:~:text=Here"),
    _page("anchor of the top", OK, w.page, "#Top"),
    _page("anchor packed", OK, w.packed, "#here"),
    _page("anchor in a PDF", OK, w.status(200, Content_Type="application/pdf"), "#page=3"),
    _page("anchor for a program", OK, w.page, "#!/here"),
    _page("anchor for a newer program", OK, w.page, "#/here"),
    _page("anchor of words", OK, w.page, "#:~:text=here"),
    _page("anchor on a page that is gone", GONE, w.status(404, w.OK_PAGE), "#here"),
    _doi("DOI", "https://doi.org/10.1000/found"),
    _doi("DOI, dx", "http://dx.doi.org/10.1000/found-dx"),
    _doi("DOI, upper case", "https://doi.org/10.1000/FOUND-UPPER"),
    _doi("DOI, brackets", "https://doi.org/10.1016/S0140-6736(05)66550-4"),
    _doi("DOI, angle brackets", "https://doi.org/10.1002/(SICI)1097<1::AID-X>3.0.CO;2-K"),
    _doi("DOI, encoded", "https://doi.org/10.1002%2F(SICI)1097%3C2::AID-X%3E3.0.CO;2-L"),
    _doi("DOI, commas", "https://www.doi.org/10.1000/a,b,c"),
    _doi("DOI, short form", "https://doi.org/10/Abcd"),
    _doi("DOI with a prefix", "https://doi.org/doi:10.1000/prefixed"),
    _doi("DOI as a scheme", "doi:10.1000/scheme"),
    _doi("DOI with a query", "https://doi.org/10.1000/query?nosfx=y"),
    _doi("DOI at the publisher", "https://journals.example/doi/full/10.1177/0004867412438873"),
    _doi("DOI at the publisher, missing", "https://journals.example/doi/10.1000/missing", UNKNOWN),
    _doi("DOI heals", "https://doi.org/10.1000/heals"),
    _doi("DOI missing", "https://doi.org/10.1000/missing", GONE),
    _doi("DOI malformed answer", "https://doi.org/10.1000/malformed", UNKNOWN),
    _doi("DOI answer of another form", "https://doi.org/10.1000/list", UNKNOWN),
    _doi("DOI without values", "https://doi.org/10.1000/empty", UNKNOWN),
    _doi("DOI registry down", "https://doi.org/10.1000/down", UNKNOWN),
    _doi("DOI registry says 404 in HTML", "https://doi.org/10.1000/html", UNKNOWN),
    _doi("PMID", "https://pubmed.ncbi.nlm.nih.gov/31508108/"),
    _doi("PMID, old form", "http://www.ncbi.nlm.nih.gov/pubmed/31508109"),
    _doi("PMID missing, status 200", "https://pubmed.ncbi.nlm.nih.gov/404001/", GONE),
    _doi("PMID failing, status 200", "https://pubmed.ncbi.nlm.nih.gov/500001/", UNKNOWN),
    _doi("PMID left out", "https://pubmed.ncbi.nlm.nih.gov/300001/", UNKNOWN),
    _doi("PMCID", "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC6735050/pdf/main.pdf"),
    _doi("PMCID missing, status 200", "https://pmc.ncbi.nlm.nih.gov/articles/PMC404002", GONE),
)  # fmt: skip


def play(world: w.World) -> None:
    """Teach the world every behaviour."""
    for item in BEHAVIOURS:
        if item.does:
            host = item.address.split("/")[2]
            world.pages[host, "/page"] = item.does
    world.pages |= {("moves.test", path): does for path, does in MOVES.items()}
    robots = "/robots.txt"
    refusing = b"User-agent: *\nDisallow: /page\n"
    world.pages["robots-txt-refuses.test", robots] = w.status(200, refusing)
    world.pages["robots-txt-500.test", robots] = w.status(500)
    world.pages["robots-txt-names-others.test", robots] = w.status(
        200, b"User-agent: other\nDisallow: /\n\nUser-agent: sample\nAllow: /\nCrawl-delay: 4\n"
    )
