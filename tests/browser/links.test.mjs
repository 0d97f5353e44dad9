// Passages are linked with the keyboard alone, within a document and across two, one of them from right to left.

import assert from "node:assert/strict";
import { test } from "node:test";
import { at, findSerious, openDocument, tabTo, takeList, useReader } from "./browser.mjs";

const reader = useReader();
const ARABIC = "مصابيح الميناء مضاءة";

/** The words that are chosen, or shown as the place that was asked for. */
function marked(page, name) {
  return page.evaluate((wanted) => [...(CSS.highlights.get(wanted) ?? [])].map((range) =>
    range.startContainer.nodeValue.slice(range.startOffset, range.endOffset)).join(" "), name);
}

/** Choose words with s and arrows, and extend over them with Shift. */
async function walkTo(page, words) {
  await page.keyboard.press("s");
  const rtl = await page.evaluate((wanted) =>
    [...document.querySelectorAll(".line")].find((one) => one.textContent.includes(wanted)).matches(":dir(rtl)"), words);
  const [on, back] = rtl ? ["ArrowLeft", "ArrowRight"] : ["ArrowRight", "ArrowLeft"];
  const [first, ...rest] = words.split(" ");
  for (let steps = 0; steps < 200; steps += 1) {
    if ((await marked(page, "chosen")) === first) {
      for (const _ of rest) await page.keyboard.press(`Shift+${on}`);
      if ((await marked(page, "chosen")) === words) return;
      for (const _ of rest) await page.keyboard.press(`Shift+${back}`);
    }
    await page.keyboard.press(on);
  }
  assert.fail(`never reached “${words}”`);
}

/** Go to the list and open a document with the keyboard. */
async function openByKeys(page, name) {
  await page.goto(at("/"));
  await tabTo(page, "a.name", name);
  await page.keyboard.press("Enter");
  await page.waitForSelector("html[data-ready=yes][data-coding=ready]");
}

/** The cards of links in the margin, as they read. */
function cards(page) {
  return page.locator(".link-card").evaluateAll((all) => all.map((card) => card.textContent.replace(/\s+/g, " ").trim()));
}

test("the first end is taken with l, and a bar says so on every page", async () => {
  const { page } = reader;
  await openByKeys(page, "Statement on the harbour");
  await walkTo(page, "lamps of the harbour");
  await page.keyboard.press("l");
  await page.locator("#link-end", { hasText: "“lamps of the harbour” in letter.txt" }).waitFor();
  assert.deepEqual(await findSerious(page), []);
  for (const path of ["/concordance", "/help", "/"]) {
    await page.goto(at(path));
    assert.match(await page.locator("#link-end").textContent(), /“lamps of the harbour”/);
  }
});

test("at the other end, in a text from right to left, l asks for the relation and Enter links", async () => {
  const { page } = reader;
  await openByKeys(page, "الميناء");
  await walkTo(page, ARABIC);
  await page.keyboard.press("l");
  assert.equal(await page.evaluate(() => document.activeElement.id), "link-relation");
  await page.keyboard.type("same claim");
  await page.keyboard.press("Enter");
  await page.locator(".link-card").waitFor();
  assert.deepEqual(await cards(page), [`“${ARABIC}” same claim ← comes from “lamps of the harbour” Statement on the harbour`]);
  assert.equal(await page.locator("#link-end").count(), 0);
  assert.equal(await marked(page, "linked"), ARABIC);
  assert.equal(await page.evaluate(() => document.querySelector("#relations option").value), "same claim");
  assert.deepEqual(await findSerious(page), []);
});

test("the card leads to the characters of the other end, and from there back", async () => {
  const { page } = reader;
  await tabTo(page, ".link-card .to-other");
  await page.keyboard.press("Enter");
  await page.waitForURL(/#at-\d+-\d+$/);
  await page.waitForSelector("html[data-ready=yes][data-coding=ready]");
  assert.equal(await marked(page, "here"), "lamps of the harbour");
  assert.deepEqual(await cards(page), [`“lamps of the harbour” same claim → leads to “${ARABIC}” بيان الميناء`]);
  await tabTo(page, ".link-card .to-other");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector("h1").textContent.includes("الميناء"));
  await page.waitForSelector("html[data-ready=yes][data-coding=ready]");
  assert.equal(await marked(page, "here"), ARABIC);
});

test("a note that has the focus is an end, and a link inside one document stands at both", async () => {
  const { page } = reader;
  await openByKeys(page, "Statement on the harbour");
  await walkTo(page, "24 people");
  await page.keyboard.press("m");
  await page.keyboard.type("how many?");
  await page.keyboard.press("Enter");
  await page.locator(".note-card", { hasText: "how many?" }).waitFor();
  await tabTo(page, ".note-card .to-words", "24 people");
  await page.keyboard.press("l");
  await page.locator("#link-end", { hasText: "24 people" }).waitFor();
  await walkTo(page, "ferries would sail");
  await page.keyboard.press("l");
  await page.keyboard.type("precedes");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelectorAll(".link-card").length === 3);
  const shown = await cards(page);
  assert.ok(shown.includes("“24 people” precedes → leads to “ferries would sail” Statement on the harbour"), shown.join(" / "));
  assert.ok(shown.includes("“ferries would sail” precedes ← comes from “24 people” Statement on the harbour"), shown.join(" / "));
});

test("u takes the link back at both ends, U brings it again, and Remove deletes it", async () => {
  const { page } = reader;
  await page.keyboard.press("Escape");
  await page.keyboard.press("u");
  await page.waitForFunction(() => document.querySelectorAll(".link-card").length === 1);
  await page.keyboard.press("U");
  await page.waitForFunction(() => document.querySelectorAll(".link-card").length === 3);
  await tabTo(page, ".note-card[data-id] button[aria-label^='Remove precedes']");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelectorAll(".link-card").length === 1);
});

test("Escape lets go of the first end", async () => {
  const { page } = reader;
  await openByKeys(page, "Press release");
  await page.keyboard.press("l");
  await page.locator("#link-end", { hasText: "whole document" }).waitFor();
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => !document.getElementById("link-end"));
});

test("the list of links shows them and gives itself away; a page kept no fault", async () => {
  const { page } = reader;
  await page.goto(at("/links"));
  assert.equal(await page.locator(".links > li").count(), 1);
  const rows = await takeList(page);
  assert.deepEqual(rows.map((row) => [row.document, row.words, row.relation, row.other, row.other_words]), [
    ["letter.txt", "lamps of the harbour", "same claim", "bayan.txt", ARABIC],
  ]);
  assert.deepEqual(await findSerious(page), []);
  await openDocument(page, "Statement on the harbour");
  assert.deepEqual(reader.problems, []);
});
