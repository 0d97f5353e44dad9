// The pages of a right-to-left PDF beside its text: READER serves tests/readers/fixtures.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openDocument, SIZES, useReader } from "./browser.mjs";

const reader = useReader();

test("a right-to-left PDF opens with its pages beside the text", async () => {
  const { page, problems } = reader;
  await openDocument(page, "columns.pdf");
  assert.equal(await page.locator(".sheet").count(), 0);
  await page.getByRole("link", { name: "Pages beside the text" }).click();
  await page.waitForURL(/\?pages/);
  await page.waitForSelector("html[data-ready=yes]");
  assert.deepEqual(problems, []);
});

test("no picture is fetched or shown until the keyboard asks for it, then that one alone", async () => {
  const { page, problems } = reader;
  const asked = [];
  page.on("request", (request) => request.url().endsWith(".png") && asked.push(new URL(request.url()).pathname));
  await page.reload();
  await page.waitForSelector("html[data-ready=yes]");
  const picture = page.locator(".sheet img").first();
  await page.locator(".sheet").first().scrollIntoViewIfNeeded();
  await page.waitForLoadState("networkidle");
  assert.equal(await picture.isVisible(), false);
  assert.deepEqual(asked, []);
  await page.locator(".sheet summary").first().focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector(".sheet img").naturalWidth === 1000);
  assert.equal(await picture.isVisible(), true);
  assert.equal(asked.length, 1);
  assert.deepEqual(problems, []);
});

test("a button shows every page, and hides them again", async () => {
  const { page } = reader;
  await page.getByRole("button", { name: "Show all pages" }).click();
  await page.waitForURL(/pages=shown/);
  assert.equal(await page.locator(".sheet:not([open])").count(), 0);
  await page.getByRole("button", { name: "Hide all pages" }).click();
  await page.waitForURL(/pages=$/);
  assert.equal(await page.locator(".sheet[open]").count(), 0);
  await page.goto(page.url() + "shown");
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

test("each passage of a right-to-left PDF stands beside its own lines as printed", async () => {
  const { page, problems } = reader;
  await openDocument(page, "columns.pdf");
  await page.getByRole("link", { name: "Each passage as printed beside it" }).click();
  await page.waitForURL(/\?lines/);
  const rows = page.locator(".row:has(.print)");
  assert.ok((await rows.count()) >= 4);
  for (const row of await rows.all()) {
    const picture = row.locator(".print img");
    await picture.scrollIntoViewIfNeeded();
    await picture.evaluate((image) => image.decode());
    const [text, print] = [await row.locator(".passage").boundingBox(), await picture.boundingBox()];
    assert.ok(print.x >= text.x + text.width && Math.abs(print.y - text.y) < 12, JSON.stringify([text, print]));
    const shape = await picture.evaluate((image) => [image.naturalWidth / image.naturalHeight, image.clientWidth / image.clientHeight]);
    assert.ok(Math.abs(shape[0] - shape[1]) < 0.05 * shape[0], "the print is not stretched: " + shape);
  }
  assert.deepEqual(problems, []);
});
