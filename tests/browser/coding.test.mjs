// One person codes a list of passages blind: PASSAGES (JSON) names document, words, key and hand; READER is the address.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openDocument, useReader } from "./browser.mjs";

const reader = useReader();
/** @type {{ document: string, words: string, key: string, hand: string, memo?: string }[]} */
const passages = JSON.parse(process.env.PASSAGES ?? "[]");

/** The words that are chosen, as the page shows them. */
function chosen(page) {
  return page.evaluate(() => [...(CSS.highlights.get("chosen") ?? [])].map((range) =>
    range.startContainer.nodeValue.slice(range.startOffset, range.endOffset)).join(" "));
}

/** Drag the mouse over the words, and see them chosen; the ends of the drag may lie inside of words. */
async function drag(page, words) {
  const [from, to] = await page.evaluate((wanted) => {
    const line = [...document.querySelectorAll(".line")].find((one) => one.textContent.includes(wanted));
    line.scrollIntoView({ block: "center" });
    const at = line.textContent.indexOf(wanted);
    return [at, at + wanted.length].map((place, end) => {
      const range = document.createRange();
      range.setStart(line.firstChild, place - end);
      range.setEnd(line.firstChild, place + 1 - end);
      const { left, right, top, bottom } = range.getBoundingClientRect();
      return [end ? right - 1 : left + 1, (top + bottom) / 2];
    });
  }, words);
  await page.mouse.move(from[0], from[1]);
  await page.mouse.down();
  await page.mouse.move(to[0], to[1], { steps: 4 });
  await page.mouse.up();
  for (let waited = 0; (await chosen(page)).length < words.length - 2; waited += 1) {
    assert.ok(waited < 200, `“${await chosen(page)}” is chosen, and not “${words}”`);
    await page.waitForTimeout(25);
  }
}

/** Go to the words with s and arrows, and extend over them with Shift: no mouse. */
async function walkTo(page, words) {
  await page.keyboard.press("s");
  const rtl = await page.evaluate((wanted) =>
    [...document.querySelectorAll(".line")].find((one) => one.textContent.includes(wanted)).matches(":dir(rtl)"), words);
  const on = rtl ? "ArrowLeft" : "ArrowRight";
  const first = words.split(" ")[0];
  for (let steps = 0; steps < 200; steps += 1) {
    if ((await chosen(page)) === first) {
      for (let more = 0; more < words.split(" ").length - 1; more += 1) await page.keyboard.press(`Shift+${on}`);
      if ((await chosen(page)) === words) return;
      for (let more = 0; more < words.split(" ").length - 1; more += 1) await page.keyboard.press(`Shift+${rtl ? "ArrowRight" : "ArrowLeft"}`);
    }
    await page.keyboard.press(on);
  }
  assert.fail(`never reached “${words}”`);
}

for (const { document: name, words, key, hand, memo } of passages) {
  test(`${name}: “${words || "to the end"}” with ${hand}`, async () => {
    const { page } = reader;
    await openDocument(page, name);
    await page.waitForSelector("html[data-coding=ready]");
    const before = await page.locator(".note-card").count();
    if (!words) {
      await page.getByRole("button", { name: "I have coded this document to the end" }).click();
      await page.getByRole("button", { name: "Coded to the end" }).waitFor();
      // Leaving a page that still asks for its notes would be told as an error of that page.
      await page.waitForSelector("html[data-ready=yes][data-coding=ready]");
      return;
    }
    await (hand === "keyboard" ? walkTo(page, words) : drag(page, words));
    if (memo) {
      await page.keyboard.press("m");
      await page.keyboard.type(memo);
      await page.keyboard.press("Enter");
    } else await page.keyboard.press(key);
    await page.waitForFunction((count) => document.querySelectorAll(".note-card").length === count + 1, before);
    const notes = await page.locator(".note-card").allTextContents();
    assert.ok(notes.some((note) => note.includes(`“${words}”`)), notes.join(" / "));
  });
}

test("it was coded blind: no note of anybody else stands on these pages", async () => {
  const { page } = reader;
  await page.goto(new URL("/codings", page.url()).href);
  const own = passages.filter(({ words, memo }) => words && !memo).length;
  assert.equal(await page.locator("main .documents > li").count(), own);
  assert.deepEqual(reader.problems, []);
});
