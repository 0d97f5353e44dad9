// Reads one voice alone, and what it says as another reports it; the network as a picture and as files.

import assert from "node:assert/strict";
import { test } from "node:test";
import { at, findSerious, takeFile, takeList, useReader } from "./browser.mjs";

const reader = useReader();

test("the voices are counted, and the network is a picture with the same pairs as its list", async () => {
  const { page } = reader;
  await page.getByRole("link", { name: "Voices" }).click();
  const row = page.locator("tbody tr", { hasText: "Lena Dahl" });
  assert.deepEqual(await row.locator("td").allTextContents(), ["4", "2", "Varn Herald (2)"]);
  const dots = await page.locator("figure svg text").allTextContents();
  assert.ok(dots.includes("Lena Dahl") && dots.includes("Varn Herald"), dots.join());
  const arrows = await page.locator("figure svg .edge title").allTextContents();
  await page.getByText("The same as a list").click();
  const pairs = await page.locator("details li").allTextContents();
  assert.deepEqual(arrows.map((words) => words.trim()), pairs.map((words) => words.trim()));
  assert.deepEqual(arrows, ["Varn Herald reports Lena Dahl: 2"]);
});

test("the network is taken as GEXF and GraphML, and the list as it stands", async () => {
  const { page } = reader;
  for (const [name, root] of [["gexf", "gexf"], ["graphml", "graphml"]]) {
    const file = await takeFile(page, page.locator("a[download]", { hasText: new RegExp(`^${name}$`) }));
    const found = await page.evaluate((source) => {
      const xml = new DOMParser().parseFromString(source, "application/xml");
      return [xml.documentElement.localName, xml.getElementsByTagNameNS("*", "edge").length];
    }, file.text);
    assert.deepEqual(found, [root, 1]);
    assert.match(file.text, /Lena Dahl/);
  }
  const shown = await page.locator("main tbody th").allTextContents();
  assert.deepEqual((await takeList(page)).map((row) => row.voice), shown);
});

test("only what one voice says is read", async () => {
  const { page } = reader;
  await page.locator("tbody tr", { hasText: "Lena Dahl" }).locator("th a").click();
  await page.waitForURL(/said/);
  assert.deepEqual(await page.locator(".said-list .words").allTextContents(), [
    "The lamps of the harbour will burn all night.",
    "the ferries would sail again on 6 May 2015",
    "No ferry will sail in a storm.",
    "the lamps were bought in spring",
  ]);
  assert.equal((await takeList(page)).length, 4);
  assert.deepEqual(await findSerious(page), []);
});

test("only what it says as reported by another is read, and leads to the words", async () => {
  const { page } = reader;
  await page.getByLabel("on the word of").selectOption("Varn Herald");
  await page.getByRole("button", { name: "Read" }).click();
  await page.waitForURL(/by=Varn/);
  const words = ["No ferry will sail in a storm.", "the lamps were bought in spring"];
  assert.deepEqual(await page.locator(".said-list .words").allTextContents(), words);
  const file = await takeList(page);
  assert.deepEqual(file.map((row) => [row.words, row.reported_by]), words.map((one) => [one, "Varn Herald"]));
  await page.locator(".said-list .words").first().click();
  await page.waitForURL(/#at-/);
  await page.waitForSelector("html[data-ready=yes][data-coding=ready]");
  assert.match(await page.locator(".card.here").textContent(), /Lena Dahl/);
});

test("in the document the same voice alone stays in the margin", async () => {
  const { page } = reader;
  const list = page.locator(".filters select");
  const wanted = (await list.locator("option").allTextContents()).find((name) => name.startsWith("Lena Dahl"));
  await list.selectOption({ label: wanted });
  const shown = await page.locator(".card:not([hidden])").evaluateAll((cards) => cards.map((card) => card.dataset.voice));
  assert.deepEqual([...new Set(shown)], ["Lena Dahl"]);
});

test("a voice that speaks Arabic is read from right to left", async () => {
  const { page } = reader;
  await page.goto(at("/said"));
  await page.getByLabel("Voice", { exact: true }).fill("لينا دال");
  await page.keyboard.press("Enter");
  await page.waitForURL(/voice=/);
  const lines = page.locator(".said-list .snippet");
  assert.equal(await lines.count(), 2);
  assert.equal(await lines.first().evaluate((line) => line.matches(":dir(rtl)")), true);
  assert.deepEqual(reader.problems, []);
});
