// Debian's Chromium, started the same way by every test and by the screenshots, and what the walks share.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before } from "node:test";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const SIZES = { desk: { width: 1440, height: 900 }, phone: { width: 320, height: 640 }, wall: { width: 3840, height: 2160 } };

/** Open a page at the reader's address: `options` are playwright's context options. */
export async function openReader(address, options = {}) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync",
    ],
  });
  const context = await browser.newContext({ viewport: SIZES.desk, ...options });
  const page = await context.newPage();
  const problems = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  page.on("request", (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (protocol !== "data:" && hostname !== "127.0.0.1") problems.push(`remote request: ${request.url()}`);
  });
  await page.goto(address);
  return { browser, page, problems };
}

/** The reading page of a document, by a part of its name, with its highlights in place. */
export async function openDocument(page, name) {
  await page.goto(new URL("/", page.url()).href);
  const link = page.locator(".documents li", { hasText: name }).locator("a.name").first();
  await link.click();
  await page.waitForURL(/\/doc\//);
  await page.waitForSelector("html[data-ready=yes][data-coding=ready]");
}

/** The reader at READER, opened before the first test of a file and closed after the last. */
export function useReader() {
  const reader = {};
  before(async () => Object.assign(reader, await openReader(process.env.READER)));
  after(() => reader.browser.close());
  return reader;
}

/** An address of the reader by its path. */
export function at(path) {
  return new URL(path, process.env.READER).href;
}

/** The serious accessibility faults of a page, one line each. */
export async function findSerious(page) {
  // The policy of the page forbids injected scripts, as it should; evaluate runs outside of it.
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  return violations.filter(({ impact }) => impact === "serious" || impact === "critical").map(({ id, nodes }) => `${id}: ${nodes[0].html}`);
}

/** Press Tab until the focused element answers to a selector and, when given, holds some words. */
export async function tabTo(page, selector, words = "") {
  for (let pressed = 0; pressed < 120; pressed += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(([wanted, text]) => {
      const here = document.activeElement;
      return (here?.matches(wanted) && (here.textContent ?? "").includes(text)) ?? false;
    }, [selector, words])) return;
  }
  assert.fail(`Tab never reached ${selector} ${words}`);
}

/** Click a link or button that gives a file; its name and content. */
export async function takeFile(page, locator) {
  const [download] = await Promise.all([page.waitForEvent("download"), locator.click()]);
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), "utf8") };
}

/** The rows of a CSV file by the names of its columns (RFC 4180). */
export function parseCsv(text) {
  const rows = [[""]];
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const row = rows[rows.length - 1];
    if (text[at] === '"' && quoted && text[at + 1] === '"') row[row.length - 1] += text[(at += 1)];
    else if (text[at] === '"') quoted = !quoted;
    else if (text[at] === "," && !quoted) row.push("");
    else if (!quoted && text.startsWith("\r\n", at)) {
      rows.push([""]);
      at += 1;
    }
    else row[row.length - 1] += text[at];
  }
  const [names, ...found] = rows.filter((row) => row.length > 1 || row[0]);
  return found.map((row) => Object.fromEntries(names.map((name, number) => [name, row[number]])));
}

/** The list on the page as its CSV export has it. */
export async function takeList(page) {
  const { name, text } = await takeFile(page, page.locator("main a[download]", { hasText: /^csv$/ }).first());
  assert.match(name, /\.csv$/);
  return parseCsv(text);
}

/** The words of each cell of a table's body, row by row. */
export function readTable(page, selector = "main table") {
  return page.locator(`${selector} tbody tr`).evaluateAll((rows) =>
    rows.map((row) => [...row.querySelectorAll("th, td")].map((cell) => (cell.textContent ?? "").trim())));
}
