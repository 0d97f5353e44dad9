// The pages of a right-to-left PDF beside its text: READER serves tests/readers/fixtures.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openDocument, openReader, SIZES } from "./browser.mjs";

const address = /** @type {string} */ (process.env.READER);
let reader;

before(async () => {
  reader = await openReader(address);
});
after(async () => {
  await reader.browser.close();
});

test("a right-to-left PDF opens with its pages beside the text", async () => {
  const { page, problems } = reader;
  await openDocument(page, "columns.pdf");
  assert.equal(await page.locator(".sheet").count(), 0);
  await page.getByRole("link", { name: "Pages beside the text" }).click();
  await page.waitForURL(/\?pages/);
  const picture = page.locator(".sheet img").first();
  await picture.scrollIntoViewIfNeeded();
  await page.waitForFunction(() => document.querySelector(".sheet img").complete);
  assert.equal(await picture.evaluate((image) => image.naturalWidth), 1000);
  assert.deepEqual(problems, []);
});

test("text and picture stand beside each other on a desk and above each other on a phone", async () => {
  const { page } = reader;
  const places = async () => [await page.locator(".passage").first().boundingBox(), await page.locator(".sheet").first().boundingBox()];
  let [text, sheet] = await places();
  assert.ok(sheet.x >= text.x + text.width && sheet.y < text.y + text.height, JSON.stringify([text, sheet]));
  assert.ok(sheet.width > 200);
  await page.setViewportSize(SIZES.phone);
  [text, sheet] = await places();
  assert.ok(sheet.y >= text.y + text.height - 1);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), true);
  await page.setViewportSize(SIZES.desk);
});

test("the text runs from right to left and is the document's, character for character", async () => {
  const { page } = reader;
  const line = page.locator(".line").first();
  assert.equal(await line.evaluate((one) => getComputedStyle(one).direction), "rtl");
  const same = await page.evaluate(async () => {
    const number = document.querySelector(".reading").dataset.number;
    const { text } = await (await fetch(`/api/documents/${number}`)).json();
    return [...document.querySelectorAll(".line")].map((one) => one.textContent).join("") === text;
  });
  assert.equal(same, true);
});
