// Links between passages: l takes the first end, l again at the other end asks how the two stand to each other.

import { dropEnd, heldEnd, holdEnd, isolate } from "./linkend.js";
import { lineAt, lines } from "./places.js";

/**
 * @typedef {{ direction: string, number: number | null, title: string, start: number | null, end: number | null,
 *   words: string, state: string }} OtherEnd
 * @typedef {{ id: string, name: string, start: number | null, end: number | null, words: string,
 *   other: OtherEnd | null }} Linked
 * @typedef {[number, number]} Place
 * @typedef {object} Tools
 * @property {() => Place | null} chosen
 * @property {(place: Place) => void} choose
 * @property {(place: Place) => string} wordsOf
 * @property {(address: string, fields: Record<string, string>) => Promise<boolean>} send
 * @property {(fields: Record<string, string>) => Record<string, string>} withPlace
 * @property {(words: string) => void} tell
 * @property {() => void} leave
 */

const article = /** @type {HTMLElement} */ (document.querySelector(".reading"));
const form = /** @type {HTMLFormElement} */ (document.getElementById("link-form"));
const origin = /** @type {HTMLInputElement} */ (document.getElementById("link-origin"));
const relation = /** @type {HTMLInputElement} */ (document.getElementById("link-relation"));
const memo = /** @type {HTMLInputElement} */ (document.getElementById("link-memo"));
const words = /** @type {HTMLElement} */ (document.getElementById("link-words"));

/** The end that the form names: the one taken, unless another document was written there. */
function named() {
  const end = heldEnd();
  return end && end.path === origin.value ? end : null;
}

function fill() {
  const end = heldEnd();
  origin.value = end?.path ?? "";
  tellWords();
}

function tellWords() {
  const end = named();
  words.replaceChildren(...(end?.words ? [isolate(`“${[...end.words].slice(0, 60).join("")}”`)] : []));
}

/** The place of the note that has the focus. @returns {Place | null} */
function focused() {
  const note = /** @type {HTMLElement | null | undefined} */ (document.activeElement?.closest("[data-note-start]"));
  return note ? [Number(note.dataset.noteStart), Number(note.dataset.noteEnd)] : null;
}

/** @param {Tools} tools */
export function addLinks({ chosen, choose, wordsOf, send, withPlace, tell, leave }) {
  fill();
  origin.addEventListener("input", tellWords);
  document.addEventListener("link-end-dropped", fill);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const end = named();
    const from = end && { origin: end.number, origin_text: end.text, ...(end.start === null ? {} : { origin_start: String(end.start), origin_end: String(end.end) }) };
    const fields = { origin: origin.value, ...from, relation: relation.value, memo: memo.value };
    if (!(await send(`/doc/${article.dataset.number}/link`, withPlace(fields)))) return;
    tell(`linked: ${relation.value}`);
    offer(relation.value);
    relation.value = "";
    memo.value = "";
    relation.blur();
    dropEnd();
    leave();
  });
  return {
    /** Take the first end, or go on to name the relation. */
    press() {
      const place = chosen() ?? focused();
      if (heldEnd()) {
        if (place) choose(place);
        fill();
        relation.focus();
        return;
      }
      const found = place ? wordsOf(place) : "";
      const { number = "", text = "", path = "" } = article.dataset;
      holdEnd({ number, text, path, start: place?.[0] ?? null, end: place?.[1] ?? null, words: found });
      fill();
      leave();
      tell(`First end of a link: ${found ? `“${found.slice(0, 60)}”` : "the document"}. Choose the other end, here or in another document, and press l.`);
    },
    /** Let go of the end that is held; false when there is none. */
    drop() {
      if (!heldEnd()) return false;
      dropEnd();
      tell("The first end is let go.");
      return true;
    },
  };
}

/** The relation is offered from now on. @param {string} name */
function offer(name) {
  const held = /** @type {HTMLDataListElement} */ (document.getElementById("relations"));
  if ([...held.options].some((one) => one.value === name)) return;
  const option = document.createElement("option");
  option.value = name;
  held.append(option);
}

/** What a link says at this end: the relation and the other end. @param {Linked} note @returns {Node[]} */
export function toLinkLine({ name, other }) {
  if (!other) return [];
  const said = document.createElement("span");
  said.className = "relation";
  const hidden = document.createElement("span");
  hidden.className = "hidden";
  hidden.textContent = other.direction === "to" ? " leads to" : " comes from";
  said.append(isolate(name), other.direction === "to" ? " →" : " ←", hidden);
  const there = isolate(other.start === null ? "whole document" : `“${[...other.words].slice(0, 120).join("")}”`);
  const title = document.createElement("span");
  if (other.number === null) {
    title.className = "verdict differs";
    title.textContent = other.state;
    return [said, " ", there, " ", title].map(toNode);
  }
  const link = document.createElement("a");
  link.className = "to-other";
  link.href = `/doc/${other.number}${other.start === null ? "" : `#at-${other.start}-${other.end}`}`;
  link.append(there);
  title.className = "quiet";
  title.append(isolate(other.title));
  return [said, " ", link, " ", title].map(toNode);
}

/** @param {Node | string} part @returns {Node} */
function toNode(part) {
  return typeof part === "string" ? document.createTextNode(part) : part;
}

/** Show links in the margin beside their words. @param {Linked[]} notes */
export function showLinks(notes) {
  for (const old of document.querySelectorAll(".link-card")) old.remove();
  for (const empty of document.querySelectorAll("aside.margin.of-links:empty")) empty.remove();
  for (const note of notes) {
    if (!note.other || note.start === null) continue;
    const row = /** @type {HTMLElement | null | undefined} */ (lines[lineAt(note.start)]?.closest(".row"));
    if (!row) continue;
    const card = document.createElement("p");
    card.className = "link-card";
    card.dataset.noteStart = String(note.start);
    card.dataset.noteEnd = String(note.end);
    const own = document.createElement("span");
    own.className = "quiet";
    own.append(isolate(`“${[...note.words].slice(0, 60).join("")}”`));
    card.append(own, " ", ...toLinkLine(note));
    findMargin(row).append(card);
  }
}

/** The margin of a row; one is made where there is none. @param {HTMLElement} row */
function findMargin(row) {
  const held = row.querySelector("aside.margin");
  if (held) return held;
  const made = document.createElement("aside");
  made.className = "margin of-links";
  made.setAttribute("aria-label", "Margin");
  row.append(made);
  return made;
}
