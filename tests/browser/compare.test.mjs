// Texts side by side: they scroll together, what differs is marked, each keeps its direction. READER is the address.

import assert from "node:assert/strict";
import { test } from "node:test";
import { findSerious, SIZES, takeList, useReader } from "./browser.mjs";

const reader = useReader();

/** Choose texts by what stands in the lists, and compare them. */
async function choose(page, ...names) {
  await page.getByRole("link", { name: "Compare" }).first().click();
  for (const [at, name] of names.entries()) {
    const list = page.locator("form.ask select").nth(at);
    const wanted = (await list.locator("option").allTextContents()).find((words) => words.includes(name));
    await list.selectOption({ label: wanted });
  }
  await page.getByRole("button", { name: "Compare" }).click();
  await page.waitForSelector("html[data-ready=yes] .pane");
}

/** How far below the top of its pane the paragraph stands that holds some words. */
function heightOf(page, pane, words) {
  return page.locator(".pane").nth(pane).evaluate((box, wanted) => {
    const found = [...box.querySelectorAll("p")].find((one) => one.textContent.includes(wanted));
    return found.getBoundingClientRect().top - box.getBoundingClientRect().top;
  }, words);
}

function scrolled(page, pane) {
  return page.locator(".pane").nth(pane).evaluate((box) => box.scrollTop);
}

/** Until a pane has come to rest. */
async function settle(page) {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 60)))));
}

test("two releases are chosen, and just the words that differ are marked in each", async () => {
  const { page } = reader;
  await choose(page, "rules-2015", "rules-2016");
  assert.deepEqual(await page.locator(".pane").nth(0).locator("del").allTextContents(), ["nine ", "Rule 31. This rule stands in the first release alone, and nowhere else."]);
  assert.deepEqual(await page.locator(".pane").nth(1).locator("ins").allTextContents().then((all) => all.map((one) => one.trim())), ["A preface of the second release, longer than the heading: the harbour office thanks all who wrote to it.", "ten"]);
  assert.equal(await page.locator(".pane").nth(1).locator(".missing").count(), 1);
});

test("what stands side by side is taken as a table, with the words that differ", async () => {
  const rows = await takeList(reader.page);
  const changed = rows.filter((row) => row.a_differs || row.b_differs);
  assert.deepEqual(changed.map((row) => [row.a_differs, row.b_differs]), [
    ["", "A preface of the second release, longer than the heading: the harbour office thanks all who wrote to it."],
    ["nine", "ten"],
    ["Rule 31. This rule stands in the first release alone, and nowhere else.", ""],
  ]);
  assert.equal(rows.filter((row) => row.a).length, 41);
});

test("the wheel over one text moves the other, so that what answers stands at one height", async () => {
  const { page } = reader;
  const box = await page.locator(".pane").nth(0).boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.wheel(0, 900);
  await page.waitForFunction(() => document.querySelectorAll(".pane")[1].scrollTop > 0);
  await settle(page);
  const eye = await page.locator(".pane").nth(0).evaluate((pane) => {
    const line = pane.getBoundingClientRect().top + 0.3 * pane.clientHeight;
    const found = [...pane.querySelectorAll("p")].find((one) => one.getBoundingClientRect().bottom > line);
    return /Rule \d+\./.exec(found.textContent)[0];
  });
  const [first, second] = [await heightOf(page, 0, eye), await heightOf(page, 1, eye)];
  assert.ok(Math.abs(first - second) < 30, `${eye} ${first} ${second}`);
});

test("with the keyboard the second leads and the first follows, to the very end", async () => {
  const { page } = reader;
  await page.locator(".pane").nth(1).focus();
  const before = await scrolled(page, 0);
  await page.keyboard.press("PageDown");
  await page.waitForFunction((was) => document.querySelectorAll(".pane")[0].scrollTop > was, before);
  await page.keyboard.press("End");
  await page.waitForFunction(() => [...document.querySelectorAll(".pane")].every((box) => box.scrollTop >= box.scrollHeight - box.clientHeight - 2));
  await page.keyboard.press("Home");
  await page.waitForFunction(() => [...document.querySelectorAll(".pane")].every((box) => box.scrollTop === 0));
});

test("unlinked, each scrolls alone", async () => {
  const { page } = reader;
  await page.getByLabel("scroll together").uncheck();
  await page.locator(".pane").nth(0).focus();
  await page.keyboard.press("PageDown");
  await page.waitForFunction(() => document.querySelectorAll(".pane")[0].scrollTop > 100);
  await settle(page);
  assert.equal(await scrolled(page, 1), 0);
});

test("an Arabic pair keeps its direction, and its word that differs", async () => {
  const { page } = reader;
  await choose(page, "bayan-a", "bayan-b");
  for (const pane of [0, 1]) {
    const lines = page.locator(".pane").nth(pane).locator(".said");
    assert.deepEqual([...new Set(await lines.evaluateAll((all) => all.map((one) => one.matches(":dir(rtl)") && getComputedStyle(one).textAlign)))], ["start"]);
  }
  assert.deepEqual((await page.locator(".pane").nth(0).locator("del").allTextContents()).map((one) => one.trim()), ["كاملا"]);
  assert.equal(await page.locator(".pane").nth(1).locator("ins").count(), 0);
});

test("a text and its translation: nothing is marked, and what has the same number stands together", async () => {
  const { page } = reader;
  await choose(page, "rules-2015", "qawaid");
  assert.equal(await page.locator(".pane del, .pane ins").count(), 0);
  assert.match(await page.locator("main").innerText(), /too few are shared/);
  await page.locator(".pane").nth(0).focus();
  await page.keyboard.press("PageDown");
  await page.waitForFunction(() => document.querySelectorAll(".pane")[1].scrollTop > 0);
});

test("the older text of a file that has changed stands beside the newer, and a third release beside both", async () => {
  const { page } = reader;
  await choose(page, "its text 1", "Notice of the lamps", "rules-2015");
  assert.deepEqual(await page.locator("h2 .quiet").allTextContents(), ["text 1 of 2", "text 2 of 2"]);
  assert.deepEqual((await page.locator(".pane").nth(1).locator("ins").allTextContents()).map((one) => one.trim()), ["midnight,"]);
  assert.equal(await page.locator(".pane").count(), 3);
  assert.equal(await page.locator(".pane").nth(0).locator("a").count(), 0);
});

test("the page has no serious fault, fits a phone, and asks nobody else", async () => {
  const { page } = reader;
  assert.deepEqual(await findSerious(page), []);
  await page.setViewportSize(SIZES.phone);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0);
  assert.deepEqual(reader.problems, []);
});
