// Times of the reading page of document 1, as JSON: node measure.mjs ADDRESS
import { openReader } from "./browser.mjs";

const { browser, page } = await openReader(process.argv[2]);
await page.goto(new URL("/doc/1", page.url()).href);
await page.waitForSelector("html[data-ready=yes]", { state: "attached" });
const found = await page.evaluate(async () => {
  const paint = performance.getEntriesByName("first-contentful-paint")[0];
  const response = performance.getEntriesByType("navigation")[0];
  const ready = performance.now();
  const number = document.querySelector(".reading").dataset.number;
  const { findings } = await (await fetch(`/api/documents/${number}/findings`)).json();
  const wanted = new Set(findings.map(({ texts }) => texts.content[0]));
  const shown = [...CSS.highlights.values()].flatMap((group) => [...group])
    .map((range) => range.startContainer.nodeValue.slice(range.startOffset, range.endOffset));
  const pieces = [...wanted].join("\u0000");
  const wrong = shown.filter((text) => !pieces.includes(text.trimEnd())).length;
  const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  const began = performance.now();
  for (let step = 1; step <= 10; step += 1) {
    window.scrollTo(0, (document.documentElement.scrollHeight * step) / 11);
    await frame();
  }
  return {
    "first byte": response.responseStart, "first contentful paint": paint.startTime, "highlights in place": ready,
    "ten scroll steps": performance.now() - began, "highlights shown": shown.length, "highlights wrong": wrong,
  };
});
console.log(JSON.stringify(found));
await browser.close();
