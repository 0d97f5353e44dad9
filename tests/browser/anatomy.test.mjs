// Every kind of value in the margin of one document: it leads to its characters, is corrected, and the correction undone.
// READER is the reader's address, with the token; SHOWN the values as JSON: kind, name, words, correction, finding.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { openDocument, openReader } from "./browser.mjs";

const address = /** @type {string} */ (process.env.READER);
/** @type {{ label: string, name: string, start: number, words: string, corrected: string, id: string }[]} */
const shown = JSON.parse(/** @type {string} */ (process.env.SHOWN));
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
let reader;

before(async () => {
  reader = await openReader(address);
  await openDocument(reader.page, "a.docx");
});
after(async () => {
  await reader.browser.close();
});

/** The line of the head or the card of a finding, opened. */
async function openCard(page, id) {
  const card = page.locator(`#f-${id}`);
  if ((await card.evaluate((element) => element.tagName)) === "DETAILS") {
    await card.evaluate((element) => { element.open = true; });
  }
  return card;
}

const here = (page) => page.evaluate(() => [...(CSS.highlights.get("here") ?? [])].map((range) =>
  range.startContainer.nodeValue.slice(range.startOffset, range.endOffset)).join(""));

for (const want of shown) {
  test(`${want.label}: to its characters, corrected, undone`, async () => {
    const { page } = reader;
    let card = await openCard(page, want.id);
    const link = card.locator(`a.jump[href="#at-${want.start}"]`).first();
    await link.evaluate((element) => element.click());
    assert.equal((await here(page)).replaceAll(/\s+/g, " ").trim(), want.words.replaceAll(/\s+/g, " "));

    const form = card.locator("details.correct", { has: page.locator(`input[name=value]`) }).first();
    await form.evaluate((element) => { element.open = true; });
    const choice = form.locator("select[name=field]");
    if (await choice.count()) await choice.selectOption(want.name);
    await form.locator("input[name=value]").fill(want.corrected);
    await form.locator("button", { hasText: /^Correct$/ }).click();
    await page.waitForSelector(".corrected");
    await page.waitForSelector("html[data-ready=yes]");
    card = await openCard(page, want.id);
    assert.match((await card.textContent()) ?? "", new RegExp(`corrected to\\s+${want.corrected.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")}`));

    await page.locator('form[action="/undo"] button').first().evaluate((element) => element.click());
    await page.waitForFunction(() => !document.querySelector(".corrected"));
    await page.waitForSelector("html[data-ready=yes]");
  });
}

test("a line that is missing is added and taken back; the page is fit for everybody", async () => {
  const { page } = reader;
  const form = page.locator("details.correct", { hasText: "add a line that is missing" });
  await form.locator("summary").click();
  await form.locator("select[name=field]").selectOption("author");
  await form.locator("input[name=value]").fill("Runa Vesk");
  await form.locator("button", { hasText: /^Add$/ }).click();
  await page.waitForSelector(".corrected");
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  assert.deepEqual(serious.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
  await page.locator("button", { hasText: "Take back: author" }).click();
  await page.waitForFunction(() => !document.querySelector(".corrected"));
});

test("nothing went wrong, and nothing was asked of another computer", () => {
  assert.deepEqual(reader.problems, []);
});
