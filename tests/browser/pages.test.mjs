// Every page that the application has, by the addresses in PAGES (JSON): READER is the reader's address, with the token.

import assert from "node:assert/strict";
import { test } from "node:test";
import { at, findSerious, SIZES, useReader } from "./browser.mjs";

const reader = useReader();
const pages = JSON.parse(process.env.PAGES ?? "[]");

for (const path of pages) {
  test(`${path} has no serious accessibility fault, in light and dark, and fits a phone`, async () => {
    const { page } = reader;
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      const answer = await page.goto(at(path));
      assert.equal(answer.status(), 200);
      await page.waitForLoadState("networkidle");
      assert.deepEqual(await findSerious(page), [], colorScheme);
    }
    await page.setViewportSize(SIZES.phone);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0);
    await page.setViewportSize(SIZES.desk);
  });
}

test("none of them raised an error or asked another machine", () => {
  assert.deepEqual(reader.problems, []);
});
