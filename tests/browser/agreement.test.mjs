// Two people's work brought together: how far they agree, where they do not, and what is settled. READER is the address.

import assert from "node:assert/strict";
import { test } from "node:test";
import { findSerious, parseCsv, readTable, takeFile, takeList, useReader } from "./browser.mjs";

const reader = useReader();
const differences = "#differences > li";

test("the codebook leads to the numbers, code by code, split into other ends, other code and one only", async () => {
  const { page } = reader;
  await page.getByRole("link", { name: "Codes", exact: true }).click();
  await page.getByRole("link", { name: "Agreement" }).click();
  await page.waitForURL(/agreement/);
  const rows = await readTable(page);
  assert.deepEqual(rows.map((row) => [row[0], row[1], row[2], ...row.slice(8)]), [
    ["all codes", "-0.36", "-0.29", "1", "1", "1", "1"],
    ["Promise", "0.50", "0.53", "1", "1", "1", "0"],
    ["Blame", "0.00", "-0.17", "0", "0", "1", "1"],
  ]);
  assert.match(await page.locator("main").innerText(), /4 documents coded by both[\s\S]*Krippendorff/);
  const file = await takeList(page);
  assert.deepEqual(file.map((row) => [row.code, row.agreed, row.boundary, row.label, row.missed]), rows.map((row) => [row[0], ...row.slice(8)]));
});

test("each place where they differ is shown with both sides' words", async () => {
  const { page } = reader;
  const shown = (await page.locator(differences).allTextContents()).map((words) => words.replaceAll(/\s+/g, " "));
  assert.equal(shown.length, 3);
  const boundary = shown.find((words) => words.includes("other ends"));
  assert.match(boundary, /Ada: Promise harbour stays open ?Ben: Promise harbour stays open all winter/);
  assert.match(shown.find((words) => words.includes("other code")), /Ada: Blame council hid the book ?Ben: Promise council hid the book/);
  assert.match(shown.find((words) => words.includes("marked by one only")), /Ada: Blame المجلس أخفى الدفتر ?Ben: nothing/);
  const arabic = page.locator(differences, { hasText: "المجلس" }).locator("q").first();
  assert.equal(await arabic.evaluate((words) => words.matches(":dir(rtl)")), true);
  assert.deepEqual(await findSerious(page), []);
});

test("a difference leads to its characters", async () => {
  const { page } = reader;
  await page.locator(differences, { hasText: "other code" }).locator("a").click();
  await page.waitForURL(/#at-\d+/);
  await page.waitForSelector("html[data-ready=yes][data-coding=ready]");
  const start = Number(new URL(page.url()).hash.slice(4));
  const text = (await page.locator(".passage .line").allTextContents()).join("");
  assert.equal([...text].slice(start, start + 20).join(""), "council hid the book");
  await page.goBack();
  await page.waitForURL(/agreement/);
});

test("differences are settled for one, for the other and for neither, and stand below with what holds", async () => {
  const { page } = reader;
  await page.locator(differences, { hasText: "other ends" }).getByRole("button", { name: "Keep Ben’s" }).click();
  await page.waitForFunction(() => document.querySelectorAll("#settled > li").length === 1);
  await page.locator(differences, { hasText: "other code" }).getByRole("button", { name: "Keep Ada’s" }).click();
  await page.waitForFunction(() => document.querySelectorAll("#settled > li").length === 2);
  await page.locator(differences, { hasText: "one only" }).getByRole("button", { name: "Neither" }).click();
  await page.waitForFunction(() => document.querySelectorAll("#settled > li").length === 3);
  assert.deepEqual(await page.locator(differences).allTextContents(), ["Nowhere that is not settled."]);
  assert.deepEqual((await page.locator("#settled em").allTextContents()).sort(), [
    "Ada’s holds: Cid (decided)", "Ben’s holds: Cid (decided)", "neither holds: Cid (decided)",
  ]);
});

test("the last decision is undone and brought back", async () => {
  const { page } = reader;
  await page.getByRole("button", { name: "Undo my last decision" }).click();
  await page.waitForFunction(() => document.querySelectorAll("#settled > li").length === 2);
  assert.match(await page.locator(differences).textContent(), /marked by one only/);
  await page.getByRole("button", { name: "Redo" }).click();
  await page.waitForFunction(() => document.querySelectorAll("#settled > li").length === 3);
});

test("what was settled is taken as a list, and is found among the codings", async () => {
  const { page } = reader;
  const link = page.locator('a[download][href*="list=differences"]', { hasText: /^csv$/ });
  const rows = parseCsv((await takeFile(page, link)).text);
  assert.equal(rows.length, 3);
  assert.ok(rows.every((row) => row.settled.endsWith("Cid (decided)")));
  await page.getByRole("link", { name: "Codes", exact: true }).click();
  await page.getByRole("link", { name: "All codings" }).click();
  await page.getByLabel("Coder").selectOption("Cid (decided)");
  await page.getByRole("button", { name: "Show" }).click();
  await page.waitForURL(/person=Cid/);
  const words = await page.locator(".documents .snippet").allTextContents();
  assert.deepEqual(words.map((one) => one.trim()).sort(), ["council hid the book", "harbour stays open all winter"]);
  assert.deepEqual((await takeList(page)).map((row) => row.words).sort(), ["council hid the book", "harbour stays open all winter"]);
  assert.deepEqual(reader.problems, []);
});
