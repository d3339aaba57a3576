// The colours that the reader has chosen, kept on this device alone: "light", "dark", or none.
(() => {
  const root = document.documentElement;
  const said = { auto: "as your device", light: "light", dark: "dark" };
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const choices = ["auto", ...(dark ? ["light", "dark"] : ["dark", "light"])]; // the first is seen
  const kept = () => {
    try { return localStorage.getItem("theme"); } catch { return null; } // storage is forbidden
  };
  const set = (choice) => {
    root.dataset.theme = Object.hasOwn(said, choice ?? "") ? choice : "auto";
    for (const button of document.querySelectorAll(".colours")) {
      button.ariaLabel = `Colours: ${said[root.dataset.theme]}`;
    }
  };
  set(kept());
  // Text that has been shown keeps its letters, so a browser is to wait a moment for the fonts. It
  // does so for a link of the page itself, which those of a folder may not have: there, they come
  // at once.
  if (location.protocol === "file:") for (const font of document.fonts) font.display = "swap";
  else {
    const { dataset, src } = document.currentScript;
    for (const name of dataset.fonts.split(" ")) {
      const { href } = new URL(`fonts/${name}.woff2`, src);
      document.write(`<link rel="preload" as="font" type="font/woff2" href="${href}" crossorigin>`);
    }
  }
  document.addEventListener("DOMContentLoaded", () => {
    set(root.dataset.theme);
    // Where a table is too narrow for its columns, each cell says which it is in: see paper.css.
    const parts = [document, ...[...document.querySelectorAll("template")].map((one) => one.content)];
    const plain = "table:has(thead):has(tbody > tr + tr):not(:has([colspan], [rowspan]))";
    for (const table of parts.flatMap((part) => [...part.querySelectorAll(plain)])) {
      const heads = [...table.tHead.rows[0].cells].map((cell) => cell.textContent.trim());
      for (const cell of table.querySelectorAll("tbody td")) cell.dataset.head = heads[cell.cellIndex];
    }
    // What previews are set in: so that none asks for anything when it opens.
    if (document.querySelector("template")) {
      for (const font of ["italic 1em Text", "bold 1em Text"]) document.fonts.load(font);
    }
  });
  document.addEventListener("click", ({ target }) => {
    if (target.closest(".colours")) {
      set(choices[(choices.indexOf(root.dataset.theme) + 1) % choices.length]);
      try { localStorage.setItem("theme", root.dataset.theme); } catch { /* for this page only */ }
    }
    // A list left open would cover the passage just chosen.
    const drawer = target.closest("#contents a")?.closest("[popover]");
    if (drawer?.matches(":popover-open")) drawer.hidePopover();
  });
})();
