// The search of the site. What is typed is not kept, not sent and not put into the address.
"use strict";

(() => {
  const PAGES = 10; // that are shown at once
  const OF_A_PAGE = 3; // passages that are shown of one page
  const EXCERPT = 240; // characters
  const WORD = /[\p{L}\p{N}]+(?:[-‐‑'’][\p{L}\p{N}]+)*/gu;
  // Words that say nothing of what is looked for. "Who" and "what" do: headings ask with them.
  const EMPTY = new Set((
    "a about am an and any are as at be been but by can could did do does for first from had has "
    + "have he her his i if in into is it its me my of on or our she should so than that the their "
    + "them then there these they this those to us was we were will with would you your"
  ).split(" "));

  // -- Words --------------------------------------------------------------------

  /** A word without its plural: "colleges" is as good as "college". */
  const stem = (word) => {
    if (word.length < 4) return word;
    if (word.endsWith("ies")) return `${word.slice(0, -3)}y`;
    return word.replace(/(ss|sh|ch|x)es$|([^isu])s$/, "$1$2");
  };

  const known = new Map();
  /** The parts of a word, and the whole: "co-production" is as good as "coproduction". */
  const forms = (word) => {
    if (!known.has(word)) {
      const plain = word.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
      const parts = plain.replace(/['’]s$/, "").replace(/['’]/g, "").split(/[-‐‑]/);
      known.set(word, (parts[1] ? [...parts, parts.join("")] : parts).map(stem));
    }
    return known.get(word);
  };

  const words = (text) => text.match(WORD) ?? [];
  /** The words of a text one after the other, to look for a phrase in. */
  const line = (text) => ` ${words(text.replace(/[-‐‑]/g, " ")).flatMap(forms).join(" ")} `;

  // -- The index, which is made when it is first asked --------------------------

  const passages = SITE.pages.flatMap((page) =>
    page.passages.map(([anchor, heading, text, entry]) => ({
      address: anchor ? `${page.address}#${anchor}` : page.address,
      heading, text, page, last: entry || page.isList,
    })));
  const synonyms = new Map(Object.entries(SITE.synonyms).map(([word, others]) =>
    [forms(word)[0], words(others).flatMap(forms)]));
  let index;

  const open = () => {
    index = new MiniSearch({
      fields: ["heading", "title", "text"],
      tokenize: (text) => words(text).flatMap(forms),
      processTerm: (term) => term,
    });
    passages.forEach((passage, id) => {
      const { heading, text, page } = passage;
      index.add({ id, heading, text, title: page.title });
      Object.assign(passage, { id, headingLine: line(heading), textLine: line(text) });
    });
  };

  const ask = (terms, options) => index.search(terms.join(" "), {
    boost: { heading: 6, title: 3 },
    weights: { fuzzy: 0.45, prefix: 0.05 },
    tokenize: () => terms,
    ...options,
  });

  /** What one word finds: as it is, else as a beginning, else with one slip, else with two. */
  const find = (word) => {
    const terms = forms(word).flatMap((form) => [form, ...(synonyms.get(form) ?? [])]);
    if (ask(terms).length) {
      return { found: ask(terms, { prefix: (term) => term.length > 3 }), slip: false };
    }
    const begun = ask(terms, { prefix: (term) => term.length > 2 });
    if (begun.length) return { found: begun, slip: false };
    const letters = [...word.toLowerCase()];
    const swapped = letters.slice(1).map((letter, i) =>
      stem([...letters.slice(0, i), letter, letters[i], ...letters.slice(i + 2)].join("")));
    const tries = [
      [swapped, {}],
      [terms, { fuzzy: (term) => term.length > 3 && 1 }],
      [terms, { fuzzy: (term) => term.length > 4 && 2 }],
    ];
    for (const [others, options] of tries) {
      const found = ask(others, options);
      if (found.length) return { found, slip: true };
    }
    return { found: [], slip: false };
  };

  // -- Asking -------------------------------------------------------------------

  /** The passages for what was typed, the best first; `notes` say what was taken otherwise. */
  const search = (typed) => {
    if (!index) open();
    const notes = [];
    const all = words(typed);
    const telling = all.filter((word) => !EMPTY.has(word.toLowerCase()));
    const asked = [...new Set(telling.length ? telling : all)];
    const results = new Map();
    const add = (found) => {
      for (const { id, score, match } of found) {
        if (Object.values(match).flat().every((field) => field === "title")) continue;
        const result = results.get(id) ?? { ...passages[id], score: 0, hits: 0, terms: new Set() };
        result.score += score;
        result.hits += 1;
        Object.keys(match).forEach((term) => result.terms.add(term));
        results.set(id, result);
      }
    };
    for (const word of asked) {
      const { found, slip } = find(word);
      if (slip) {
        const [taken] = Object.keys(found[0].match);
        notes.push(`“${word}” is not on the pages; this is for “${taken}”.`);
      } else if (!found.length && asked.length > 1) {
        notes.push(`“${word}” is not on the pages.`);
      }
      add(found);
    }
    // Two words that the pages write as one.
    all.slice(1).forEach((word, i) => add(ask(forms(all[i] + word))));

    // More of the words are worth more, and so are words that stand side by side.
    const pairs = asked.slice(1).map((word, i) => line(`${asked[i]} ${word}`));
    for (const result of results.values()) {
      const beside = pairs.map((pair) =>
        (result.headingLine.includes(pair) ? 1 : result.textLine.includes(pair) / 2));
      const share = beside.reduce((sum, one) => sum + one, 0) / Math.max(pairs.length, 1);
      result.score *= (result.hits / asked.length) * (1 + share);
    }

    let list = [...results.values()];
    const phrases = [...typed.matchAll(/["“„”]([^"“„”]+)["“”]/g)]
      .map((found) => line(found[1])).filter((phrase) => phrase.trim());
    const exact = list.filter(({ headingLine, textLine }) =>
      phrases.every((phrase) => (headingLine + textLine).includes(phrase)));
    if (exact.length) list = exact;
    else if (list.length) notes.push("No passage has the whole phrase; these have words of it.");
    list.sort((a, b) => a.last - b.last || b.score - a.score || a.id - b.id);
    return { list, notes, phrases };
  };

  // -- Showing ------------------------------------------------------------------

  const get = (id) => document.getElementById(`search-${id}`);
  const make = (tag, ...content) => {
    const made = document.createElement(tag);
    made.append(...content);
    return made;
  };
  const link = (address, ...content) => {
    const made = make("a", ...content);
    made.href = address;
    return made;
  };
  const has = (word, terms) => forms(word).some((form) => terms.has(form));

  /** A text with the words marked that were found. */
  const marked = (text, terms) => {
    const content = [];
    let end = 0;
    for (const { 0: word, index: at } of text.matchAll(WORD)) {
      if (!has(word, terms)) continue;
      content.push(text.slice(end, at), make("mark", word));
      end = at + word.length;
    }
    return [...content, text.slice(end)];
  };

  /** The sentence of a passage that has most of what was looked for, and those after it. */
  const excerpt = ({ text, terms }, phrases) => {
    const sentences = text.split(/\n|(?<=[.?!][”’)]?) /);
    const worth = sentences.map((sentence) =>
      new Set(words(sentence).flatMap(forms).filter((form) => terms.has(form))).size
      + 100 * phrases.some((phrase) => line(sentence).includes(phrase)));
    const first = worth.indexOf(Math.max(...worth));
    let shown = sentences[first];
    let next = first + 1;
    while (next < sentences.length && shown.length + sentences[next].length < EXCERPT) {
      shown += `${/[.?!:;,][”’)]?$/.test(shown) ? "" : " ·"} ${sentences[next]}`;
      next += 1;
    }
    let [before, after] = [first > 0, next < sentences.length];
    if (shown.length > 2 * EXCERPT) { // one sentence, or what has no full stop
      const at = [...shown.matchAll(WORD)].find(([word]) => has(word, terms))?.index ?? 0;
      const from = shown.lastIndexOf(" ", Math.max(0, at - EXCERPT / 2)) + 1;
      before ||= from > 0;
      after = true;
      shown = shown.slice(from, shown.lastIndexOf(" ", from + EXCERPT));
    }
    return `${before ? "… " : ""}${shown}${after ? " …" : ""}`;
  };

  /** One page, with the best of its passages. */
  const item = (found, phrases) => {
    const { page } = found[0];
    const terms = new Set(found.flatMap((result) => [...result.terms]));
    const made = make("li", make("h2", link(page.address, ...marked(page.title, terms))));
    const itself = (result) => result.address === page.address;
    const best = found.slice(0, OF_A_PAGE).sort((a, b) => itself(b) - itself(a));
    for (const result of best) {
      if (!itself(result)) {
        made.append(make("p", link(result.address, ...marked(result.heading, result.terms))));
      }
      if (result.text) {
        made.append(make("p", ...marked(excerpt(result, phrases), result.terms)));
      }
    }
    const more = found.length - OF_A_PAGE;
    if (more > 0) made.append(make("p", `${more} more on this page.`));
    return made;
  };

  const show = (typed) => {
    get("results").replaceChildren();
    get("more").hidden = true;
    if (!words(typed).length) {
      get("status").textContent = "Please type a word.";
      return;
    }
    const { list, notes, phrases } = search(typed);
    const pages = new Map();
    for (const result of list) pages.set(result.page, [...(pages.get(result.page) ?? []), result]);
    const items = [...pages.values()].map((found) => item(found, phrases));
    get("results").append(...items.slice(0, PAGES));
    const count = `${items.length} ${items.length === 1 ? "page" : "pages"} found.`;
    const said = items.length ? count : "No page was found. Please try another word.";
    get("status").textContent = [...notes, said].join(" ");
    get("more").hidden = items.length <= PAGES;
    get("more").onclick = () => {
      get("more").hidden = true;
      get("results").append(...items.slice(PAGES));
      items[PAGES].querySelector("a").focus();
    };
  };

  get("needs-script").hidden = true;
  get("form").hidden = false;
  get("form").addEventListener("submit", (event) => {
    event.preventDefault();
    show(get("words").value);
  });
  if (location.hash === "#search-words") get("words").focus();
  // A field of the theme sends its words in the address: they are taken out of it.
  const sent = new URLSearchParams(location.search).get("q");
  if (sent) {
    history.replaceState(null, "", location.pathname);
    get("words").value = sent;
    show(sent);
  }
})();
