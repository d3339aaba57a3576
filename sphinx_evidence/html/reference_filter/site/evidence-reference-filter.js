// A filter above the list of references: by words, status, kind of work, and page that cites it.
//
// All it knows stands in the list. What a reader chooses is kept nowhere: a page that is opened
// again is whole. A link to a work that is hidden shows all of them, and so does no script.

(() => {
  const lists = [...document.querySelectorAll("ul.references")];
  if (!lists.length) return;

  /** Letters without their marks, so that "Muller" finds "Müller". */
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  const make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  const textOf = (item, selector) => item.querySelector(selector)?.textContent ?? "";

  /** What is seen of a work without unfolding: not how it was checked, and not who cites it. */
  const seen = (item) => [...item.children]
    .filter((child) => !child.matches("details, .reference-backlinks, .reference-checked"))
    .map((child) => child.textContent).join(" ");

  const works = lists.flatMap((list) => [...list.children]).map((item) => ({
    item,
    words: plain(seen(item)),
    status: [textOf(item, ".reference-status strong")],
    kind: [textOf(item, ".reference-status span:not([class])")],
    page: [...item.querySelectorAll(".reference-backlinks a")].map((one) => one.textContent),
  }));

  const values = (name) => [...new Set(works.flatMap((work) => work[name]))].filter(Boolean)
    .sort((a, b) => a.localeCompare(b));

  const words = make("input", {
    type: "search", autocomplete: "off", autocapitalize: "none", spellcheck: false,
  });
  const choices = new Map();
  const form = make("form", { className: "reference-filter" }, make("label", {}, "Words", words));
  form.role = "search";
  form.ariaLabel = "Find works in the list";
  const named = { status: "Status", kind: "Kind of work", page: "Cited on" };
  const every = { status: "Any", kind: "Any", page: "Any page" };
  for (const [name, label] of Object.entries(named)) {
    const found = values(name);
    if (found.length < 2) continue;
    const options = [make("option", { value: "" }, every[name])];
    options.push(...found.map((value) => make("option", { value }, value)));
    const select = make("select", { autocomplete: "off" }, ...options);
    choices.set(name, select);
    form.append(make("label", {}, label, select));
  }
  const all = make("button", { type: "button" }, "Show all works");
  form.append(all);
  const status = make("p", { className: "reference-filter-status" });
  status.role = "status";
  lists[0].before(form, status);

  const apply = () => {
    const typed = plain(words.value).split(/\s+/).filter(Boolean);
    const chosen = [...choices].filter(([, select]) => select.value);
    let count = 0;
    for (const work of works) {
      const fits = typed.every((word) => work.words.includes(word))
        && chosen.every(([name, select]) => work[name].includes(select.value));
      work.item.hidden = !fits;
      count += fits;
    }
    for (const list of lists) list.hidden = [...list.children].every((item) => item.hidden);
    const whole = works.length === 1 ? "1 work" : `${works.length} works`;
    status.textContent = count === works.length ? `${whole}.` : `${count || "None"} of ${whole}.`;
  };

  const showAll = () => {
    form.reset();
    apply();
  };

  /** Show the work that the address of the page leads to, if it is hidden. */
  const reveal = () => {
    const target = document.querySelector(":target");
    if (!target?.closest("[hidden]")) return;
    showAll();
    target.scrollIntoView();
  };

  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  all.addEventListener("click", () => {
    showAll();
    words.focus();
  });
  addEventListener("hashchange", reveal);
  // To go to the same address again is no change of it.
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("a[href]")?.href === location.href) reveal();
  });
  apply();
})();
