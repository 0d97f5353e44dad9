// Keys that work on every page: / to search, ? for help. The first end of a link goes along, too.

import "./linkend.js";

/**
 * True when the key belongs to the field that has the focus, or to the browser.
 * @param {KeyboardEvent} event
 * @returns {boolean}
 */
export function isTaken(event) {
  const target = /** @type {HTMLElement} */ (event.target);
  return event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

document.addEventListener("keydown", (event) => {
  const field = /** @type {HTMLInputElement | null} */ (document.getElementById("q"));
  if (event.key === "Escape" && field && document.activeElement === field) field.blur();
  if (isTaken(event)) return;
  if (event.key === "/" && field) {
    event.preventDefault();
    field.focus();
    field.select();
  }
  if (event.key === "?") window.location.assign("/help");
});
