// Room to write below each item of a numbered list of the class "questions".
//
// What is written lives in the open page. It is kept in the browser, under one name, only as long
// as the reader has ticked the box for it, and is never sent. Without this script, the page is a
// sheet to print, with lines to write on.
// - A note is kept with the words of its question and of the headings above it, so that it never
//   stands below another question. What has lost its question is shown at the end.
// - What is kept is data from strangers: it is checked when it is read, and shown as text alone.
"use strict";

(() => {
  const KEY = `evidence-answers: ${document.currentScript.dataset.project}`;
  const VERSION = 1;
  const FREE = "You can write below each question. Nothing is sent, and what you write is gone when "
    + "you leave this page.";
  const KEPT = "Notes are kept on this device. Nothing is sent.";
  const CONSEQUENCE = "If you tick this, your notes are here when you come back, and anyone else who "
    + "uses this browser can read them, too. On a shared computer, leave the box empty. If you take "
    + "the tick away, what was kept is deleted from this device. A file that you save stays until you "
    + "delete it.";
  const NO_ROOM = "This browser cannot keep your notes. They are still on this page: save them as a "
    + "text file before you leave.";
  const UNREADABLE = "Notes are kept on this device that cannot be read. “Delete all” removes them.";
  const EMPTY = "Nothing has been written yet.";

  const make = (name, properties, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };
  const words = (element) => element.textContent.replace(/\s+/g, " ").trim();
  /** The headings of the sections that an element is in, from the top; a theme adds a mark to each. */
  const headings = (element) => {
    const section = element.parentElement?.closest("section");
    if (!section) return [];
    const heading = section.querySelector("h1, h2, h3, h4, h5, h6")?.cloneNode(true);
    heading?.querySelectorAll(".headerlink").forEach((mark) => mark.remove());
    return [...headings(section), ...(heading ? [words(heading)] : [])];
  };

  // -- The page ------------------------------------------------------------------

  const lists = [...document.querySelectorAll("ol.questions")];
  if (!lists.length) return;
  const answers = lists.flatMap((list) => [...list.children].map((item, index) => (
    { item, number: list.start + index, path: headings(list), question: words(item) })));
  const pending = new Set(); // answers that have changed since they were kept
  const others = new Map(); // notes whose questions are not on this page, by what they were
  const seen = new Map();
  answers.forEach((answer, index) => {
    const name = [...answer.path, answer.question].join(": ");
    seen.set(name, (seen.get(name) ?? 0) + 1);
    answer.name = seen.get(name) > 1 ? `${name} (${seen.get(name)})` : name;
    answer.field = make("textarea", { id: `evidence-answer-${index + 1}`, rows: 3, autocomplete: "off" });
    answer.copy = make("div", { className: "answer-copy" }); // gives the height, and is printed
    const asked = [...answer.item.children].map((part, place) => {
      part.id ||= `evidence-question-${index + 1}-${place + 1}`;
      return part.id;
    });
    answer.field.setAttribute("aria-describedby", asked.join(" "));
    answer.field.addEventListener("input", () => change(answer));
    const label = `Your notes on question ${answer.number}`;
    answer.item.append(make("div", { className: "answer" },
      make("label", { htmlFor: answer.field.id, textContent: label }),
      make("div", { className: "answer-text" }, answer.copy, answer.field)));
  });

  const button = (textContent, act) => {
    const made = make("button", { type: "button", textContent });
    made.addEventListener("click", act);
    return made;
  };
  const box = make("input", { type: "checkbox", id: "evidence-answers-keep", autocomplete: "off" });
  box.setAttribute("aria-describedby", "evidence-answers-consequence");
  box.addEventListener("change", () => (box.checked ? keep() : forget()));
  const elsewhere = make("div", { className: "answers-elsewhere" });
  const intro = make("span");
  const status = make("p", { className: "answers-status", role: "status" });
  const panel = make("fieldset", { className: "answers", id: "evidence-answers" },
    make("legend", { textContent: "Your notes" }),
    elsewhere,
    make("p", {}, box, make("label", { htmlFor: box.id, textContent: "Keep my notes on this device" })),
    make("p", { id: "evidence-answers-consequence", textContent: CONSEQUENCE }),
    make("p", { className: "answers-buttons" },
      button("Save as a text file", save),
      button("Print my notes", () => print()),
      button("Delete all", remove)));
  lists[0].before(make("p", { className: "answers-intro" }, intro, " ",
    make("a", { href: "#evidence-answers", textContent: "Keep, save, print or delete your notes" }), "."));
  lists.at(-1).after(panel);
  // Last in what holds all questions, so that it is in sight wherever the reader is among them.
  const whole = document.createRange();
  whole.setStartBefore(lists[0]);
  whole.setEndAfter(panel);
  whole.commonAncestorContainer.append(status);

  const say = (text) => { status.textContent = text; };
  const fill = (answer, text) => {
    answer.field.value = text;
    answer.copy.textContent = text && `${text} `; // a last line break counts only before something
  };
  const written = () => others.size > 0 || answers.some(({ field }) => field.value.trim());
  const show = () => {
    intro.textContent = box.checked ? KEPT : FREE;
    elsewhere.replaceChildren(...[...others].flatMap(([name, text]) => [
      make("p", { className: "answers-name", textContent: name }),
      make("p", { className: "answers-note", textContent: text }),
    ]));
    if (others.size) {
      elsewhere.prepend(make("p", { textContent:
        "Notes on questions that were changed, were removed or are on another page:" }));
    }
  };

  // -- Leaving -------------------------------------------------------------------

  const warn = (event) => event.preventDefault();
  /** Whether leaving would lose something, of which the browser then warns. */
  const mark = (unsaved) => {
    (unsaved && written() ? addEventListener : removeEventListener)("beforeunload", warn);
  };
  const clear = () => {
    pending.clear();
    answers.forEach((answer) => fill(answer, ""));
    others.clear();
    box.checked = false;
    mark(false);
    show();
  };

  // -- What is kept --------------------------------------------------------------

  /** The notes that are kept, by their names; null where there are none, or it is forbidden. */
  const kept = () => {
    let text;
    try { text = localStorage.getItem(KEY); } catch { return null; }
    if (text === null) return null;
    const { version, notes } = JSON.parse(text);
    const sound = version === VERSION && Array.isArray(notes) && notes.every((note) =>
      Array.isArray(note) && note.length === 2 && note.every((part) => typeof part === "string"));
    if (!sound) throw new TypeError(UNREADABLE);
    return new Map(notes);
  };
  /** Keep what is written now; notes that another window has written stay as they are. */
  const store = () => {
    let notes = new Map();
    try { notes = kept() ?? notes; } catch { /* told when the page was opened */ }
    others.forEach((text, name) => notes.set(name, text));
    for (const { name, field } of pending) {
      if (field.value.trim()) notes.set(name, field.value);
      else notes.delete(name);
    }
    try {
      localStorage.setItem(KEY, JSON.stringify({ version: VERSION, notes: [...notes] }));
    } catch {
      if (status.textContent !== NO_ROOM) say(NO_ROOM); // once, and not at each key
      return false;
    }
    pending.clear();
    restore(notes);
    return true;
  };
  const restore = (notes) => {
    const here = new Map(answers.map((answer) => [answer.name, answer]));
    others.clear();
    for (const [name, text] of notes) {
      if (!here.has(name)) others.set(name, text);
      else if (here.get(name).field !== document.activeElement) fill(here.get(name), text);
    }
    show();
  };

  function change(answer) {
    fill(answer, answer.field.value);
    pending.add(answer);
    const safe = box.checked && store();
    if (safe || !box.checked) say("");
    mark(!safe);
  }
  function keep() {
    answers.filter(({ field }) => field.value.trim()).forEach((answer) => pending.add(answer));
    box.checked = store();
    if (box.checked) say("Your notes are kept on this device.");
    mark(!box.checked);
    show();
  }
  function forget() {
    try { localStorage.removeItem(KEY); } catch { /* then nothing was kept */ }
    mark(true);
    show();
    say("Nothing is kept on this device. Your notes are on this page until you leave it.");
  }
  function remove() {
    let found = true;
    try { found = localStorage.getItem(KEY) !== null; } catch { found = false; }
    if (!found && !written()) return say(EMPTY);
    if (!confirm("Delete all notes, on this page and on this device? They cannot be brought back.")) return;
    forget();
    clear();
    say("All notes are deleted.");
  }
  function save() {
    if (!written()) return say(EMPTY);
    const title = answers[0].path[0] ?? document.title;
    const lines = [title];
    let above = "";
    for (const { path, number, question, field } of answers) {
      const heading = path.slice(1).join(": ");
      if (heading !== above) lines.push((above = heading));
      lines.push(`${number}. ${question}`, field.value.trim());
    }
    others.forEach((text, name) => lines.push(name, text));
    const file = new Blob([`${lines.filter(Boolean).join("\n\n")}\n`], { type: "text/plain" });
    const href = URL.createObjectURL(file);
    const name = title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-");
    make("a", { href, download: `${name}-notes.txt` }).click();
    setTimeout(() => URL.revokeObjectURL(href), 60_000);
    mark(false);
    say("Your notes are saved as a text file.");
  }

  // -- Beginning, other windows, and the way back --------------------------------

  try {
    const notes = kept();
    box.checked = Boolean(notes);
    restore(notes ?? new Map());
  } catch {
    show();
    say(UNREADABLE);
  }
  /** Show what another window has kept or deleted meanwhile. */
  const follow = () => {
    if (!box.checked || pending.size) return;
    let notes = null;
    try { notes = kept(); } catch { /* as if it were deleted */ }
    if (notes) return restore(notes);
    clear();
    say("Your notes were removed from this device in another window.");
  };
  addEventListener("storage", follow);
  addEventListener("pageshow", follow);
  // The next reader at this device may go back to the page, of which browsers keep some for a while.
  addEventListener("pagehide", () => box.checked || clear());
})();
