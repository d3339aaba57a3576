"""Each check finds the fault that it is for: a check that cannot fail proves nothing."""

import struct
from collections.abc import Callable
from pathlib import Path
from runpy import run_path

import pytest
from playwright.sync_api import Page

from tests.projects import ROOT
from tests.site import checks
from tests.site.browser import BrowserMissingError, find_browser, prepare_driver
from tests.site.files import (
    card_findings,
    head_findings,
    link_findings,
    reach_findings,
    read_html,
    sitemap_findings,
)

SITE = "https://example.org/"
POLICY = run_path(str(ROOT / "conf.py"))["evidence_content_security_policy"]
SOUND = """<!doctype html><html lang="en-GB"><head><title>A</title></head>
<style>
:focus {{outline: 3px solid}} button {{font-size: 1rem}} @media print {{button {{display: none}}}}
</style>
<body style="color: #000; background: #fff"><main><h1>A</h1>{}</main></body></html>"""

POLICED = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'


@pytest.fixture
def page(blank: Callable[[str], tuple[Page, checks.Watch]]) -> Page:
    """An empty page as wide as a small phone."""
    return blank("light-320")[0]


@pytest.mark.parametrize(
    "fault",
    [
        '<p style="color: #aaa">Faint</p>',
        '<div style="background: #666"><p>On grey</p></div>',
        '<div style="opacity: 0.4"><section><p>Pale</p></section></div>',
        '<p><em>One</em> and <em style="color: #aaa">two</em></p>',
        (
            '<i style="position: absolute; left: -99px; color: #aaa">Away</i>'
            '<p style="color: #aaa">Here</p>'
        ),
        '<p style="color: #aaa">1</p><p style="color: #aaa">One</p>',
    ],
)
def test_faint_text_among_much_that_is_not(page: Page, fault: str) -> None:
    page.set_content(SOUND.format(f"{'<p>Dark</p>' * 50}{fault}{'<p>Dark</p>' * 50}"))
    found = checks.axe_findings(page)
    assert [finding.partition(":")[0] for finding in found] == ["color-contrast"]


def test_only_what_was_sound_is_known(page: Page) -> None:
    known: set[str] = set()
    faint = '<p style="color: #aaa">Faint</p>'
    for text, told in ((faint, 1), (faint, 1), ("<p>Dark</p>", 0), (faint, 1)):
        page.set_content(SOUND.format(text))
        assert len(checks.contrast_findings(page, known)) == told
    assert len(known) == 1
    page.set_content(SOUND.format('<div style="background: #666"><p>Dark</p></div>'))
    assert len(checks.contrast_findings(page, known)) == 1


@pytest.mark.parametrize(
    ("check", "fault", "finding"),
    [
        (checks.axe_findings, '<img src="data:,">', "image-alt"),
        (checks.axe_findings, '<p style="color: #aaa">Faint</p>', "color-contrast"),
        (checks.axe_findings, '<p style="color: #666">Pale</p>', "color-contrast-enhanced"),
        (checks.axe_findings, "<h4>Too deep</h4>", "heading-order"),  # a rule of best practice
        (checks.axe_findings, "</main><p>Outside", "region"),
        (checks.overflow_findings, '<p style="width: 400px">Wide</p>', "too wide: the page"),
        (checks.overflow_findings, f'<p style="overflow: auto">{"w" * 99}</p>', "scrolls"),
        (checks.focus_findings, '<a href="#" style="outline: 0">A</a>', "does not show"),
        (checks.focus_findings, '<a href="#" style="opacity: 0">A</a>', "is not seen"),
        (checks.focus_findings, '<button tabindex="-1">A</button>', "not reached"),
        (checks.growth_findings, '<p style="font-size: 16px">A</p>', "does not grow: p"),
        (checks.large_text_findings, '<p style="width: 10rem">A</p>', "too wide: the page"),
        (
            checks.large_text_findings,
            '<h2 style="font-size: 3rem; overflow-wrap: anywhere">Well-connectedness</h2>',
            "broken: connectedness",
        ),
        (
            checks.large_text_findings,
            "<table><tr><td style='overflow-wrap: anywhere; max-width: 3rem'>Connectedness</table>",
            "broken: Connectedness",
        ),
        (checks.print_findings, "<nav>A</nav>", "still shown: nav"),
        (checks.print_findings, '<p style="color: #eee">A</p>', "P is rgb(238, 238, 238)"),
        (checks.print_findings, '<p style="background: navy">A</p>', "P lies on"),
        (checks.print_findings, '<a class="external" href="x">A</a>', "no address in or after"),
    ],
)
def test_check_finds_fault(
    page: Page, check: Callable[[Page], list[str]], fault: str, finding: str
) -> None:
    """Nothing is found on a sound page, and the fault on a broken one."""
    page.set_content(SOUND.format("<p>A</p><button>B</button>"))
    assert check(page) == []
    page.set_content(SOUND.format(fault))
    assert finding in "\n".join(check(page))


def test_a_walk_begins_at_the_top(page: Page) -> None:
    page.set_content(SOUND.format("<button>A</button><button>B</button>"))
    page.get_by_role("button", name="B").focus()
    assert checks.focus_findings(page) == []


@pytest.mark.parametrize(
    ("fault", "finding"),
    [
        ('<img alt="" src="https://example.com/a.png">', "asks example.com"),
        ('<script>console.error("broken")</script>', "console error: broken"),
        ('<script>throw new Error("lost")</script>', "script error: lost"),
    ],
)
def test_watch_finds_fault(page: Page, fault: str, finding: str) -> None:
    """Requests to others, complaints and exceptions are noted."""
    watch = checks.Watch(page)
    page.set_content(SOUND.format("<p>A</p>"))
    assert watch.findings == []
    page.set_content(SOUND.format(fault))
    assert finding in "\n".join(watch.findings)


@pytest.mark.parametrize("inline", ["<script>let a = 1;</script>", "<b style='color: red'>A</b>"])
def test_watch_finds_what_the_policy_of_the_site_refuses(page: Page, inline: str) -> None:
    watch = checks.Watch(page)
    page.set_content(f"<!doctype html><html><head>{POLICED}</head><body>{inline}</body></html>")
    assert "Content Security Policy" in "\n".join(watch.findings)


def test_head_findings() -> None:
    """A page that says nothing of itself has every fault, a sound one none."""
    assert len(head_findings("a.html", read_html("<html><h1>A</h1><h1>B</h1></html>"))) == 10
    meta = "".join(
        f'<meta name="{name}" content="Short &amp; sweet.">'
        for name in (
            "description", "og:title", "og:description", "og:image", "og:image:alt", "og:url",
        )
    )  # fmt: skip
    sound = f'<html lang="en-GB">{meta}<h1>A</h1><p class="summary">Short &amp;\n sweet.</p>'
    assert head_findings("a.html", read_html(sound)) == []


def test_link_findings(tmp_path: Path) -> None:
    """Missing files and places are found, also behind links that start at the root."""
    (tmp_path / "a.html").touch()
    text = '<a href="a.html#b"><a href="/p/c.html"><a href="#d"><a id="d" href="https://e.org/f">'
    pages = {"a.html": read_html(text)}
    assert link_findings(pages, tmp_path, "/p/") == [
        "a.html: no place a.html#b",
        "a.html: no file c.html",
    ]


def test_reach_findings() -> None:
    """A page without a link to it is found; the 404 page needs none."""
    pages = {name: read_html("") for name in ("a.html", "b.html", "404.html")}
    pages["index.html"] = read_html('<a href="a.html#x">')
    assert reach_findings(pages) == ["not reached: b.html"]


def test_sitemap_findings() -> None:
    """Both kinds of difference are found."""
    sitemap = (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        "<url><loc>https://example.org/old.html</loc></url></urlset>"
    )
    pages = {"a.html": read_html(""), "search.html": read_html("")}
    assert sitemap_findings(sitemap, pages, SITE) == [
        "not in the sitemap: https://example.org/a.html",
        "not a page: https://example.org/old.html",
    ]


def test_card_findings(tmp_path: Path) -> None:
    """An image that is missing or of another size is found."""
    pages = {"a.html": read_html(f'<meta property="og:image" content="{SITE}card.png">')}
    assert card_findings(pages, tmp_path, SITE) == [f"no image at {SITE}card.png"]
    (tmp_path / "card.png").write_bytes(b"." * 16 + struct.pack(">II", 10, 20))
    assert card_findings(pages, tmp_path, SITE) == [f"{SITE}card.png is 10 by 20 pixels"]


def test_missing_browser_fails_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without any browser the tests fail and say what to type; they are never skipped."""

    class NoPlaywright:
        class chromium:  # noqa: N801  # Playwright's name
            executable_path = "/no/such/browser"

    monkeypatch.delenv("BROWSER_PATH", raising=False)
    monkeypatch.setattr("shutil.which", lambda _name: None)
    with pytest.raises(BrowserMissingError, match="sudo apt install chromium"):
        find_browser(NoPlaywright)  # type: ignore[arg-type]  # a stand-in


@pytest.mark.slow
def test_driver_that_does_not_start_fails_with_the_remedy(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Where Playwright lacks a library, the tests say which package brings it."""
    broken = tmp_path / "python"
    broken.write_text("#!/bin/sh\necho 'libatomic.so.1: cannot open' >&2\nexit 127\n", "utf-8")
    broken.chmod(0o755)
    monkeypatch.setattr("sys.executable", str(broken))
    monkeypatch.setattr("tests.site.browser.is_root", lambda: False)
    with pytest.raises(BrowserMissingError, match=r"(?s)sudo apt install libatomic1.*cannot open"):
        prepare_driver()
