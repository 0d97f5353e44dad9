// Code points to UTF-16 units: the one place in the browser where the two meet. Twin of catena/web/offsets.py.

/**
 * The UTF-16 offset of a code point offset of `text`.
 * @param {string} text
 * @param {number} offset
 * @returns {number}
 */
export function toUtf16(text, offset) {
  let units = 0;
  for (let passed = 0; passed < offset && units < text.length; passed += 1) {
    units += /** @type {number} */ (text.codePointAt(units)) > 0xffff ? 2 : 1;
  }
  return units;
}

/**
 * The code point offset of a UTF-16 offset of `text`; one inside a character counts as its start.
 * @param {string} text
 * @param {number} units
 * @returns {number}
 */
export function fromUtf16(text, units) {
  let offset = 0;
  for (let passed = 0; passed < text.length; offset += 1) {
    const width = /** @type {number} */ (text.codePointAt(passed)) > 0xffff ? 2 : 1;
    if (passed + width > units) return offset;
    passed += width;
  }
  return offset;
}
