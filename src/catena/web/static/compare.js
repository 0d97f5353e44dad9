// Panes that scroll together: what answers to each other stays at one height. Without this script each scrolls alone.

import "./keys.js";

const EYE = 0.3; // share of a pane's height at which the reader is thought to read

const panes = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".pane")]);
/** Where we put a pane ourselves: its scroll event is no wish of the reader. @type {Map<HTMLElement, number>} */
const placed = new Map();

/**
 * Top and bottom of each row of a pane, in pixels from its beginning.
 * @param {HTMLElement} pane
 * @returns {Map<string, [top: number, bottom: number]>}
 */
function rowsOf(pane) {
  const blocks = /** @type {HTMLElement[]} */ ([...pane.querySelectorAll("[data-row]")]);
  return new Map(blocks.map((block) => [block.dataset.row ?? "", [block.offsetTop, block.offsetTop + block.offsetHeight]]));
}

/**
 * The height in `other` that answers to height `at` in `pane`: in a row of both by share, between rows by the gap.
 * @param {number} at
 * @param {HTMLElement} pane
 * @param {HTMLElement} other
 * @returns {number}
 */
function answer(at, pane, other) {
  const theirs = rowsOf(other);
  const fixed = /** @type {[number, number][]} */ ([[0, 0]]);
  for (const [row, [top, bottom]] of rowsOf(pane)) {
    const held = theirs.get(row);
    if (held) fixed.push([top, held[0]], [bottom, held[1]]);
  }
  fixed.push([pane.scrollHeight, other.scrollHeight]);
  const next = Math.max(1, fixed.findIndex(([mine]) => mine > at));
  const [[low, from], [high, to]] = [fixed[next - 1], fixed[next]];
  return high > low ? from + ((at - low) / (high - low)) * (to - from) : from;
}

/** @param {HTMLElement} pane */
function follow(pane) {
  const end = pane.scrollHeight - pane.clientHeight;
  for (const other of panes) {
    if (other === pane) continue;
    const eye = EYE * pane.clientHeight;
    const last = other.scrollHeight - other.clientHeight;
    const wanted = pane.scrollTop >= end - 1 ? last : answer(pane.scrollTop + eye, pane, other) - EYE * other.clientHeight;
    const top = pane.scrollTop <= 0 ? 0 : Math.round(Math.min(last, Math.max(0, wanted)));
    if (Math.abs(other.scrollTop - top) < 1) continue;
    placed.set(other, top);
    other.scrollTop = top;
  }
}

const label = document.getElementById("together");
const tick = /** @type {HTMLInputElement | null | undefined} */ (label?.querySelector("input"));
if (label) label.hidden = false;
for (const pane of panes) {
  pane.addEventListener("scroll", () => {
    const ours = placed.get(pane);
    placed.delete(pane);
    if (ours !== undefined && Math.abs(ours - pane.scrollTop) < 2) return;
    if (tick?.checked) follow(pane);
  }, { passive: true });
}
document.documentElement.dataset.ready = "yes";
