// Shows the preview of a link beside it: previews.py has put it into the page.
//
// The pattern is that of a dialogue that does not block the page: a preview holds links, so it is
// no tooltip, and what can be reached by hovering alone would be lost to all who cannot hover.
// - A click, a tap or Enter opens it and moves the focus into it, so that it is announced by the
//   name of the link; Escape and "Close" give the focus back. Hovering opens it, too, and moves
//   nothing (https://www.w3.org/TR/WCAG22/#content-on-hover-or-focus).
// - The link stays a link. "aria-haspopup" says that it opens a dialogue. There is no
//   "aria-expanded": the focus is inside as long as it is open, so nobody would meet it.
// - It stands behind its link in the document: Tab goes from the link through the preview and on.
// - "auto" lets the browser close it: with Escape, a touch elsewhere, the back button of a phone.
// It is placed here and not by CSS anchors, which a browser of last year does not know: so there is
// one way, the same for all. Its place is in the document, so that it scrolls with its link.

const OPEN_DELAY = 300; // milliseconds: a pointer that passes by opens nothing
const CLOSE_DELAY = 300; // and one that crosses the gap closes nothing
const GAP = 6; // pixels, from the line and from the edges of the window
const ROOM = 200; // pixels of height, with which a preview can be read

const templates = new Map(
  [...document.querySelectorAll("template[data-preview]")].map((one) => [one.dataset.preview, one]),
);
let shown = null; // the preview that is open: its link, its element, and whether it was asked for
let pressed = null; // the link whose preview was open, and asked for, when the pointer came down
let opening, closing;

// The link at an element, if it has a preview; those within a preview lead on.
function linkAt(element) {
  const link = element instanceof Element && element.closest("a[href]");
  return link && !link.closest(".preview") && templates.has(link.getAttribute("href")) ? link : null;
}

function open(link, asked) {
  clearTimeout(opening);
  clearTimeout(closing);
  const element = document.createElement("div");
  element.className = "preview";
  element.popover = "auto";
  element.role = "dialog";
  element.ariaLabel = link.textContent.trim();
  element.tabIndex = -1;
  element.append(templates.get(link.getAttribute("href")).content.cloneNode(true));
  const mine = { link, element, asked };
  element.addEventListener("beforetoggle", (event) => {
    if (event.newState === "closed" && shown === mine) shown = null;
  });
  element.addEventListener("toggle", (event) => {
    if (event.newState === "closed") element.remove();
  });
  element.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !element.contains(event.relatedTarget)) element.hidePopover();
  });
  link.after(element);
  if (asked) link.focus({ preventScroll: true }); // where the focus comes back to
  element.showPopover();
  shown = mine;
  place(link, element);
  if (asked) element.focus({ preventScroll: true });
}

// Below the last line of the link or above its first, where there is room: never on it.
function place(link, element) {
  const lines = link.getClientRects();
  const [first, last] = [lines[0], lines[lines.length - 1]];
  const { clientWidth: width, clientHeight: height } = document.documentElement;
  const below = height - last.bottom - 2 * GAP;
  const above = first.top - 2 * GAP;
  const under = below >= Math.min(element.offsetHeight, ROOM) || below >= above;
  const left = Math.max(GAP, Math.min((under ? last : first).left, width - element.offsetWidth - GAP));
  const { style } = element;
  style.maxHeight = `min(${under ? Math.max(below, ROOM) : above}px, 34rem)`;
  style.left = `${left + scrollX}px`;
  style.top = under ? `${last.bottom + GAP + scrollY}px` : "auto";
  // From the foot, so that a picture which comes later makes it grow away from the link.
  style.bottom = under ? "auto" : `${height - first.top + GAP - scrollY}px`;
}

function over(event) {
  if (event.pointerType === "touch") return; // which says with a click what it wants
  clearTimeout(opening);
  const link = linkAt(event.target);
  if (shown && (link === shown.link || shown.element.contains(event.target))) clearTimeout(closing);
  else if (shown?.asked) return;
  else {
    clearTimeout(closing);
    if (shown) closing = setTimeout(() => shown?.asked || shown?.element.hidePopover(), CLOSE_DELAY);
    if (link) opening = setTimeout(() => open(link, false), OPEN_DELAY);
  }
}

function click(event) {
  const within = shown?.element.contains(event.target) && event.target.closest("a, button");
  if (within) {
    const { link, element } = shown;
    element.hidePopover();
    if (within.localName === "button") link.focus();
    return;
  }
  const link = linkAt(event.target);
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const again = pressed === link && event.detail > 0; // the pointer has closed it
  pressed = null;
  if (!again) open(link, true);
}

function key(event) {
  if (event.key === "Escape") shown?.element.hidePopover();
}

if (templates.size && "popover" in HTMLElement.prototype) {
  for (const link of document.links) if (linkAt(link)) link.ariaHasPopup = "dialog";
  document.addEventListener("pointerover", over);
  document.addEventListener("pointerdown", () => { pressed = shown?.asked ? shown.link : null; }, true);
  document.addEventListener("click", click);
  document.addEventListener("keydown", key, true); // before Sphinx, which takes Escape for itself
  addEventListener("resize", () => shown && place(shown.link, shown.element));
}
