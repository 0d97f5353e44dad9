// The first end of a link, once taken, goes along from page to page until it is used or let go.

/**
 * @typedef {{ number: string, text: string, path: string, start: number | null, end: number | null, words: string }} End
 */

const KEY = "catena-link-end";

/** The end that was taken, if any. @returns {End | null} */
export function heldEnd() {
  const found = sessionStorage.getItem(KEY);
  return found ? JSON.parse(found) : null;
}

/** @param {End} end */
export function holdEnd(end) {
  sessionStorage.setItem(KEY, JSON.stringify(end));
  showBar();
}

export function dropEnd() {
  sessionStorage.removeItem(KEY);
  showBar();
  document.dispatchEvent(new Event("link-end-dropped"));
}

/** The bar that says which end is held. */
function showBar() {
  document.getElementById("link-end")?.remove();
  const end = heldEnd();
  if (!end) return;
  const bar = document.createElement("section");
  bar.id = "link-end";
  bar.className = "link-end";
  bar.setAttribute("aria-label", "First end of a link");
  const link = document.createElement("a");
  link.href = `/doc/${end.number}${end.start === null ? "" : `#at-${end.start}-${end.end}`}`;
  link.append(isolate(end.words ? `“${[...end.words].slice(0, 80).join("")}”` : "whole document"));
  const drop = document.createElement("button");
  drop.textContent = "Let go";
  drop.addEventListener("click", dropEnd);
  bar.append("Link from ", link, " in ", isolate(end.path), ": choose the other end and press l. ", drop);
  document.querySelector("header.bar")?.append(bar);
}

/** Words of any direction. @param {string} words */
export function isolate(words) {
  const found = document.createElement("bdi");
  found.textContent = words;
  return found;
}

// Who logs in next is not told what the last person read.
if (window.location.pathname === "/login") dropEnd();
else showBar();
