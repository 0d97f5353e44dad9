// A search is narrowed, kept, left, come back to, run again and forgotten: with the keyboard alone.

import assert from "node:assert/strict";
import { test } from "node:test";
import { at, findSerious, tabTo, useReader } from "./browser.mjs";

const reader = useReader();

function hits(page) {
  return page.locator(".documents mark").allTextContents();
}

test("a search with its own level is typed and narrowed by a facet", async () => {
  const { page } = reader;
  await page.keyboard.press("/");
  await page.keyboard.type("lamp");
  await page.keyboard.press("Enter");
  await page.waitForURL(/q=lamp/);
  assert.equal((await hits(page)).length, 0);
  await tabTo(page, 'input[name="level"]');
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL(/level=affixes/);
  assert.equal(await page.locator(".documents > li").count(), 3);
  await tabTo(page, ".facets a", "statement");
  await page.keyboard.press("Enter");
  await page.waitForURL(/genre/);
  const narrowed = await page.locator(".documents > li").count();
  assert.ok(narrowed >= 1 && narrowed < 3, String(narrowed));
});

test("it is kept under a name, left, and run again with the same hits", async () => {
  const { page } = reader;
  const before = await hits(page);
  assert.ok(before.length > 0);
  await tabTo(page, "#save");
  await page.keyboard.type("lamps of all kinds");
  await page.keyboard.press("Enter");
  await page.locator(".facets a", { hasText: "lamps of all kinds" }).waitFor();
  assert.deepEqual(await hits(page), before);
  await page.goto(at("/voices"));
  await page.goto(at("/search"));
  await tabTo(page, ".facets a", "lamps of all kinds");
  await page.keyboard.press("Enter");
  await page.waitForURL(/level=affixes/);
  assert.deepEqual(await hits(page), before);
  assert.deepEqual(await findSerious(page), []);
});

test("it is forgotten, and the search on the screen stays", async () => {
  const { page } = reader;
  const before = await hits(page);
  await tabTo(page, 'button[aria-label="Forget lamps of all kinds"]');
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => !document.body.textContent.includes("lamps of all kinds"));
  assert.deepEqual(await hits(page), before);
  assert.deepEqual(reader.problems, []);
});
