// Coding with mouse and keyboard: select words, press the key of a code (or c to choose). The forms of the page do the
// work; without this script they code whole documents. s begins a selection by keyboard, arrows move it by words.

import { isTaken } from "./keys.js";
import { addLinks, showLinks, toLinkLine } from "./links.js";
import { lineAt, lines, starts, toOffset, toRanges } from "./places.js";

/**
 * @typedef {{ id: string, kind: string, start: number | null, end: number | null, words: string, code: string,
 *   name: string, color: string, memo: string, done: boolean, corrects: string, person: string,
 *   other: import("./links.js").OtherEnd | null }} Note
 */

let corrections = "";
const article = /** @type {HTMLElement} */ (document.querySelector(".reading"));
const number = article.dataset.number ?? "";
const said = /** @type {HTMLElement} */ (document.getElementById("coding-said"));
const list = /** @type {HTMLElement} */ (document.getElementById("notes"));
const codeForm = /** @type {HTMLFormElement | null} */ (document.getElementById("code-form"));
const memoForm = /** @type {HTMLFormElement} */ (document.getElementById("memo-form"));
const choice = /** @type {HTMLSelectElement | null} */ (document.getElementById("code-choice"));
const button = /** @type {HTMLButtonElement | null} */ (document.getElementById("code-button"));

/** The passage to be coded, in code points. @type {[number, number] | null} */
let chosen = null;
/** Words of the text while a selection is made by keyboard. @type {{ words: [number, number][], anchor: number, focus: number } | null} */
let walking = null;

/** @param {string} words */
function tell(words) {
  said.textContent = words;
}

/** @param {[number, number] | null} place */
function choose(place) {
  chosen = place;
  if (place) CSS.highlights?.set("chosen", new Highlight(...toRanges(place[0], place[1])));
  else CSS.highlights?.delete("chosen");
  if (button) button.textContent = place ? "Code the selected words" : "Code the whole document";
  for (const on of document.querySelectorAll(".memo-place")) on.textContent = place ? "the selected words" : "the document";
}

/** The words of a place as they stand on the page. @param {[number, number]} place */
function wordsOf([start, end]) {
  return toRanges(start, end)
    .map((range) => (range.startContainer.nodeValue ?? "").slice(range.startOffset, range.endOffset))
    .join(" ");
}

document.addEventListener("selectionchange", () => {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return;
  const range = selection.getRangeAt(0);
  const start = toOffset(range.startContainer, range.startOffset);
  const end = toOffset(range.endContainer, range.endOffset);
  if (start !== undefined && end !== undefined && start < end) {
    walking = null;
    choose([start, end]);
  }
});

/**
 * Send a form and show what it changed.
 * @param {string} address
 * @param {Record<string, string>} fields
 * @returns {Promise<boolean>}
 */
async function send(address, fields) {
  const body = new URLSearchParams({ document: number, ...fields });
  let answer;
  try {
    answer = await fetch(address, { method: "POST", body, headers: { accept: "application/json" } });
  } catch {
    tell("The reader no longer answers: nothing was kept. Start it again; what you typed is still here.");
    return false;
  }
  if (!answer.ok) {
    const text = await answer.text();
    const told = new DOMParser().parseFromString(text, "text/html").querySelector("[role=alert]")?.textContent;
    tell(told ?? text.slice(0, 200));
    return false;
  }
  /** @type {{ notes: Note[], said?: string }} */
  const found = await answer.json();
  if (toCorrections(found.notes) !== corrections) {
    window.location.reload(); // corrections stand in the cards, which the server makes
    return true;
  }
  show(found.notes);
  if (found.said) tell(found.said);
  return true;
}

/** The corrections among notes, as one string. @param {Note[]} notes */
function toCorrections(notes) {
  return notes.filter((note) => note.corrects).map((note) => note.id).sort().join(" ");
}

/** @param {Record<string, string>} fields */
function withPlace(fields) {
  return chosen ? { ...fields, start: String(chosen[0]), end: String(chosen[1]) } : fields;
}

/** @param {string} code @param {string} name */
async function code(code, name) {
  const memo = /** @type {HTMLInputElement | null} */ (document.getElementById("code-memo"));
  const place = chosen;
  if (!(await send(`/doc/${number}/code`, withPlace({ code, memo: memo?.value ?? "" })))) return;
  tell(`${name}: ${place ? `“${wordsOf(place).slice(0, 60)}”` : "whole document"}`);
  if (memo) memo.value = "";
  leave();
}

function leave() {
  walking = null;
  choose(null);
  document.getSelection()?.removeAllRanges();
}

/** @param {Note[]} notes */
function show(notes) {
  const shown = notes.filter((note) => !note.done);
  list.replaceChildren(...shown.map(toItem));
  const count = document.getElementById("note-count");
  if (count) count.textContent = String(shown.length);
  showLinks(shown);
  paint(shown);
}

/** @param {Note} note */
function toItem(note) {
  const item = document.createElement("li");
  item.className = "note-card";
  item.dataset.id = note.id;
  if (note.start !== null) {
    item.dataset.noteStart = String(note.start);
    item.dataset.noteEnd = String(note.end);
  }
  const name = document.createElement("span");
  name.className = note.kind === "coding" ? "code-name" : "kind";
  const label = document.createElement("bdi");
  label.textContent = note.kind === "coding" ? note.name || "deleted code" : note.kind;
  if (note.color) name.append(toSwatch(note.color));
  name.append(label);
  item.append(name, " ");
  if (note.start === null) item.append(note.kind === "memo" ? "" : "whole document");
  else {
    const link = document.createElement("a");
    link.href = `#at-${note.start}`;
    link.className = "to-words";
    const words = document.createElement("bdi");
    words.textContent = `“${[...note.words].slice(0, 120).join("")}”`;
    link.append(words);
    item.append(link);
  }
  if (note.other) item.append(" ", ...toLinkLine(note));
  if (note.memo) {
    const memo = document.createElement("p");
    memo.className = "memo";
    memo.dir = "auto";
    memo.textContent = note.memo;
    item.append(memo);
  }
  const remove = document.createElement("button");
  remove.textContent = "Remove";
  remove.setAttribute("aria-label", `Remove ${note.name || "memo"}: ${note.words.slice(0, 40)}`);
  remove.addEventListener("click", () => void send(`/doc/${number}/change`, { id: note.id, remove: "yes" }));
  item.append(" ", remove);
  return item;
}

/** @param {string} color */
function toSwatch(color) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 10 10");
  svg.setAttribute("class", "swatch");
  svg.setAttribute("aria-hidden", "true");
  const box = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  for (const [key, value] of Object.entries({ width: "10", height: "10", rx: "2", fill: color })) box.setAttribute(key, value);
  svg.append(box);
  return svg;
}

/** @param {Note[]} notes */
function paint(notes) {
  if (!("highlights" in CSS)) return;
  for (const [name, kind] of [["coded", "coding"], ["memoed", "memo"], ["linked", "link"]]) {
    const ranges = notes.filter((note) => note.kind === kind && note.start !== null)
      .flatMap((note) => toRanges(Number(note.start), Number(note.end)));
    CSS.highlights.set(name, new Highlight(...ranges));
  }
}

const links = addLinks({ chosen: () => chosen, choose, wordsOf, send, withPlace, tell, leave });

// ---- the keyboard ----

/** Every word of the text. @returns {[number, number][]} */
function findWords() {
  const parts = new Intl.Segmenter(document.documentElement.lang, { granularity: "word" });
  return lines.flatMap((line, at) => {
    let from = starts[at];
    return [...parts.segment(line.textContent ?? "")].flatMap(({ segment, isWordLike }) => {
      const start = from;
      from += [...segment].length;
      return isWordLike ? [/** @type {[number, number]} */ ([start, from])] : [];
    });
  });
}

function walk() {
  const words = findWords();
  if (!words.length) return;
  const line = /** @type {HTMLElement | null} */ (document.activeElement?.closest(".line"));
  const top = line ?? lines.find((one) => one.getBoundingClientRect().bottom > 80) ?? lines[0];
  const first = Math.max(0, words.findIndex(([start]) => start >= Number(top.dataset.start)));
  walking = { words, anchor: first, focus: first };
  take(walking);
}

/** @param {{ words: [number, number][], anchor: number, focus: number }} state */
function take({ words, anchor, focus }) {
  const place = /** @type {[number, number]} */ ([words[Math.min(anchor, focus)][0], words[Math.max(anchor, focus)][1]]);
  choose(place);
  lines[lineAt(words[focus][0])].scrollIntoView({ block: "nearest" });
  tell(wordsOf(place));
}

/** @param {KeyboardEvent} event */
function move(event) {
  if (!walking) return false;
  const rtl = lines[lineAt(walking.words[walking.focus][0])].matches(":dir(rtl)");
  const steps = /** @type {Record<string, number>} */ ({ ArrowRight: rtl ? -1 : 1, ArrowLeft: rtl ? 1 : -1, ArrowDown: 10, ArrowUp: -10 });
  const step = steps[event.key];
  if (step === undefined) return false;
  const last = walking.words.length - 1;
  const focus = Math.min(last, Math.max(0, walking.focus + step));
  walking = { words: walking.words, focus, anchor: event.shiftKey ? walking.anchor : focus };
  take(walking);
  return true;
}

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && !isField(event) && (event.key === "z" || event.key === "y" || event.key === "Z")) {
    event.preventDefault();
    void send(event.key === "z" ? "/undo" : "/redo", {});
    return;
  }
  if (isTaken(event)) return;
  if (walking && move(event)) {
    event.preventDefault();
    return;
  }
  if (event.key === "Escape") {
    if (chosen || walking) leave();
    else links.drop();
  } else if (event.key === "L" || (event.key === "l" && !(chosen && hasKey("l")))) {
    event.preventDefault();
    links.press();
  }
  else if (event.key === "s") walk();
  else if (event.key === "u") void send("/undo", {});
  else if (event.key === "U") void send("/redo", {});
  else if (event.key === "c" && choice) {
    event.preventDefault();
    choice.focus();
  } else if (event.key === "m") {
    event.preventDefault();
    document.getElementById("memo-text")?.focus();
  } else if (chosen) {
    const option = [...(choice?.options ?? [])].find((one) => one.dataset.key === event.key);
    if (option) {
      event.preventDefault();
      void code(option.value, option.text);
    }
  }
});

/** True when a code has this key of its own, which then stays that code's. @param {string} key */
function hasKey(key) {
  return [...(choice?.options ?? [])].some((one) => one.dataset.key === key);
}

/** @param {KeyboardEvent} event */
function isField(event) {
  return /^(INPUT|TEXTAREA|SELECT)$/.test(/** @type {HTMLElement} */ (event.target).tagName);
}

codeForm?.addEventListener("submit", (event) => {
  event.preventDefault();
  if (choice) void code(choice.value, choice.selectedOptions[0].text);
});
memoForm.addEventListener("submit", async (event) => {
  event.preventDefault();
  const field = /** @type {HTMLInputElement} */ (document.getElementById("memo-text"));
  if (await send(`/doc/${number}/memo`, withPlace({ text: field.value }))) {
    field.value = "";
    tell("memo written");
    leave();
  }
});
for (const [id, address] of [["undo", "/undo"], ["redo", "/redo"]]) {
  document.getElementById(id)?.addEventListener("click", (event) => {
    event.preventDefault();
    void send(address, {});
  });
}
// Selecting ends where the pointer goes down outside of the text, but not in the panel that uses the selection.
document.addEventListener("pointerdown", (event) => {
  const target = /** @type {HTMLElement} */ (event.target);
  if (target.closest(".line")) choose(null);
});

const first = await fetch(`/api/documents/${number}/notes`);
if (first.ok) {
  const { notes } = await first.json();
  corrections = toCorrections(notes);
  show(notes);
}
document.documentElement.dataset.coding = "ready";
