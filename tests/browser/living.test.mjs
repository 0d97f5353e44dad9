// A file has changed since it was noted on: what waits is seen, taken over or left behind. READER is the address.

import assert from "node:assert/strict";
import { test } from "node:test";
import { findSerious, openDocument, takeList, useReader } from "./browser.mjs";

const reader = useReader();
const rows = "main tbody tr";

test("the document says that notes wait, and the queue tells carried, changed, several and lost apart", async () => {
  const { page } = reader;
  await openDocument(page, "بيان");
  await page.getByRole("link", { name: "notes on an older text" }).click();
  await page.waitForURL(/carry/);
  const shown = await page.locator(rows).evaluateAll((all) => all.map((row) => [...row.cells].slice(2, 5).map((cell) => cell.textContent.trim())));
  const file = await takeList(page);
  assert.deepEqual(file.map((row) => [row.then || "whole document", row.now, row.state]), shown);
  assert.deepEqual(shown.map(([then, , state]) => [then, state]).sort(), [
    ["الصيادون غادروا الميناء", "lost"],
    ["الميناء مغلق الليلة", "several"],
    ["لن يغلق الميناء أبدا", "changed"],
    ["وعدنا بفتح البحيرة", "carried"],
  ].sort());
  assert.equal(await page.locator(`${rows} td:nth-child(3)`).first().evaluate((cell) => cell.matches(":dir(rtl)")), true);
  assert.deepEqual(await findSerious(page), []);
});

test("nothing has moved by itself", async () => {
  const { page } = reader;
  const queue = page.url();
  await openDocument(page, "بيان");
  assert.equal(await page.locator(".note-card").count(), 0);
  await page.goto(queue);
});

test("what stands unchanged is taken over at once, and leaves the queue", async () => {
  const { page } = reader;
  await page.getByRole("button", { name: "Take over the 1 that stand unchanged" }).click();
  await page.waitForFunction(() => document.querySelectorAll("main tbody tr").length === 3);
  await page.getByRole("button", { name: "Undo my last step" }).click();
  await page.waitForFunction(() => document.querySelectorAll("main tbody tr").length === 4);
  await page.getByRole("button", { name: "Take over the 1 that stand unchanged" }).click();
  await page.waitForFunction(() => document.querySelectorAll("main tbody tr").length === 3);
});

test("one is decided on after the other: taken over, or left behind, until none waits", async () => {
  const { page } = reader;
  await page.locator(rows, { hasText: "changed" }).getByRole("button", { name: "Take over" }).click();
  await page.waitForFunction(() => document.querySelectorAll("main tbody tr").length === 2);
  await page.locator(rows, { hasText: "several" }).getByRole("button", { name: "Leave behind" }).click();
  await page.waitForFunction(() => document.querySelectorAll("main tbody tr").length === 1);
  const last = page.locator(rows, { hasText: "lost" });
  assert.equal(await last.getByRole("button", { name: "Take over" }).count(), 0);
  await last.getByRole("button", { name: "Leave behind" }).click();
  await page.getByText("None.").waitFor();
});

test("in the document stand what was taken over, at its words, and what was left behind", async () => {
  const { page } = reader;
  await openDocument(page, "بيان");
  await page.waitForSelector("html[data-coding=ready]");
  assert.equal(await page.getByRole("link", { name: "notes on an older text" }).count(), 0);
  const coded = await page.evaluate(() => [...(CSS.highlights.get("coded") ?? [])].map((range) =>
    range.startContainer.nodeValue.slice(range.startOffset, range.endOffset)));
  assert.deepEqual(coded.sort(), ["وعدنا بفتح البحيرة", "لن يغلق الميناء بعد اليوم أبدا"].sort());
  const notes = (await page.locator(".note-card").allTextContents()).join(" ");
  assert.match(notes, /Left behind on the older text: الميناء مغلق الليلة/);
  assert.match(notes, /Left behind on the older text: الصيادون غادروا الميناء/);
  assert.deepEqual(reader.problems, []);
});
