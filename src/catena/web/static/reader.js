// The reading page: highlights without touching the text's elements, and the way between text and margin.

import { isTaken } from "./keys.js";
import { fromUtf16 } from "./offsets.js";
import { lineAt, lines, toRanges } from "./places.js";
import { addVoices } from "./voices.js";

/** @typedef {[start: number, end: number, kind: string, role: string, id: string]} Mark */

const HOLDS = new Set(["exact", "exact-spelling", "other-edition", "formula"]);
const OPEN = new Set(["variant", "not-found", "ambiguous", "unreadable"]);
const KINDS = new Map([
  ["quotation", "quotation"], ["attribution", "attribution"], ["reuse", "reuse"], ["translation", ""], ["date", "fact"],
  ["figure", "fact"], ["name", "fact"], ["event", "fact"], ["citation", "fact"], ["isnad", "fact"], ["section", ""], ["language", ""], ["dating", ""], ["problem", "open"],
]);
const NAMES = new Map([
  ["verdict", "verdicts"], ["quotation", "quotations"], ["attribution", "reports"], ["date", "dates"],
  ["figure", "figures"], ["name", "names"], ["event", "events"], ["section", "sections"], ["language", "languages"], ["reuse", "shared passages"], ["translation", "possible translations"], ["citation", "citations"], ["isnad", "chains of narrators"],
]);

const article = /** @type {HTMLElement} */ (document.querySelector(".reading"));
const cards = /** @type {HTMLDetailsElement[]} */ ([...document.querySelectorAll(".card")]);
/** @type {Set<string>} */
const off = new Set();
let voice = "";
let current = -1;

/**
 * The name of the highlight that a mark belongs to; "" for none.
 * @param {string} kind
 * @returns {string}
 */
function styleOf(kind) {
  const known = KINDS.get(kind);
  if (known !== undefined) return known;
  if (HOLDS.has(kind)) return "holds";
  return OPEN.has(kind) ? "open" : "differs";
}

/** @param {Mark[]} marks */
function paint(marks) {
  /** @type {Map<string, StaticRange[]>} */
  const groups = new Map();
  for (const [start, end, kind] of marks) {
    const style = styleOf(kind);
    if (!style) continue;
    const group = groups.get(style) ?? [];
    group.push(...toRanges(start, end));
    groups.set(style, group);
  }
  for (const [style, ranges] of groups) CSS.highlights.set(style, new Highlight(...ranges));
}

/** @returns {HTMLDetailsElement[]} */
function visible() {
  return cards.filter((card) => !card.hidden);
}

/**
 * Move to a card and show its words in the text.
 * @param {HTMLDetailsElement} card
 * @param {boolean} toText
 */
function goTo(card, toText) {
  current = visible().indexOf(card);
  for (const other of document.querySelectorAll(".card.here")) other.classList.remove("here");
  card.classList.add("here");
  if (toText) show(Number(card.dataset.start), Number(card.dataset.end));
  else {
    CSS.highlights.set("here", new Highlight(...toRanges(Number(card.dataset.start), Number(card.dataset.end))));
    card.open = true;
    const summary = /** @type {HTMLElement} */ (card.querySelector("summary"));
    summary.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
  }
}

/**
 * The narrowest card whose words hold a code point.
 * @param {number} offset
 * @returns {HTMLDetailsElement | undefined}
 */
function cardAt(offset) {
  return visible()
    .filter((card) => Number(card.dataset.start) <= offset && offset < Number(card.dataset.end))
    .sort((a, b) => Number(a.dataset.end) - Number(a.dataset.start) - (Number(b.dataset.end) - Number(b.dataset.start)))[0];
}

/**
 * Show a stretch of the text.
 * @param {number} start
 * @param {number} end
 */
function show(start, end) {
  CSS.highlights.set("here", new Highlight(...toRanges(start, end)));
  const line = lines[lineAt(start)];
  line.tabIndex = -1;
  line.focus({ preventScroll: true });
  line.scrollIntoView({ block: "center" });
}

// A value leads to its own characters; the words of a card to the card's.
article.addEventListener("click", (event) => {
  const jump = /** @type {HTMLElement} */ (event.target).closest(".jump");
  if (!(jump instanceof HTMLAnchorElement)) return;
  event.preventDefault();
  if (jump.dataset.end) show(Number(jump.hash.slice("#at-".length)), Number(jump.dataset.end));
  else goTo(/** @type {HTMLDetailsElement} */ (jump.closest(".card")), true);
});

document.querySelector(".text")?.addEventListener("click", (event) => {
  const { clientX, clientY, target } = /** @type {MouseEvent} */ (event);
  if (!/** @type {HTMLElement} */ (target).closest(".line") || String(window.getSelection())) return;
  const caret = document.caretPositionFromPoint(clientX, clientY);
  const line = caret?.offsetNode.parentElement;
  if (!caret || !line || line.dataset.start === undefined) return;
  const offset = Number(line.dataset.start) + fromUtf16(caret.offsetNode.nodeValue ?? "", caret.offset);
  const card = cardAt(offset);
  if (card) goTo(card, false);
});

document.addEventListener("keydown", (event) => {
  if (isTaken(event)) return;
  const shown = visible();
  if ((event.key === "j" || event.key === "k") && shown.length) {
    const next = current + (event.key === "j" ? 1 : -1);
    goTo(shown[Math.min(shown.length - 1, Math.max(0, next))], false);
  }
  const inText = document.activeElement?.classList.contains("line");
  if (event.key === "Enter" && current >= 0 && shown[current]) {
    if (inText) goTo(shown[current], false);
    else if (document.activeElement?.closest(".card")) {
      event.preventDefault();
      goTo(shown[current], true);
    }
  }
});

function addFilters() {
  const box = /** @type {HTMLFieldSetElement} */ (document.querySelector(".filters"));
  for (const [kind, name] of NAMES) {
    const count = cards.filter((card) => card.dataset.kind === kind).length;
    if (!count) continue;
    const label = document.createElement("label");
    const tick = document.createElement("input");
    tick.type = "checkbox";
    tick.checked = true;
    tick.addEventListener("change", () => {
      if (tick.checked) off.delete(kind);
      else off.add(kind);
      refresh();
    });
    label.append(tick, ` ${name} ${count}`);
    box.append(label);
  }
  addVoices(box, cards, (chosen) => {
    voice = chosen;
    refresh();
  });
  box.hidden = false;
}

/** Show the cards that are asked for, and read only one voice: rows in which it says nothing step back. */
function refresh() {
  for (const card of cards) {
    const other = voice !== "" && card.dataset.voice !== voice;
    card.hidden = off.has(card.dataset.kind ?? "") || other;
  }
  for (const row of document.querySelectorAll(".row")) {
    row.classList.toggle("other", voice !== "" && !row.querySelector(".card:not([hidden])"));
  }
  current = -1;
}

function openPlace() {
  const passage = /^#at-(\d+)-(\d+)$/.exec(window.location.hash);
  if (passage) show(Number(passage[1]), Number(passage[2]));
  const place = /^#at-(\d+)$/.exec(window.location.hash);
  if (place) {
    const offset = Number(place[1]);
    lines[lineAt(offset)]?.scrollIntoView({ block: "center" });
    const card = cardAt(offset);
    if (card) goTo(card, false);
  }
  const named = /^#f-(\w+)$/.exec(window.location.hash);
  const found = named && document.getElementById(`f-${named[1]}`);
  const card = found?.closest(".card");
  if (card) goTo(/** @type {HTMLDetailsElement} */ (card), false);
  else found?.scrollIntoView({ block: "nearest" });
}

async function start() {
  addFilters();
  if (!("highlights" in CSS)) return;
  const answer = await fetch(`/api/documents/${article.dataset.number}/marks`);
  /** @type {{ marks: Mark[] }} */
  const found = await answer.json();
  paint(found.marks);
  openPlace();
  const query = new URLSearchParams(window.location.search).get("q");
  if (query) await paintHits(query);
  document.documentElement.dataset.ready = "yes";
}

/**
 * Mark the hits of the search that led here.
 * @param {string} query
 */
async function paintHits(query) {
  const answer = await fetch(`/api/search?limit=500&q=${encodeURIComponent(query)}`);
  if (!answer.ok) return;
  /** @type {{ hits: { document: { number: number }, spans: [number, number][] }[] }} */
  const found = await answer.json();
  const mine = found.hits.find((hit) => String(hit.document.number) === article.dataset.number);
  const ranges = (mine?.spans ?? []).flatMap(([from, to]) => toRanges(from, to));
  if (!ranges.length || !mine) return;
  CSS.highlights.set("hit", new Highlight(...ranges));
  if (!window.location.hash) lines[lineAt(mine.spans[0][0])].scrollIntoView({ block: "center" });
}

window.addEventListener("hashchange", openPlace);
await start();
