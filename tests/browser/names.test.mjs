// The page of names, and a correction taken back: READER is the reader's address, with the token.

import assert from "node:assert/strict";
import { test } from "node:test";
import { findSerious, openDocument, useReader } from "./browser.mjs";

const reader = useReader();

test("the list of documents leads to the names, and a name to its characters", async () => {
  const { page } = reader;
  await page.locator("a", { hasText: /^names$/ }).click();
  await page.waitForURL(/\/names/);
  const first = page.locator(".entity").first();
  await first.locator("summary").click();
  assert.deepEqual(await findSerious(page), []);
  const link = first.locator("li a").first();
  const words = (await link.textContent()) ?? "";
  await link.click();
  await page.waitForURL(/\/doc\/\d+#at-\d+/);
  const start = Number(new URL(page.url()).hash.slice(4));
  const text = (await page.locator(".passage .line").allTextContents()).join("");
  const shown = [...text].slice(start, start + [...words].length).join("").replaceAll(/\s+/g, " ");
  assert.equal(shown, words);
});

test("a value at the head of a document is corrected, shown as corrected, and taken back", async () => {
  const { page } = reader;
  await openDocument(page, "ferry");
  const line = page.locator(".facts dl > div").filter({ has: page.locator("dt", { hasText: /^genre$/ }) });
  await line.locator(".correct summary").click();
  await line.locator("input[name=value]").fill("obituary");
  await line.locator("button", { hasText: /^Correct$/ }).click();
  await page.waitForSelector(".corrected");
  assert.match((await line.locator(".corrected").textContent()) ?? "", /corrected to obituary/);
  assert.deepEqual(await findSerious(page), []);
  await line.locator(".correct summary").click();
  await line.locator("button", { hasText: "Take back" }).click();
  await page.waitForSelector("html[data-ready=yes]");
  await page.waitForFunction(() => !document.querySelector(".corrected"));
});

test("nothing went wrong, and nothing was asked of another computer", () => {
  assert.deepEqual(reader.problems, []);
});
