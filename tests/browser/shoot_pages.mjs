// A picture of a right-to-left PDF beside its pages, for the docs: node shoot_pages.mjs ADDRESS FOLDER
import { openDocument, openReader } from "./browser.mjs";

const [address, folder] = process.argv.slice(2);
const { browser, page } = await openReader(address, { colorScheme: "light" });
await openDocument(page, "columns.pdf");
await page.getByRole("link", { name: "Pages beside the text" }).click();
await page.getByRole("button", { name: "Show all pages" }).click();
await page.waitForFunction(() => document.querySelector(".sheet img")?.complete);
await page.evaluate(() => window.scrollTo(0, document.querySelector(".text").getBoundingClientRect().top - 70));
await page.screenshot({ path: `${folder}/pages.png` });
await page.getByRole("link", { name: "Each passage as printed beside it" }).click();
await page.waitForURL(/\?lines/);
for (const picture of await page.locator(".print img").all()) {
  await picture.scrollIntoViewIfNeeded();
  await picture.evaluate((image) => image.decode());
}
await page.evaluate(() => window.scrollTo(0, document.querySelector(".text").getBoundingClientRect().top + window.scrollY - 70));
await page.screenshot({ path: `${folder}/lines.png` });
await browser.close();
