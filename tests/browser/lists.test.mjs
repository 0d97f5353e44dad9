// Every list on the screen gives itself away, row for row; the ledger is sorted, narrowed, and leads to its characters.

import assert from "node:assert/strict";
import { test } from "node:test";
import { at, findSerious, readTable, takeFile, takeList, useReader } from "./browser.mjs";

const reader = useReader();

/** The words that the reading page points at, once it has opened there. */
async function openedAt(page) {
  await page.waitForURL(/\/doc\/\d+.*#at-\d+/);
  await page.waitForSelector("html[data-ready=yes][data-coding=ready]");
  return page.evaluate(() => {
    const start = Number(location.hash.slice(4));
    const line = [...document.querySelectorAll(".line")].findLast((one) => Number(one.dataset.start) <= start);
    return [...line.textContent].slice(start - Number(line.dataset.start)).join("");
  });
}

/** The text of every element, white space made even. */
async function texts(locator) {
  return (await locator.allTextContents()).map((words) => words.trim().replaceAll(/\s+/g, " "));
}

test("the list of documents, narrowed by a facet", async () => {
  const { page } = reader;
  await page.locator(".facets a", { hasText: /^en$/ }).click();
  await page.waitForURL(/language=en/);
  const file = await takeList(page);
  assert.deepEqual(file.map((row) => row.document), await texts(page.locator(".documents a.name")));
  assert.equal(file.length, 3);
  assert.deepEqual(file.map((row) => row.language), ["en", "en", "en"]);
});

test("the hits of a search, and every one of its lines", async () => {
  const { page } = reader;
  await page.keyboard.press("/");
  await page.keyboard.type("lamps");
  await page.keyboard.press("Enter");
  await page.waitForURL(/search/);
  const shown = await texts(page.locator(".documents a.name"));
  const file = await takeList(page);
  assert.deepEqual(file.map((row) => row.document), shown);
  assert.equal(file[0].words.replaceAll(/\s+/g, " ").trim(), (await texts(page.locator(".documents .snippet")))[0]);
  assert.equal(file.reduce((sum, row) => sum + Number(row.hits), 0), 4);
  await page.getByRole("link", { name: "Every hit in a line" }).click();
  await page.waitForSelector("html[data-ready=yes]");
  const lines = await takeList(page);
  assert.equal(lines.length, await page.locator("#lines tbody tr").count());
  assert.deepEqual(lines.map((row) => row.node), await texts(page.locator("#lines .node")));
});

test("the ledger of figures: two counts of one event, on whose word, narrowed by a search", async () => {
  const { page } = reader;
  await page.getByRole("link", { name: "Lists" }).click();
  await page.waitForURL(/ledger/);
  const rows = await readTable(page);
  assert.deepEqual(rows.map((row) => [row[1], row[4], row[7]]), [["24", "The mayor", "24 people"], ["30", "Mill League", "at least 30 people"]]);
  const file = await takeList(page);
  assert.deepEqual(file.map((row) => [row.low, row.voice, row.words]), rows.map((row) => [row[1], row[4], row[7]]));
  await page.getByLabel("In which documents (empty: all)").fill("path:letter");
  await page.getByRole("button", { name: "Show" }).click();
  await page.waitForURL(/q=path/);
  assert.deepEqual((await readTable(page)).map((row) => row[7]), ["24 people"]);
  assert.equal((await takeList(page)).length, 1);
});

test("dates are sorted by a column, there and back, and a row leads to its characters", async () => {
  const { page } = reader;
  await page.getByRole("link", { name: "Dates" }).click();
  await page.getByRole("columnheader", { name: "From" }).getByRole("link").click();
  await page.waitForSelector('th[aria-sort="ascending"]');
  await page.getByRole("columnheader", { name: "From" }).getByRole("link").click();
  await page.waitForSelector('th[aria-sort="descending"]');
  const rows = await readTable(page);
  assert.equal(rows[0][0], "2017-03-01");
  assert.deepEqual((await takeList(page)).map((row) => row.when), rows.map(([when]) => when));
  await page.locator("main tbody a").first().click();
  assert.match(await openedAt(page), /^1 March 2017/);
});

test("counts of one event side by side: who is higher, and where it stands", async () => {
  const { page } = reader;
  await page.goto(at("/ledger"));
  await page.getByRole("link", { name: "Counts of one event side by side" }).click();
  await page.getByRole("link", { name: "Only those whose counts differ" }).click();
  await page.waitForURL(/differ/);
  const rows = await readTable(page);
  assert.deepEqual(rows.map((row) => row.slice(1, 4)), [["24 people", "", "The mayor"], ["at least 30 people", "higher", "Mill League"]]);
  const file = await takeList(page);
  assert.deepEqual(file.map((row) => [row.words, row.change, row.voice]), rows.map((row) => row.slice(1, 4)));
  await page.locator("main tbody a", { hasText: "at least 30 people" }).click();
  assert.match(await openedAt(page), /^at least 30 people/);
});

test("the timeline: one event of two reports, which lead to their characters", async () => {
  const { page } = reader;
  await page.goto(at("/timeline"));
  const rows = await readTable(page, ".timeline");
  assert.match(rows[0][0], /^2015-05-02/);
  assert.equal(await page.locator(".timeline tbody tr").first().locator("li").count(), 2);
  const file = await takeList(page);
  assert.equal(file.length, await page.locator(".timeline li").count());
  assert.deepEqual([file[0].from, file[0].where], ["2015-05-02", "Varn"]);
  const moments = JSON.parse((await takeFile(page, page.getByRole("link", { name: "TimelineJS" }))).text);
  assert.ok(moments.events.length >= 3);
  await page.locator(".timeline a").first().click();
  assert.match(await openedAt(page), /^were injured near Varn/);
});

test("names, and the pages have no serious fault", async () => {
  const { page } = reader;
  await page.goto(at("/names"));
  const names = await texts(page.locator(".entity h2 bdi"));
  assert.deepEqual([...new Set((await takeList(page)).map((row) => row.entity))], [...new Set(names)]);
  for (const path of ["/timeline", "/figures?differ=yes", "/ledger?show=events&sort=-when"]) {
    await page.goto(at(path));
    assert.deepEqual(await findSerious(page), [], path);
  }
  assert.deepEqual(reader.problems, []);
});
