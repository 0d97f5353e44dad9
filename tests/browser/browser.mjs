// Debian's Chromium, started the same way by every test and by the screenshots.

import { chromium } from "playwright-core";

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
  await page.waitForSelector("html[data-ready=yes]");
}
