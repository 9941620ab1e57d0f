/**
 * `npm run interaction`: what a reader waits for. Seven days of 600 papers each, made of the real listings: from each key of a search
 * to the frame with its answer. Then the heavy day of 17 March, scrolled through with the processor slowed down four times: its longest task.
 */
import type { Page } from "playwright-core";
import { launch } from "./browser.ts";
import { makeEdition } from "./edition.ts";
import { type Listed, readDays, realData } from "./listings.ts";
import { serve } from "./serve.ts";

const PAPERS = 600;
const QUERIES = [
  "attention",
  "diffusion models",
  "graph neural",
  "retreival",
  "zhang wei",
  "quantum error",
  "reinforcement l",
];

export async function main(): Promise<void> {
  const folder = realData();
  if (!folder) throw new Error("No listings: set DENOISED_REAL_DATA to a folder that holds arxiv/listings/.");
  const days = readDays(folder).filter(({ day }) => day !== "2026-03-13");
  const browser = await launch();
  try {
    const wide = await serve(makeEdition(grown(days)));
    const searching = await browser.newPage();
    await searching.goto(wide.address);
    await typeQueries(searching);
    await wide.close();

    const real = await serve(makeEdition(days.filter(({ day }) => day <= "2026-03-17")));
    const scrolling = await (
      await browser.newContext({ viewport: { width: 412, height: 823 }, isMobile: true })
    ).newPage();
    await scrolling.goto(real.address);
    await scroll(scrolling);
    await real.close();
  } finally {
    await browser.close();
  }
}

/** Days of `PAPERS` papers: each day's own, and the others' after them under identifiers of their own. */
function grown(days: { day: string; papers: Listed[] }[]): { day: string; papers: Listed[] }[] {
  const all = days.flatMap(({ papers }) => papers);
  return days.map(({ day }, place) => ({
    day,
    papers: Array.from({ length: PAPERS }, (_, number) => ({
      ...all[(place * 131 + number * 7) % all.length]!,
      id: `26${String(10 + place)}.${String(number + 1).padStart(5, "0")}`,
    })),
  }));
}

async function typeQueries(page: Page): Promise<void> {
  const box = page.locator("#query");
  await page.waitForSelector("article.card");
  await box.focus();
  await page.waitForTimeout(4_000);
  const waits: { typed: string; ms: number }[] = [];
  for (const query of QUERIES) {
    for (let length = 1; length <= query.length; length++) {
      const typed = query.slice(0, length);
      if (typed.endsWith(" ")) continue;
      waits.push({ typed, ms: await page.evaluate(answered, typed) });
      await page.waitForTimeout(120);
    }
    await page.evaluate(answered, "");
    await page.waitForTimeout(300);
  }
  const sorted = waits.map(({ ms }) => ms).sort((a, b) => a - b);
  const at = (share: number): string =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!.toFixed(1);
  console.log(
    `${7 * PAPERS} papers, ${waits.length} keys: from the key to the list of its answer, median ${at(0.5)} ms, 95 % ${at(0.95)} ms, worst ${at(1)} ms`,
  );
  for (const { typed, ms } of [...waits].sort((a, b) => b.ms - a.ms).slice(0, 5))
    console.log(`  ${ms.toFixed(1)} ms: "${typed}"`);
}

/** In the page: puts a text into the search box, and waits until the list shows what it found. */
function answered(typed: string): Promise<number> {
  const query = document.getElementById("query") as HTMLInputElement;
  return new Promise((resolve) => {
    const started = performance.now();
    const watch = new MutationObserver(() => {
      watch.disconnect();
      resolve(performance.now() - started);
    });
    watch.observe(document.getElementById("list")!, { childList: true });
    query.value = typed;
    query.dispatchEvent(new Event("input", { bubbles: true }));
    // What finds the same cards again changes nothing.
    setTimeout(() => {
      watch.disconnect();
      resolve(0);
    }, 3_000);
  });
}

async function scroll(page: Page): Promise<void> {
  await page.waitForSelector("article.card");
  await page.waitForTimeout(3_000);
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  const { tasks, cards } = await page.evaluate(async () => {
    const tasks: number[] = [];
    new PerformanceObserver((list) => {
      for (const task of list.getEntries()) tasks.push(task.duration);
    }).observe({ type: "longtask" });
    let still = 0;
    for (let last = -1; still < 10; last = scrollY) {
      window.scrollBy(0, 120);
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 16)));
      still = scrollY === last ? still + 1 : 0;
    }
    return { tasks, cards: document.querySelectorAll("article.card").length };
  });
  console.log(
    `${cards} cards scrolled through, 120 px a frame, at a quarter of the processor: ${tasks.length} tasks over 50 ms${tasks.length ? `, the longest ${Math.max(...tasks).toFixed(0)} ms` : ""}`,
  );
}
