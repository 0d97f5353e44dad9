// Counts as a person would: terms typed, the chart looked at, the table beside it, the file taken. READER is the address.

import assert from "node:assert/strict";
import { test } from "node:test";
import { at, findSerious, readTable, takeFile, takeList, useReader } from "./browser.mjs";

const reader = useReader();

/** The chart as drawn: what each bar says of itself, label and number. */
async function readChart(page) {
  const picture = page.locator(".chart img");
  await picture.scrollIntoViewIfNeeded();
  await page.waitForFunction(() => document.querySelector(".chart img")?.naturalWidth > 0);
  const drawn = await page.evaluate(async () => (await fetch(document.querySelector(".chart img").src)).text());
  return page.evaluate((source) => {
    const svg = new DOMParser().parseFromString(source, "image/svg+xml");
    return [...svg.querySelectorAll('[aria-roledescription="bar"]')].map((bar) => bar.getAttribute("aria-label"));
  }, drawn);
}

test("words are counted: the picture and the table have the same numbers, and the file is the list on the screen", async () => {
  const { page } = reader;
  await page.getByRole("link", { name: "Words", exact: true }).click();
  await page.waitForURL(/\/words/);
  await page.getByLabel("In which documents (empty: all)").fill("language:en");
  await page.getByRole("button", { name: "Count" }).click();
  await page.waitForURL(/q=language/);
  const rows = await readTable(page);
  assert.deepEqual(rows.find(([word]) => word === "lamps").slice(0, 2), ["lamps", "4"]);
  const bars = await readChart(page);
  assert.equal(bars.length, Math.min(30, rows.length));
  assert.ok(bars[0].includes(rows[0][0]), bars[0]);
  const number = Number(/([\d.,]+)/.exec(bars[0].replace(rows[0][0], ""))[1].replaceAll(",", ""));
  assert.equal(number.toFixed(1), rows[0][2].replaceAll(",", ""));
  const file = await takeList(page);
  assert.equal(file.length, rows.length);
  assert.deepEqual([file[0].word, file[0].count], rows[0].slice(0, 2));
});

test("sorted by another column, the list, its chart and its file follow", async () => {
  const { page } = reader;
  await page.getByRole("columnheader", { name: "Word", exact: true }).getByRole("link").click();
  await page.waitForSelector('th[aria-sort="ascending"]');
  const rows = await readTable(page);
  const words = rows.map(([word]) => word);
  assert.deepEqual(words, [...words].sort((a, b) => (a < b ? -1 : 1)));
  assert.equal((await takeList(page))[0].word, words[0]);
  assert.ok((await readChart(page))[0].includes(words[0]));
});

test("what one part says more than another is found, with effect size and interval", async () => {
  const { page } = reader;
  await page.getByRole("link", { name: "Keywords" }).click();
  await page.getByLabel("Which documents to describe, as a search").fill("path:courier");
  await page.getByLabel("Against which (empty: all others)").fill("path:letter");
  await page.getByLabel("Least number of occurrences").fill("1");
  await page.getByRole("button", { name: "Count" }).click();
  await page.waitForSelector("main table");
  const [ratio, low, high] = (await readTable(page)).find(([word]) => word === "eld").slice(1, 4).map(Number);
  assert.ok(low < ratio && ratio < high && ratio > 0, `${low} ${ratio} ${high}`);
  assert.ok((await readChart(page)).length > 3);
  assert.match(await page.locator("main").innerText(), /Hardie 2014/);
});

test("how a name is described is told by who says so", async () => {
  const { page } = reader;
  await page.getByRole("link", { name: "How a name is described" }).click();
  await page.getByLabel("Name, such as Ada Brisk").fill("harbour");
  await page.getByLabel("Least number together").fill("1");
  await page.getByRole("button", { name: "Count" }).click();
  await page.waitForSelector("main table");
  const rows = await readTable(page);
  assert.deepEqual(rows.filter(([word]) => word === "lamps").map((row) => row.slice(1, 4)), [["Tomas Eld", "2", "2"], ["Lena Dahl", "1", "1"]]);
  assert.deepEqual((await takeList(page)).map((row) => [row.word, row.voice]), rows.map((row) => row.slice(0, 2)));
});

test("a phrase is followed through time, by year and by month", async () => {
  const { page } = reader;
  await page.getByRole("link", { name: "Through time" }).click();
  await page.getByLabel("Word, phrase or search").fill("lamps");
  await page.getByRole("button", { name: "Count" }).click();
  await page.waitForSelector("main table");
  assert.deepEqual((await readTable(page)).map(([time, , hits]) => [time, hits]), [["2015", "1"], ["2016", "1"], ["2017", "2"]]);
  assert.deepEqual((await readChart(page)).map((bar) => /20\d\d/.exec(bar)[0]), ["2015", "2016", "2017"]);
  await page.getByLabel("By", { exact: true }).selectOption("month");
  await page.getByRole("button", { name: "Count" }).click();
  await page.waitForURL(/by=month/);
  assert.deepEqual((await readTable(page)).map(([time]) => time), ["2015-05", "2016-07", "2017-03"]);
});

test("the chart is taken as a picture and as a specification", async () => {
  const { page } = reader;
  const svg = await takeFile(page, page.locator("a[download]", { hasText: /^svg$/ }));
  assert.match(svg.text, /^<svg[\s\S]*2016-07/);
  const vega = await takeFile(page, page.locator("a[download]", { hasText: /^vega$/ }));
  assert.equal(JSON.parse(vega.text).data.values.length, 3);
  const png = await takeFile(page, page.locator("a[download]", { hasText: /^png$/ }));
  assert.match(png.text, /PNG/);
});

test("in the dark the chart is dark, and an Arabic word has its bar", async () => {
  const { page } = reader;
  await page.emulateMedia({ colorScheme: "dark" });
  await page.goto(at("/words?q=" + encodeURIComponent("language:ar")));
  const bars = await readChart(page);
  assert.ok(bars.some((bar) => bar.includes("مصابيح")), bars.join("; "));
  assert.match(await page.locator(".chart img").evaluate((image) => image.currentSrc), /shade=dark/);
  assert.deepEqual(await findSerious(page), []);
  await page.emulateMedia({ colorScheme: "light" });
});

test("nothing went wrong, and nothing was asked of another computer", () => {
  assert.deepEqual(reader.problems, []);
});
