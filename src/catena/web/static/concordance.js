// A concordance of any length: only the lines in view stand in the page. Without this script the page has 100 lines and
// links to the next.

import "./keys.js";

/** @typedef {[number: number, name: string, start: number, left: string, node: string, right: string]} Line */

const AHEAD = 2; // screens fetched before and after the one in view, once nobody scrolls: most steps then wait for nothing
const CALM = 60; // milliseconds without a scroll after which nobody does; in a drag only what is seen is fetched
const HELD = 20_000; // lines kept, about 6 MB
const HEIGHT = 30; // pixels of a line; the style sheet says the same
const MOST = 500_000; // pixels; browsers lose precision in very tall boxes far above this many lines

const box = /** @type {HTMLElement | null} */ (document.getElementById("lines"));

/** @param {HTMLElement} region */
function start(region) {
  const total = Number(region.dataset.total);
  const parameters = region.dataset.parameters ?? "";
  const sort = region.dataset.sort ?? "place";
  /** @type {Map<number, Line>} */
  const lines = new Map();
  const scale = Math.max(1, (total * HEIGHT) / (MOST * 20));
  const body = /** @type {HTMLElement} */ (region.querySelector("tbody"));
  const table = /** @type {HTMLElement} */ (region.querySelector("table"));
  const tall = document.createElement("div");
  tall.className = "tall";
  region.prepend(tall);
  region.classList.add("rolling");
  tall.style.setProperty("block-size", `${(total * HEIGHT) / scale}px`);

  /** The part of a range that is not here yet. @param {number} first @param {number} last */
  function missing(first, last) {
    while (first < last && lines.has(first)) first += 1;
    while (last > first && lines.has(last - 1)) last -= 1;
    return /** @type {const} */ ([first, last]);
  }

  /** Sorted lines come each from another document: no more are asked for than are missing.
   * @param {number} first @param {number} last */
  async function fetchLines(first, last) {
    const answer = await fetch(`/api/concordance?${parameters}&sort=${sort}&offset=${first}&limit=${last - first}`);
    const found = /** @type {{ lines: Line[] }} */ (await answer.json());
    if (lines.size > HELD) lines.clear();
    for (const [at, line] of found.lines.entries()) lines.set(first + at, line);
    region.dataset.held = String(lines.size);
  }

  /** @param {string} tag @param {string} name @param {string} words */
  function cell(tag, name, words) {
    const outer = document.createElement("td");
    outer.className = name;
    const inner = document.createElement(tag);
    inner.dir = "auto";
    inner.textContent = words;
    outer.append(inner);
    return outer;
  }

  /** @param {Line} line @param {number} number */
  function toRow([document_, name, at, left, node, right], number) {
    const row = document.createElement("tr");
    row.setAttribute("aria-rowindex", String(number + 1));
    const from = document.createElement("td");
    from.className = "from";
    const link = document.createElement("a");
    link.href = `/doc/${document_}?${parameters}#at-${at}`;
    const title = document.createElement("bdi");
    title.textContent = name;
    link.append(title);
    from.append(link);
    row.append(from, cell("bdi", "left", left), cell("mark", "node", node), cell("bdi", "right", right));
    return row;
  }

  /** The lines in view, and how many fill the view. */
  function find() {
    const first = Math.min(Math.max(0, total - 1), Math.floor((region.scrollTop * scale) / HEIGHT));
    const rows = Math.ceil(region.clientHeight / HEIGHT) + 2;
    return { first, last: Math.min(total, first + rows), rows };
  }

  let asking = false;
  let timer = 0;

  /** Draw the lines in view; those that are missing are fetched first, one answer after the other: in a drag what was
   * passed meanwhile is never asked for. */
  async function paint() {
    clearTimeout(timer);
    if (asking) return;
    for (let [low, high] = lack(); low < high; [low, high] = lack()) {
      asking = true;
      try {
        await fetchLines(low, high);
      } finally {
        asking = false;
      }
      if (missing(low, high)[0] === low) break; // no such lines any more: the collection has changed
    }
    draw();
    timer = window.setTimeout(() => void look(), CALM);
  }

  function lack() {
    const { first, last } = find();
    return missing(first, last);
  }

  /** Fetch the screens around the view, which a person comes to next. */
  async function look() {
    const { first, last, rows } = find();
    const [low, high] = missing(Math.max(0, first - AHEAD * rows), Math.min(total, last + AHEAD * rows));
    if (low < high) await fetchLines(low, high);
  }

  function draw() {
    const { first, last } = find();
    const held = document.activeElement?.closest("tr")?.getAttribute("aria-rowindex");
    const rows = [];
    for (let number = first; number < last; number += 1) {
      const line = lines.get(number);
      if (line) rows.push(toRow(line, number));
    }
    body.replaceChildren(...rows);
    table.style.setProperty("inset-block-start", `${region.scrollTop}px`);
    if (held) /** @type {HTMLElement | null} */ (body.querySelector(`tr[aria-rowindex="${held}"] a`))?.focus({ preventScroll: true });
    region.setAttribute("aria-label", `Lines ${first + 1} to ${last} of ${total}`);
    region.dataset.first = String(first);
    document.documentElement.dataset.ready = "yes";
  }

  table.setAttribute("aria-rowcount", String(total));
  region.addEventListener("scroll", () => void paint(), { passive: true });
  region.scrollTop = (Number(region.dataset.offset) * HEIGHT) / scale;
  void paint();
}

if (box && Number(box.dataset.total) > 0) start(box);
else document.documentElement.dataset.ready = "yes";
