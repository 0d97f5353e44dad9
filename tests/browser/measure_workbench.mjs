// First paint of three pages and jumps in a long concordance, as JSON: node measure_workbench.mjs ADDRESS WORD JUMPS
import { openReader } from "./browser.mjs";

const [address, word, jumps] = process.argv.slice(2);
const { browser, page } = await openReader(address);

/** Milliseconds from asking for a page to its first words on the screen. */
async function paint(path) {
  await page.goto(new URL(path, address).href, { waitUntil: "load" });
  return page.evaluate(async () => {
    const named = () => performance.getEntriesByName("first-contentful-paint")[0];
    while (!named()) await new Promise((resolve) => requestAnimationFrame(resolve));
    return named().startTime;
  });
}

const query = encodeURIComponent(word);
const found = { list: [], search: [], "reading page": [] };
for (let run = 0; run < 5; run += 1) {
  found.list.push(await paint("/"));
  found.search.push(await paint(`/search?q=${query}`));
  found["reading page"].push(await paint(`/doc/${7 + run}`));
}
await page.goto(new URL(`/concordance?q=${query}`, address).href);
await page.waitForSelector("html[data-ready=yes]", { state: "attached" });
// A jump is from the scroll to the frame in which the new lines stand. Those of a place that was seen before are in the
// page already; those of a new place come from the server first.
const jumped = await page.evaluate(async (count) => {
  const region = document.getElementById("lines");
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  async function jump(share) {
    const before = region.dataset.first;
    const began = performance.now();
    region.scrollTop = share * (region.scrollHeight - region.clientHeight);
    while (region.dataset.first === before) await frame();
    return performance.now() - began;
  }
  const shares = Array.from({ length: count }, (_, at) => ((at * 37) % count) / count + 0.5 / count);
  const fresh = [];
  const again = [];
  for (const share of shares) fresh.push(await jump(share));
  for (const share of shares) again.push(await jump(share));
  return { lines: Number(region.dataset.total), fresh, again };
}, Number(jumps));
console.log(JSON.stringify({ paint: found, ...jumped }));
await browser.close();
