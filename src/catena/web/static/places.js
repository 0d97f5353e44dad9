// Places of the text on the page: lines, code points, ranges.

import { fromUtf16, toUtf16 } from "./offsets.js";

export const lines = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".line")]);
export const starts = lines.map((line) => Number(line.dataset.start));

/**
 * The line that holds a code point of the document.
 * @param {number} offset
 * @returns {number}
 */
export function lineAt(offset) {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= offset) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}

/**
 * Ranges of the page for a range of code points: one a line, since the margin stands between lines.
 * @param {number} start
 * @param {number} end
 * @returns {StaticRange[]}
 */
export function toRanges(start, end) {
  const ranges = [];
  for (let number = lineAt(start); number < lines.length && starts[number] < end; number += 1) {
    const node = lines[number].firstChild;
    const text = node?.nodeValue ?? "";
    const from = toUtf16(text, Math.max(0, start - starts[number]));
    const to = toUtf16(text, end - starts[number]);
    if (node && from < to) {
      ranges.push(new StaticRange({ startContainer: node, startOffset: from, endContainer: node, endOffset: to }));
    }
  }
  return ranges;
}

/**
 * The code point of the document at a place in the page; undefined outside of the text.
 * @param {Node} node
 * @param {number} offset
 * @returns {number | undefined}
 */
export function toOffset(node, offset) {
  const element = node instanceof Element ? node : node.parentElement;
  const line = /** @type {HTMLElement | null | undefined} */ (element?.closest(".line"));
  if (!line) {
    // A selection of whole lines ends at the block around them.
    const next = element?.matches(".passage") ? /** @type {HTMLElement | undefined} */ (element.children[offset]) : undefined;
    return next?.dataset.start === undefined ? undefined : Number(next.dataset.start);
  }
  const text = node.nodeType === Node.TEXT_NODE ? (node.nodeValue ?? "") : "";
  return Number(line.dataset.start) + (text ? fromUtf16(text, offset) : 0);
}
