// A concordance of any length: only the lines in view stand in the page. Without this script the page has 100 lines and
// links to the next.

import "./keys.js";

/** @typedef {[number: number, name: string, start: number, left: string, node: string, right: string]} Line */

const PAGE = 100; // lines fetched at once: three screens; sorted lines come each from another document
const HEIGHT = 30; // pixels of a line; the style sheet says the same
const MOST = 500_000; // pixels; browsers lose precision in very tall boxes far above this many lines

const box = /** @type {HTMLElement | null} */ (document.getElementById("lines"));

/** @param {HTMLElement} region */
function start(region) {
  const total = Number(region.dataset.total);
  const parameters = region.dataset.parameters ?? "";
  const sort = region.dataset.sort ?? "place";
  /** @type {Map<number, Line[]>} */
  const pages = new Map();
  /** @type {Map<number, Promise<void>>} */
  const coming = new Map();
  const scale = Math.max(1, (total * HEIGHT) / (MOST * 20));
  const body = /** @type {HTMLElement} */ (region.querySelector("tbody"));
  const table = /** @type {HTMLElement} */ (region.querySelector("table"));
  const tall = document.createElement("div");
  tall.className = "tall";
  region.prepend(tall);
  region.classList.add("rolling");
  tall.style.setProperty("block-size", `${(total * HEIGHT) / scale}px`);

  /** @param {number} page */
  function fetchPage(page) {
    if (pages.has(page)) return Promise.resolve();
    const known = coming.get(page);
    if (known) return known;
    const asked = fetch(`/api/concordance?${parameters}&sort=${sort}&offset=${page * PAGE}&limit=${PAGE}`)
      .then((answer) => answer.json())
      .then((/** @type {{ lines: Line[] }} */ found) => {
        pages.set(page, found.lines);
        coming.delete(page);
      });
    coming.set(page, asked);
    return asked;
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

  let wanted = 0;
  async function paint() {
    const mine = (wanted += 1);
    const first = Math.min(Math.max(0, total - 1), Math.floor((region.scrollTop * scale) / HEIGHT));
    const last = Math.min(total, first + Math.ceil(region.clientHeight / HEIGHT) + 2);
    const needed = [];
    for (let page = Math.floor(first / PAGE); page * PAGE < last; page += 1) needed.push(fetchPage(page));
    await Promise.all(needed);
    if (mine !== wanted) return;
    const held = document.activeElement?.closest("tr")?.getAttribute("aria-rowindex");
    const rows = [];
    for (let number = first; number < last; number += 1) {
      const line = pages.get(Math.floor(number / PAGE))?.[number % PAGE];
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
