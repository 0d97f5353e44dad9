// Pictures of the reader for README and docs: node shoot.mjs ADDRESS FOLDER
import { openDocument, openReader } from "./browser.mjs";

const [address, folder] = process.argv.slice(2);
const { browser, page } = await openReader(address, { colorScheme: "light" });
await page.screenshot({ path: `${folder}/list.png` });
await openDocument(page, "16-questions-and-answers");
const verdict = page.locator('.card[data-kind="verdict"][open]').first();
await verdict.locator("summary").first().focus();
await verdict.scrollIntoViewIfNeeded();
await page.evaluate(() => document.querySelector('.card[data-kind="verdict"][open]')?.scrollIntoView({ block: "center" }));
await page.screenshot({ path: `${folder}/reader.png` });
await openDocument(page, "10-lake-day-ar");
await page.screenshot({ path: `${folder}/rtl.png` });
await page.goto(new URL("/search?q=" + encodeURIComponent('"harbour dues"'), address).href);
await page.screenshot({ path: `${folder}/search.png` });
await page.goto(new URL("/concordance?q=harbour&sort=right", address).href);
await page.waitForSelector("html[data-ready=yes]");
await page.screenshot({ path: `${folder}/concordance.png` });
await browser.close();
