// Searches, counts and codes as a person would: with the mouse, and once with the keyboard alone. READER is the address.

import assert from "node:assert/strict";
import { test } from "node:test";
import { at, findSerious, openDocument, useReader } from "./browser.mjs";

const reader = useReader();

async function openCoded(page, name) {
  await openDocument(page, name);
  await page.waitForSelector("html[data-coding=ready]");
}

/** The words under a highlight, joined. */
function highlighted(page, name) {
  return page.evaluate((group) => [...(CSS.highlights.get(group) ?? [])].map((range) =>
    range.startContainer.nodeValue.slice(range.startOffset, range.endOffset)), name);
}

test("a concordance rolls, sorts, and leads to its words", async () => {
  const { page } = reader;
  await page.goto(at("/concordance?q=the&sort=right"));
  await page.waitForSelector("html[data-ready=yes]");
  const total = Number(await page.locator("#lines").getAttribute("data-total"));
  assert.ok(total > 300, String(total));
  assert.ok((await page.locator("#lines tr").count()) < 80);
  await page.locator("#lines").evaluate((box) => { box.scrollTop = box.scrollHeight; });
  await page.waitForFunction((last) => document.querySelector("#lines").getAttribute("aria-label").includes(`to ${last} of`), total);
  const after = await page.locator("#lines .right").allTextContents();
  const firsts = after.map((words) => words.trim().split(/[^\p{L}\p{N}]+/u)[0].toLowerCase()).filter(Boolean);
  assert.deepEqual(firsts, [...firsts].sort());
  await page.locator("#lines a").last().click();
  await page.waitForURL(/\/doc\//);
  await page.waitForSelector("html[data-ready=yes]");
  assert.ok((await highlighted(page, "hit")).length > 0);
});

test("what is passed in a drag is not asked for, and what lies near is there before it is reached", async () => {
  const { page } = reader;
  await page.goto(at("/concordance?q=the"));
  await page.waitForFunction(() => Number(document.querySelector("#lines").dataset.held) > 60); // three screens
  const asked = [];
  page.on("request", (request) => request.url().includes("/api/concordance") && asked.push(request.url()));
  await page.locator("#lines").evaluate((box) => { box.scrollTop = 20 * 30; });
  await page.waitForFunction(() => document.querySelector("#lines").dataset.first === "20");
  const seen = await page.locator("#lines tbody tr").count();
  for (const address of asked) assert.ok(Number(new URL(address).searchParams.get("offset")) >= 20 + seen, address);
  asked.length = 0;
  const steps = 60;
  await page.route("**/api/concordance*", async (route) => { // slower than a frame on any machine
    await new Promise((resolve) => setTimeout(resolve, 400));
    await route.continue();
  });
  await page.locator("#lines").evaluate(async (box, count) => {
    for (let step = 1; step <= count; step += 1) {
      box.scrollTop = (step / count) * box.scrollHeight;
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  }, steps);
  const total = Number(await page.locator("#lines").getAttribute("data-total"));
  await page.waitForFunction((last) => document.querySelector(`#lines tr[aria-rowindex="${last}"]`), total);
  await page.unroute("**/api/concordance*");
  assert.ok(asked.length < steps / 2, asked.join("\n"));
});

test("an Arabic concordance has what stands before on the right", async () => {
  const { page } = reader;
  await page.goto(at("/concordance?q=" + encodeURIComponent("وقال OR في")));
  await page.waitForSelector("html[data-ready=yes]");
  const [left, right] = await Promise.all(["left", "right"].map((side) => page.locator(`#lines .${side}`).first().boundingBox()));
  assert.ok(left.x > right.x);
});

test("in a concordance the surroundings have more room than the hit, which stands close to them", async () => {
  const { page } = reader;
  await page.goto(at("/concordance?q=harbour"));
  await page.waitForSelector("html[data-ready=yes]");
  const [left, node] = await Promise.all(["left", "node"].map((name) => page.locator(`#lines .${name}`).first().boundingBox()));
  assert.ok(left.width > 2 * node.width, `${left.width} ${node.width}`);
});

test("forms of a word are ticked and unticked", async () => {
  const { page } = reader;
  await page.goto(at("/search?level=affixes&q=lake"));
  const ticks = page.locator("input[name=form]");
  assert.ok((await ticks.count()) >= 2);
  const before = await page.locator(".documents mark").allTextContents();
  assert.ok(before.some((word) => /lakes/i.test(word)));
  for (const tick of await ticks.all()) if ((await tick.getAttribute("value")) !== "lake") await tick.uncheck();
  const asked = page.url();
  await page.locator(".ask button").click();
  await page.waitForURL((url) => url.href !== asked);
  const left = await page.locator(".documents mark").allTextContents();
  assert.ok(left.length > 0 && left.every((word) => /^lake$/i.test(word)), left.join());
});

test("a code is added to the codebook with its key", async () => {
  const { page } = reader;
  await page.goto(at("/codes"));
  await page.getByLabel("Name").last().fill("Promise");
  await page.getByLabel("key").last().fill("p");
  await page.getByRole("button", { name: "Add" }).click();
  await page.locator(".codebook .code-name", { hasText: "Promise" }).waitFor();
  await page.getByLabel("Name").last().fill("Blame");
  await page.getByLabel("key").last().fill("b");
  await page.getByRole("button", { name: "Add" }).click();
  await page.locator(".codebook .code-name", { hasText: "Blame" }).waitFor();
  assert.deepEqual(await page.locator(".codebook .code-name").allTextContents(), ["Promise", "Blame"]);
});

test("selected words are coded with one key, and the coding is still there on the next visit", async () => {
  const { page } = reader;
  await openCoded(page, "01-talks-press-release");
  const wanted = await page.evaluate(() => {
    const line = [...document.querySelectorAll(".line")].find((one) => one.textContent.trim().split(" ").length > 6);
    const node = line.firstChild;
    const words = line.textContent.split(" ");
    const range = document.createRange();
    range.setStart(node, words[0].length + 2); // inside the second word
    range.setEnd(node, words.slice(0, 4).join(" ").length - 1); // inside the fourth
    document.getSelection().removeAllRanges();
    document.getSelection().addRange(range);
    return words.slice(1, 4).join(" ");
  });
  await page.waitForFunction(() => CSS.highlights.has("chosen"));
  await page.keyboard.press("p");
  await page.waitForSelector(".note-card .code-name");
  assert.match(await page.locator(".note-card").first().textContent(), /Promise/);
  await openCoded(page, "01-talks-press-release");
  assert.deepEqual((await highlighted(page, "coded")).join(" "), wanted);
});

test("undo and redo take the coding away and bring it back", async () => {
  const { page } = reader;
  await page.keyboard.press("u");
  await page.waitForFunction(() => document.querySelectorAll(".note-card").length === 0);
  assert.match(await page.locator("#coding-said").textContent(), /undone/);
  await page.keyboard.press("Shift+U");
  await page.waitForFunction(() => document.querySelectorAll(".note-card").length === 1);
});

test("with the keyboard alone, in a right-to-left text, words are chosen, coded and explained in a memo", async () => {
  const { page } = reader;
  await openCoded(page, "10-lake-day-ar");
  await page.keyboard.press("s");
  await page.keyboard.press("Shift+ArrowLeft");
  await page.keyboard.press("Shift+ArrowLeft");
  const words = (await highlighted(page, "chosen")).join(" ");
  assert.equal(words.trim().split(/\s+/).length >= 2, true, words);
  await page.keyboard.press("c");
  assert.equal(await page.evaluate(() => document.activeElement.id), "code-choice");
  await page.keyboard.type("Blame");
  await page.keyboard.press("Tab");
  await page.keyboard.type("a reason");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".note-card");
  const note = await page.locator(".note-card").first().textContent();
  assert.match(note, /Blame/);
  assert.match(note, /a reason/);
});

test("nothing typed is lost when the reader has gone", async () => {
  const { page } = reader;
  await openCoded(page, "01-talks-press-release");
  await page.route("**/memo", (route) => route.abort());
  await page.locator("#memo-text").fill("a long thought");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => /nothing was kept/.test(document.getElementById("coding-said").textContent));
  assert.equal(await page.locator("#memo-text").inputValue(), "a long thought");
  await page.unroute("**/memo");
  reader.problems.splice(0); // the aborted request above
});

test("a dossier is chosen, taken, and read without the reader", async () => {
  const { page } = reader;
  await page.goto(at("/search?q=" + encodeURIComponent('"harbour dues"')));
  await page.locator("a", { hasText: "Dossier" }).first().click();
  await page.waitForURL(/dossier/);
  assert.match((await page.locator("[role=status]").textContent()) ?? "", /passages of 4 documents/);
  await page.locator("#d-document").fill("10-lake-day-ar.txt");
  await page.locator("#d-verdict").selectOption("wrong-reference");
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator("button", { hasText: "Take the file" }).click()]);
  assert.equal(download.suggestedFilename(), "dossier.html");
  const context = await reader.browser.newContext({ javaScriptEnabled: false, viewport: { width: 320, height: 640 } });
  const file = await context.newPage();
  const problems = [];
  file.on("console", (message) => problems.push(message.text()));
  file.on("request", (request) => request.url().startsWith("file:") || problems.push(request.url()));
  const { mkdtempSync } = await import("node:fs");
  const folder = mkdtempSync("/tmp/dossier-");
  await download.saveAs(`${folder}/dossier.html`);
  await file.goto(`file://${folder}/dossier.html`);
  assert.deepEqual(problems, []);
  const arabic = file.locator(".line", { hasText: /[\u0600-\u06ff]/ }).first();
  assert.equal(await arabic.evaluate((line) => getComputedStyle(line).direction + getComputedStyle(line).unicodeBidi), "rtlplaintext");
  assert.ok(await file.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "wider than a phone");
  await file.emulateMedia({ media: "print" });
  assert.equal(await file.locator(".skip").isVisible(), false);
  await context.close();
  const read = await reader.browser.newPage(); // axe needs timers, which stand still where scripts are off
  await read.goto(`file://${folder}/dossier.html`);
  assert.deepEqual(await findSerious(read), []);
  await read.close();
});
