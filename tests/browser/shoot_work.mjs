// Pictures of the work of two coders, and of notes on a file that has changed: node shoot_work.mjs ADDRESS FOLDER
import { openReader } from "./browser.mjs";

const [address, folder] = process.argv.slice(2);
const { browser, page } = await openReader(address, { colorScheme: "light" });
for (const [path, name] of [["/codes", "codes"], ["/agreement?coder=Ada&coder=Ben", "agreement"], ["/carry", "carry"]]) {
  await page.goto(new URL(path, address).href);
  await page.screenshot({ path: `${folder}/${name}.png` });
}
await browser.close();
