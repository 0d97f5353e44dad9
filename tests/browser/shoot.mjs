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
for (const [path, name] of [
  ["/words?show=keyness&target=path:01-talks&least=2", "words"], ["/voices", "voices"], ["/figures", "figures"],
  ["/timeline", "timeline"], ["/ledger?show=figures&sort=-low", "ledger"], ["/names", "names"], ["/compare?a=07-boatmen-release.txt&b=08-boatmen-release-corrected.txt", "compare"],
  ["/said?voice=Karel+Lund", "said"],
]) {
  await page.goto(new URL(path, address).href);
  await page.waitForLoadState("networkidle");
  if (name === "compare") await page.locator(".pane").first().scrollIntoViewIfNeeded();
  await page.screenshot({ path: `${folder}/${name}.png` });
}
await openDocument(page, "08-boatmen-release-corrected");
const chain = page.locator('.card a[href^="/where/"]').first();
await page.goto(new URL((await chain.getAttribute("href")) ?? "", address).href);
await page.screenshot({ path: `${folder}/chain.png` });
await browser.close();
