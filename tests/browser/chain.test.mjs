// Where else a passage stands, as a person would look: from the margin to the chain, to the difference, to another base.

import assert from "node:assert/strict";
import { test } from "node:test";
import { at, findSerious, useReader } from "./browser.mjs";

const reader = useReader();

/** The chain page of the first document named so, through its margin. */
async function openChain(page, name) {
  await page.goto(at("/"));
  await page.locator(".documents a.name", { hasText: name }).first().click();
  await page.waitForURL(/\/doc\//);
  const link = page.locator('.card a[href^="/where/"]').first();
  await link.locator("xpath=ancestor::details[1]").evaluate((card) => { card.open = true; });
  await link.click();
  await page.waitForURL(/\/where\//);
}

test("the margin leads to the chain, where dated witnesses stand in order", async () => {
  const { page } = reader;
  await openChain(page, "Harbour letter");
  const days = await page.locator(".chain").first().locator("time").allTextContents();
  assert.ok(days.length >= 2, String(days));
  assert.deepEqual(days, [...days].sort());
  assert.equal(await page.locator(".axis circle, .axis .span").count(), days.length);
});

test("an edge tells why and opens the two side by side", async () => {
  const { page } = reader;
  const edge = page.locator(".edges li").first();
  assert.match(await edge.textContent(), /earlier date/);
  await edge.locator("a").click();
  await page.waitForURL(/\/collation\/.*only=/);
  assert.equal(await page.locator(".collation tbody tr").count(), 2);
  assert.ok((await page.locator(".apparatus li").count()) > 0);
});

test("another base is chosen with the keyboard", async () => {
  const { page } = reader;
  const chosen = page.locator(".collation tr.chosen th");
  const first = await chosen.textContent();
  const before = page.url();
  await page.locator("#base").focus();
  await page.keyboard.press((await page.locator("#base").evaluate((box) => box.selectedIndex)) ? "ArrowUp" : "ArrowDown");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.href !== before);
  assert.notEqual(await chosen.textContent(), first);
});

test("an Arabic passage is collated from right to left", async () => {
  const { page } = reader;
  await openChain(page, "بيان");
  await page.locator('a[href^="/collation/"]').first().click();
  await page.waitForURL(/\/collation\//);
  const cells = page.locator(".collation tbody tr").first().locator("td");
  const [one, two] = await Promise.all([cells.nth(0).boundingBox(), cells.nth(1).boundingBox()]);
  assert.ok(one.x > two.x);
});

test("the new pages have no serious accessibility fault, fit every screen, and ask nobody else", async () => {
  const { page } = reader;
  const collation = page.url();
  await openChain(page, "Harbour letter");
  for (const url of [page.url(), collation]) {
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      await page.goto(url);
      assert.deepEqual(await findSerious(page), [], `${url} ${colorScheme}`);
    }
    for (const width of [360, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.equal(over, 0, `${url} at ${width} px`);
    }
  }
  assert.deepEqual(reader.problems, []);
});
