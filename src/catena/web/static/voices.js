// “Read only this voice”: a list of who speaks in the document, those who say most first.

/**
 * The voices of the cards with how often each speaks, the commonest first.
 * @param {string[]} names
 * @returns {[string, number][]}
 */
export function countVoices(names) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
}

/**
 * Add the list to the filters; `choose` is called with the voice, or with "" for all.
 * @param {HTMLElement} box
 * @param {HTMLElement[]} cards
 * @param {(voice: string) => void} choose
 */
export function addVoices(box, cards, choose) {
  const voices = countVoices(cards.flatMap((card) => card.dataset.voice ?? []));
  if (voices.length < 2) return;
  const label = document.createElement("label");
  const list = document.createElement("select");
  list.append(new Option("all voices", ""));
  for (const [name, count] of voices) list.append(new Option(`${name} (${count})`, name));
  list.addEventListener("change", () => choose(list.value));
  label.append("read ", list);
  box.append(label);
}
