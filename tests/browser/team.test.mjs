// A project served to a team, walked with the keyboard alone: READER is the address, PASSWORD that of Mona.

import assert from "node:assert/strict";
import { test } from "node:test";
import { at, findSerious, tabTo, useReader } from "./browser.mjs";

const reader = useReader();

async function assertNoFault(page) {
  assert.deepEqual(await findSerious(page), [], page.url());
}

test("a wrong password is refused in words, the right one opens the list", async () => {
  const { page } = reader;
  assert.match(page.url(), /\/login$/);
  await assertNoFault(page);
  await tabTo(page, "#name");
  await page.keyboard.type("Mona");
  await page.keyboard.press("Tab");
  await page.keyboard.type("not the password");
  await page.keyboard.press("Enter");
  await page.waitForSelector("[role=alert]");
  assert.match((await page.locator("[role=alert]").textContent()) ?? "", /Name or password is wrong/);
  await tabTo(page, "#name");
  await page.keyboard.type("Mona");
  await page.keyboard.press("Tab");
  await page.keyboard.type(/** @type {string} */ (process.env.PASSWORD));
  await page.keyboard.press("Enter");
  await page.waitForSelector(".documents");
  assert.equal(await page.locator(".documents > li").count(), 18);
});

test("a restricted document from right to left is opened on purpose, with a reason, and that is written down", async () => {
  const { page } = reader;
  await page.goto(at("/search?q=" + encodeURIComponent("البحيرات")));
  const hit = page.locator(".documents li", { hasText: "restricted" }).first();
  assert.equal(await hit.locator("mark").count(), 0);
  await hit.locator("a.name").focus();
  await page.keyboard.press("Enter");
  await page.waitForSelector("#reason");
  await assertNoFault(page);
  assert.equal(await page.locator(".line").count(), 0);
  await tabTo(page, "#reason");
  await page.keyboard.type("comparing the releases");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".line");
  assert.equal(await page.locator(".line", { hasText: "إمارة" }).first().evaluate((line) => line.matches(":dir(rtl)")), true);
  await page.goto(at("/access"));
  assert.match((await page.locator("table").textContent()) ?? "", /Mona.*document\.open.*comparing the releases/s);
  await assertNoFault(page);
});

test("logging out ends it", async () => {
  const { page } = reader;
  await page.goto(at("/"));
  await tabTo(page, "form[action='/logout'] button");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/login$/);
  await page.goto(at("/doc/1"));
  assert.match(page.url(), /\/login$/);
});
