"""Checks of pages. Each returns what it found, in words; ``test_checks.py`` proves that it can.

Checks of a page in the browser take Playwright's page; they never import Sphinx.
"""

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import ConsoleMessage, Error, Page, Request

# The rules of axe that take longer than all others together: below 4.5:1, and then below 7:1.
CONTRAST = ["color-contrast", "color-contrast-enhanced"]
LOCAL_SCHEMES = {"data", "file", "about", "blob"}

AXE = """async options => (await axe.run({resultTypes: ["violations"], ...options})).violations"""

# Of the texts that are seen, five of each kind that is not known are asked for contrast. Gives the
# violations, and the kinds.
COLOURS = """async ([contrast, known]) => {
  const grounds = new Map([[null, ""]]), kinds = new Map();
  const ground = e => {
    if (!grounds.has(e)) {
      const s = getComputedStyle(e);
      const own = [s.backgroundColor, s.backgroundImage, s.opacity, s.position, s.filter].join(" ");
      const plain = own === "rgba(0, 0, 0, 0) none 1 static none";
      grounds.set(e, ground(e.parentElement) + (plain ? "" : "|" + own));
    }
    return grounds.get(e);
  };
  for (const e of document.body.querySelectorAll("*")) {
    const box = e.getBoundingClientRect();
    // axe passes over a single letter.
    if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim().length > 1)
      || box.width < 2 || !e.checkVisibility({visibilityProperty: true})) continue;
    const s = getComputedStyle(e), inside = box.right > 0 && box.left < innerWidth;
    const kind = [s.color, s.fontSize, s.fontWeight, s.textShadow, inside, ground(e)].join();
    if (!known.includes(kind)) kinds.set(kind, [...(kinds.get(kind) ?? []), e].slice(0, 5));
  }
  if (!kinds.size) return [[], []];
  const options = {resultTypes: ["violations"], runOnly: contrast};
  const found = await axe.run({include: [...kinds.values()].flat()}, options);
  return [found.violations, [...kinds.keys()]];
}"""

# Elements that stick out of the window, and elements whose content can be scrolled sideways.
OVERFLOW = """() => {
  const name = e => e.tagName.toLowerCase() + [...e.classList].map(c => "." + c).join("");
  const width = document.documentElement.clientWidth, found = [];
  if (document.documentElement.scrollWidth > width) found.push("the page");
  for (const e of document.body.querySelectorAll("*")) {
    if (!e.checkVisibility() || e.closest(".visually-hidden, svg")) continue;
    const style = getComputedStyle(e);
    if (style.position === "fixed") continue;
    if (e.getBoundingClientRect().right > width + 1) found.push(name(e));
    else if (/auto|scroll/.test(style.overflowX) && e.scrollWidth > e.clientWidth + 1)
      found.push(name(e) + " scrolls");
  }
  return found;
}"""

# Lets the next Tab lead to the first stop, wherever the focus was.
TOP = """() => {
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute("tabindex");
}"""

# The element that has the focus: a number of its own, its description, and what shows the focus.
FOCUSED = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  window.focusOrder ??= new Map();
  if (!focusOrder.has(e)) focusOrder.set(e, focusOrder.size);
  const shows = node => { const s = getComputedStyle(node);
    return s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2; };
  const box = e.getBoundingClientRect();
  const label = (e.textContent.trim() || e.ariaLabel || "").slice(0, 40);
  return {
    id: focusOrder.get(e),
    name: `${e.tagName.toLowerCase()} "${label}"`,
    shown: shows(e),
    hidden: !e.checkVisibility({visibilityProperty: true, opacityProperty: true}),
    outside: box.right <= 0 || box.left >= innerWidth,
  };
}"""

# What can be operated and is seen, but was not reached with the Tab key.
UNREACHED = """() => [...document.querySelectorAll("a[href], button, input, select, summary")]
  .filter(e => e.type !== "hidden" && e.checkVisibility({visibilityProperty: true}))
  .filter(e => !window.focusOrder?.has(e))
  .map(e => `${e.tagName.toLowerCase()} "${e.textContent.trim().slice(0, 40)}"`)"""

# Every element with text of its own must grow when the reader's font size is doubled.
FIXED_TEXT = """() => {
  const root = document.documentElement;
  const own = e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
  const all = [...document.body.querySelectorAll("*")].filter(e => e.checkVisibility() && own(e));
  const size = e => parseFloat(getComputedStyle(e).fontSize);
  const before = all.map(size);
  root.style.fontSize = 2 * size(root) + "px";
  const found = all.filter((e, i) => size(e) < 1.5 * before[i]).map(e => e.tagName.toLowerCase());
  root.style.fontSize = "";
  return found;
}"""

# Words of headings and of tables that go on in the next line, other than after a hyphen.
BROKEN = """() => {
  const found = [], range = document.createRange();
  for (const e of document.querySelectorAll("h1, h2, h3, h4, .box-title, .drawer-title, th, td")) {
    if (!e.checkVisibility() || e.getBoundingClientRect().width < 2) continue;
    const walk = document.createTreeWalker(e, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      for (const word of walk.currentNode.data.matchAll(/[^\\s\\-–\\u2014/]+/g)) {
        range.setStart(walk.currentNode, word.index);
        range.setEnd(walk.currentNode, word.index + word[0].length);
        const lines = new Set([...range.getClientRects()].map(box => Math.round(box.top)));
        if (lines.size > 1) found.push(word[0]);
      }
    }
  }
  return found;
}"""

# On paper there are only black words on white, and nothing to click.
PRINT = """() => {
  const found = [];
  for (const e of document.querySelectorAll("nav, button, input, [popover], .skip"))
    if (e.checkVisibility()) found.push("still shown: " + e.tagName.toLowerCase());
  for (const e of document.querySelectorAll("body, main, main p, main li, main h1, main a")) {
    const style = getComputedStyle(e);
    if (!/^rgb\\(0, 0, 0\\)$/.test(style.color)) found.push(`${e.tagName} is ${style.color}`);
    if (!/^rgba\\(0, 0, 0, 0\\)$|^rgb\\(255, 255, 255\\)$/.test(style.backgroundColor))
      found.push(`${e.tagName} lies on ${style.backgroundColor}`);
  }
  for (const e of document.querySelectorAll("main a.external")) {
    const told = (e.textContent + getComputedStyle(e, "::after").content).replaceAll(" ", "");
    if (!told.includes(e.getAttribute("href").replace(/^https?:[/][/]|^tel:/, "")))
      found.push("no address in or after the link " + e.textContent);
  }
  return found;
}"""


class Watch:
    """Notes what a page asks for and complains of, from before it is opened."""

    def __init__(self, page: Page) -> None:
        """Listen to the page."""
        self.findings: list[str] = []
        page.on("request", self.note_request)
        page.on("console", self.note_message)
        page.on("pageerror", self.note_error)

    def note_request(self, request: Request) -> None:
        """A request to another host is a finding."""
        url = urlsplit(request.url)
        if url.scheme not in LOCAL_SCHEMES and url.hostname != "127.0.0.1":
            self.findings.append(f"asks {url.hostname}: {request.url}")

    def note_message(self, message: ConsoleMessage) -> None:
        """An error or a warning in the console is a finding."""
        if message.type in {"error", "warning"}:
            self.findings.append(f"console {message.type}: {message.text}")

    def note_error(self, error: Error) -> None:
        """So is an exception that nobody caught."""
        self.findings.append(f"script error: {error.message}")


def axe_findings(page: Page) -> list[str]:
    """What axe finds. All its rules are on, best practice too; no violation is accepted."""
    return other_findings(page) + contrast_findings(page, set())


def other_findings(page: Page) -> list[str]:
    """What axe finds but for contrast."""
    _bring_axe(page)
    off = {"rules": {"color-contrast": {"enabled": False}}}  # the other is off by itself
    return [*_told(page.evaluate(AXE, off))]


def contrast_findings(page: Page, known: set[str]) -> list[str]:
    """What axe finds of contrast.

    It is that of colours, size and grounds: five texts of a kind are asked for all alike. The kinds
    in which nothing is wrong are added to those that are ``known``, which are not asked again: on
    the pages of one site they are the same.
    """
    _bring_axe(page)
    violations, kinds = page.evaluate(COLOURS, [CONTRAST, [*known]])
    if not violations:
        known.update(kinds)
    return [*_told(violations)]


def _bring_axe(page: Page) -> None:
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE_SCRIPT)


def _told(violations: Iterable[dict[str, Any]]) -> Iterator[str]:
    for violation in violations:
        for node in violation["nodes"]:
            yield f"{violation['id']}: {violation['help']}: {node['html'][:200]}"


def overflow_findings(page: Page) -> list[str]:
    """What is wider than the window."""
    return [f"too wide: {name}" for name in page.evaluate(OVERFLOW)]


def focus_findings(page: Page, limit: int = 400) -> list[str]:
    """What is wrong with a walk through the page with the Tab key, from the top."""
    page.evaluate(TOP)
    findings: list[str] = []
    reached: set[int] = set()
    for _ in range(limit):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused is None or focused["id"] in reached:
            break
        reached.add(focused["id"])
        if not focused["shown"]:
            findings.append(f"focus does not show on {focused['name']}")
        if focused["hidden"] or focused["outside"]:
            findings.append(f"focus is lost in {focused['name']}, which is not seen")
    return findings + [f"not reached: {name}" for name in page.evaluate(UNREACHED)]


def growth_findings(page: Page) -> list[str]:
    """Text that stays small when the reader asks for larger text."""
    return [f"does not grow: {name}" for name in page.evaluate(FIXED_TEXT)]


def large_text_findings(page: Page) -> list[str]:
    """What sticks out, and which words are broken off, when letters are twice as large."""
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    found = overflow_findings(page) + [f"broken: {word}" for word in page.evaluate(BROKEN)]
    page.evaluate("document.documentElement.style.fontSize = ''")
    return found


def print_findings(page: Page) -> list[str]:
    """What would spoil a printed page."""
    page.emulate_media(media="print")
    found: list[str] = page.evaluate(PRINT)
    page.emulate_media(media="screen")
    return found
