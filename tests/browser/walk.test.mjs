// Walks the reader as a person would: READER is its address, with the token.

import assert from "node:assert/strict";
import { test } from "node:test";
import { at, openDocument, openReader, SIZES, useReader } from "./browser.mjs";

const reader = useReader();

test("the address with the token leads to the list, and the token leaves the address", async () => {
  assert.equal(new URL(reader.page.url()).search, "");
  assert.equal(await reader.page.locator(".documents > li").count(), 18);
});

test("a facet narrows the list and a second click widens it again", async () => {
  const { page } = reader;
  await page.locator(".facets a", { hasText: "wrong reference" }).click();
  await page.waitForURL(/verdict=wrong-reference/);
  const narrowed = await page.locator(".documents > li").count();
  assert.ok(narrowed >= 1 && narrowed < 18, String(narrowed));
  await page.locator(".facets a[aria-current]").click();
  await page.waitForURL((url) => url.search === "");
  assert.equal(await page.locator(".documents > li").count(), 18);
});

test("/ goes to search, and a hit leads to the marked words in the document", async () => {
  const { page } = reader;
  await page.keyboard.press("/");
  await page.keyboard.type('"harbour dues"');
  await page.keyboard.press("Enter");
  await page.waitForURL(/search/);
  assert.match((await page.locator("mark").first().textContent()) ?? "", /harbour\s+dues/i);
  await page.locator("a.name").first().click();
  await page.waitForURL(/\/doc\//);
  await page.waitForSelector("html[data-ready=yes]");
  const hits = await page.evaluate(() => [...(CSS.highlights.get("hit") ?? [])].map((range) =>
    range.startContainer.nodeValue.slice(range.startOffset, range.endOffset)));
  assert.ok(hits.length >= 1);
  for (const hit of hits) assert.match(hit, /harbour\s+dues/i);
});

test("a mistake in a search is explained where it is", async () => {
  const { page } = reader;
  await page.goto(at("/search?q=%22harbour"));
  assert.match((await page.locator("[role=alert]").textContent()) ?? "", /"|quot/);
});

test("the text on the page is the document's text, character for character", async () => {
  const { page } = reader;
  await openDocument(page, "10-lake-day-ar");
  const same = await page.evaluate(async () => {
    const number = document.querySelector(".reading").dataset.number;
    const { text } = await (await fetch(`/api/documents/${number}`)).json();
    return [...document.querySelectorAll(".line")].map((line) => line.textContent).join("") === text;
  });
  assert.equal(same, true);
});

test("every highlight covers the words of its finding", async () => {
  const { page } = reader;
  for (const name of ["01-talks-press-release", "10-lake-day-ar", "12-lisk-statement-fa"]) {
    await openDocument(page, name);
    const wrong = await page.evaluate(async () => {
      const number = document.querySelector(".reading").dataset.number;
      const { findings } = await (await fetch(`/api/documents/${number}/findings`)).json();
      const wanted = new Set(findings.flatMap(({ texts }) => Object.values(texts).flat()).flatMap((text) => text.split("\n")));
      const shown = [...CSS.highlights.values()].flatMap((group) => [...group]).map((range) =>
        range.startContainer.nodeValue.slice(range.startOffset, range.endOffset).replace(/\n$/, ""));
      return shown.length ? shown.filter((text) => ![...wanted].some((one) => one === text || one.includes(text))) : ["nothing shown"];
    });
    assert.deepEqual(wrong, []);
  }
});

test("j and k walk the margin, Enter goes to the text and back", async () => {
  const { page } = reader;
  await openDocument(page, "01-talks-press-release");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  const here = page.locator(".card.here");
  assert.equal(await here.count(), 1);
  assert.equal(await here.evaluate((card) => card.open), true);
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.classList.contains("line")), true);
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.closest(".card").classList.contains("here")), true);
});

test("one voice can be read alone, and all of them again", async () => {
  const { page } = reader;
  await openDocument(page, "01-talks-press-release");
  const list = page.locator(".filters select");
  const name = await list.locator("option").nth(1).getAttribute("value");
  const all = await page.locator(".card:not([hidden])").count();
  await list.selectOption(name);
  const voices = await page.locator(".card:not([hidden])").evaluateAll((cards) => cards.map((card) => card.dataset.voice));
  assert.ok(voices.length >= 1 && voices.length < all);
  assert.deepEqual([...new Set(voices)], [name]);
  assert.ok((await page.locator(".row.other").count()) >= 1);
  await list.selectOption("");
  assert.equal(await page.locator(".card:not([hidden])").count(), all);
  assert.equal(await page.locator(".row.other").count(), 0);
});

test("a click on words in the text opens their card", async () => {
  const { page } = reader;
  await openDocument(page, "01-talks-press-release");
  const place = await page.evaluate(() => {
    const [range] = [...CSS.highlights.get("quotation")];
    const live = document.createRange();
    live.setStart(range.startContainer, range.startOffset);
    live.setEnd(range.startContainer, range.startOffset + 1);
    range.startContainer.parentElement.scrollIntoView({ block: "center" });
    const { x, y, width, height } = live.getBoundingClientRect();
    return { x: x + width / 2, y: y + height / 2 };
  });
  await page.mouse.click(place.x, place.y);
  assert.equal(await page.locator(".card.here[open]").count(), 1);
});

test("a verdict card tells place, difference and passage in words", async () => {
  const { page } = reader;
  await openDocument(page, "14-letter-on-justice");
  const card = page.locator('.card[data-kind="verdict"][open]').first();
  assert.match((await card.textContent()) ?? "", /altered/);
  assert.ok((await card.locator("del, ins").count()) >= 1);
  assert.ok((await card.locator("blockquote").count()) >= 1);
});

test("a right-to-left document reads from the right", async () => {
  const { page } = reader;
  await openDocument(page, "10-lake-day-ar");
  const line = page.locator(".line", { hasText: "إمارة" }).first();
  assert.equal(await line.evaluate((node) => getComputedStyle(node).direction === "rtl" || node.matches(":dir(rtl)")), true);
});

test("? opens the help page", async () => {
  const { page } = reader;
  await page.keyboard.press("?");
  await page.waitForURL(/help/);
});

test("nothing runs over the edge from a phone to a wall", async () => {
  const { page } = reader;
  for (const size of [SIZES.phone, SIZES.desk, SIZES.wall]) {
    await page.setViewportSize(size);
    await openDocument(page, "01-talks-press-release");
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(over, 0, `${size.width} px`);
  }
  await page.setViewportSize(SIZES.desk);
});

test("with JavaScript off the text, its margin and the search are there", async () => {
  const { browser, page } = await openReader(process.env.READER, { javaScriptEnabled: false });
  await page.locator(".documents a.name").first().click();
  await page.waitForURL(/\/doc\//);
  assert.ok((await page.locator(".line").count()) > 3);
  assert.ok((await page.locator(".card summary").count()) > 1);
  await page.locator("#q").fill("harbour");
  await page.locator(".find button").click();
  await page.waitForURL(/\/search/);
  assert.ok((await page.locator("mark").count()) >= 1);
  await browser.close();
});

test("the pages raised no error and asked nobody else", () => {
  assert.deepEqual(reader.problems.filter((problem) => !problem.includes("400")), []);
});
