/**
 * `npm run interaction` measures latency. First, over seven days of 600 papers each: the time from each key of a search to its results, by words and then by meaning too.
 * Then, for 17 March (262 papers): the longest tasks while the page loads and scrolls on a processor slowed down four times.
 * Each is measured in wall-clock time and in processor time (page and worker together), which a busy machine affects less.
 * Each measurement is repeated on a reloaded page: a task that is long every time is due to the page, a single one to the machine.
 * Two controls show how many long tasks this machine causes by itself: arithmetic, and the same cards without scripts.
 */
import type { Browser, Page } from "playwright-core";
import { launch } from "./browser.ts";
import { makeEdition } from "./edition.ts";
import { type Listed, readDays, realData } from "./listings.ts";
import { type Task, traced } from "./processor.ts";
import { serve } from "./serve.ts";

const PAPERS = 600;
const RUNS = 5;
const PHONE = { viewport: { width: 412, height: 823 }, isMobile: true };
/** Milliseconds of arithmetic in each frame of the control, as much as the heaviest frames of scrolling take. */
const CONTROL = 10;
const CONTROL_FRAMES = 1_000;
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
    for (const byMeaning of [false, true]) {
      const waits: Wait[] = [];
      for (let run = 0; run < RUNS; run++) {
        const context = await browser.newContext();
        const searching = await context.newPage();
        if (!byMeaning) await context.route("**/assets/model-*.bin", (route) => route.abort());
        await searching.goto(wide.address);
        waits.push(...(await typeQueries(browser, searching, byMeaning)));
        await context.close();
      }
      reportKeys(waits, byMeaning ? "words and meaning" : "words");
    }
    await wide.close();

    const real = await serve(makeEdition(days.filter(({ day }) => day <= "2026-03-17")));
    const scrolling = await (await browser.newContext(PHONE)).newPage();
    await load(browser, scrolling, real.address);
    await scroll(browser, scrolling);
    await real.close();
  } finally {
    await browser.close();
  }
}

/** Days of `PAPERS` papers: each day's own papers, filled up with other days' papers under new identifiers. */
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

/** Milliseconds from a key to its results, in wall-clock and processor time. */
interface Wait {
  typed: string;
  ms: number;
  cost: number;
}

async function typeQueries(browser: Browser, page: Page, byMeaning: boolean): Promise<Wait[]> {
  const box = page.locator("#query");
  await page.waitForSelector("article.card");
  await box.focus();
  await page.waitForTimeout(4_000);
  if (byMeaning) {
    // The first search loads the embedded model.
    await box.fill("detecting text written by machines");
    await page.locator("#filter", { hasText: "close in meaning" }).waitFor();
    await box.fill("");
    await page.waitForTimeout(1_000);
  }
  const { tasks, marks } = await traced(browser, page, async () => {
    for (const query of QUERIES) {
      for (let length = 1; length <= query.length; length++) {
        const typed = query.slice(0, length);
        if (typed.endsWith(" ")) continue;
        await page.evaluate(answered, typed);
        await page.waitForTimeout(120);
      }
      await page.evaluate(answered, "");
      await page.waitForTimeout(300);
    }
  });
  return marks.flatMap(({ name, at }, place) => {
    const typed = name.replace("key:", "");
    const end = marks[place + 1];
    // A key that finds the same cards changes nothing, so it is not measured.
    if (typed === name || !typed || end?.name !== "answered") return [];
    const within = tasks.filter((task) => task.at + task.took > at && task.at < end.at);
    return [{ typed, ms: end.at - at, cost: within.reduce((sum, task) => sum + task.cost, 0) }];
  });
}

function reportKeys(waits: Wait[], by: string): void {
  const keys = [...new Set(waits.map(({ typed }) => typed))].map((typed) => {
    const all = waits.filter((wait) => wait.typed === typed);
    return { typed, ms: median(all.map(({ ms }) => ms)), cost: median(all.map(({ cost }) => cost)) };
  });
  console.log(
    `${7 * PAPERS} papers, by ${by}, ${keys.length} keys: from the key to the list of its answer, each key's median of ${RUNS} runs: ${spread(keys.map(({ ms }) => ms))}; of the processor ${spread(keys.map(({ cost }) => cost))}`,
  );
  for (const { typed, ms, cost } of keys.sort((a, b) => b.ms - a.ms).slice(0, 5))
    console.log(`  ${ms.toFixed(1)} ms, of the processor ${cost.toFixed(1)} ms: "${typed}"`);
  console.log(
    `  all ${waits.length} by themselves: ${spread(waits.map(({ ms }) => ms))}; over 30 ms ${waits.filter(({ ms }) => ms > 30).length}; of the processor ${spread(waits.map(({ cost }) => cost))}`,
  );
}

function spread(values: number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): string =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!.toFixed(1);
  return `median ${at(0.5)} ms, 95 % ${at(0.95)} ms, worst ${at(1)} ms`;
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

/** In the page: enters a query and waits until the list shows its results. */
function answered(typed: string): Promise<void> {
  const query = document.getElementById("query") as HTMLInputElement;
  return new Promise((resolve) => {
    performance.mark(`key:${typed}`);
    const watch = new MutationObserver(() => {
      performance.mark("answered");
      watch.disconnect();
      resolve();
    });
    watch.observe(document.getElementById("list")!, { childList: true });
    query.value = typed;
    query.dispatchEvent(new Event("input", { bubbles: true }));
    // A query that finds the same cards changes nothing.
    setTimeout(() => {
      watch.disconnect();
      resolve();
    }, 3_000);
  });
}

/** Lighthouse's total blocking time, here over all tasks, including those before the first paint. */
async function load(browser: Browser, page: Page, address: string): Promise<void> {
  const { tasks } = await traced(browser, page, async () => {
    await page.goto(address);
    await page.waitForSelector(".card[tabindex]");
    await page.waitForTimeout(4_000);
    await page.evaluate(() => performance.mark("loaded"));
  });
  const costs = tasks.filter(({ thread }) => thread === "page").map(({ cost }) => 4 * cost);
  const blocking = costs.reduce((sum, ms) => sum + Math.max(0, ms - 50), 0);
  console.log(
    `The day loaded, four times the processor's time: blocking ${blocking.toFixed(0)} ms, ${over(costs)}`,
  );
}

async function scroll(browser: Browser, page: Page): Promise<void> {
  await page.waitForSelector("article.card");
  await page.waitForTimeout(3_000);
  const session = await page.context().newCDPSession(page);
  const { tasks } = await traced(browser, page, () => page.evaluate(scrollThrough));
  const cards = await page.locator("article.card").count();
  console.log(
    `${cards} cards scrolled through, 120 px a frame, four times the processor's time: ${costly(tasks)}`,
  );
  const plain = await page.evaluate(withoutScript);

  const runs: LongTask[][] = [];
  for (let run = 0; run < RUNS; run++) {
    await page.reload();
    await page.waitForSelector("article.card");
    await page.evaluate(() => window.scrollTo(0, 0));
    await page.waitForTimeout(3_000);
    await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    runs.push(await page.evaluate(scrollThrough));
    await session.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  }
  reportScrolling(runs);
  const work = await page.evaluate(calibrate, CONTROL);
  await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  const control = await page.evaluate(workEachFrame, { work, frames: CONTROL_FRAMES });
  await scrollPlain(browser, page.url(), plain);
  console.log(
    `  of ${CONTROL_FRAMES} frames of ${CONTROL} ms of arithmetic, ${4 * CONTROL} ms at a quarter: ${over(control)}`,
  );
}

/** A task of more than 50 ms: its duration and the scroll position. */
interface LongTask {
  ms: number;
  y: number;
}

/** Long tasks of two runs count as the same within this distance in pixels: two frames either way. */
const NEAR = 240;

function reportScrolling(runs: LongTask[][]): void {
  const again = recurring(runs);
  console.log(
    `Again at a quarter of the processor, by the clock, ${RUNS} runs: ${runs.map((tasks) => over(tasks.map(({ ms }) => ms))).join("; ")}`,
  );
  console.log(
    `  at the same place in most of these runs: ${again.length}${again.length ? `, ${again.map((y) => `${y.toFixed(0)} px`).join(", ")} from the top` : ""}`,
  );
}

/** The scroll positions where most runs had a long task. */
function recurring(runs: LongTask[][]): number[] {
  const places: number[] = [];
  for (const { y } of runs.flat().toSorted((a, b) => a.y - b.y)) {
    const had = runs.filter((tasks) => tasks.some((task) => Math.abs(task.y - y) <= NEAR)).length;
    if (had > runs.length / 2 && y - (places.at(-1) ?? Number.NEGATIVE_INFINITY) > NEAR) places.push(y);
  }
  return places;
}

/** The second control: the same cards as a document without scripts. */
async function scrollPlain(browser: Browser, address: string, html: string): Promise<void> {
  const context = await browser.newContext({ ...PHONE, serviceWorkers: "block" });
  const page = await context.newPage();
  await page.route("**/plain", (route) => route.fulfill({ contentType: "text/html", body: html }));
  await page.goto(new URL("/plain", address).href);
  await page.waitForTimeout(3_000);
  const { tasks } = await traced(browser, page, () => page.evaluate(scrollThrough));
  await page.evaluate(() => window.scrollTo(0, 0));
  await page.waitForTimeout(3_000);
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  const frames = await page.evaluate(scrollThrough);
  console.log(
    `  the same cards as one document without script: four times the processor's time ${costly(tasks)}; by the clock ${over(frames.map(({ ms }) => ms))}`,
  );
  await context.close();
}

/** In the page: the current document without its scripts. */
function withoutScript(): string {
  const copy = document.documentElement.cloneNode(true) as HTMLElement;
  for (const script of copy.querySelectorAll('script, link[rel="modulepreload"]')) script.remove();
  return `<!doctype html>${copy.outerHTML}`;
}

function costly(tasks: Task[]): string {
  const costs = tasks.filter(({ thread }) => thread === "page").map(({ cost }) => 4 * cost);
  return `${over(costs)} of ${costs.length}`;
}

function over(tasks: number[]): string {
  const long = tasks.filter((ms) => ms > 50);
  return `${long.length} tasks over 50 ms${long.length ? `, the longest ${Math.max(...long).toFixed(0)} ms` : ""}`;
}

/** In the page: the number of arithmetic rounds that take the given time; the median of several measurements. */
function calibrate(milliseconds: number): number {
  const rates: number[] = [];
  for (let attempt = 0; attempt < 15; attempt++) {
    const begin = performance.now();
    let value = 1;
    for (let round = 0; round < 1_000_000; round++) value = (value * 16_807) % 2_147_483_647;
    rates.push((value > 0 ? 1_000_000 : 0) / (performance.now() - begin));
  }
  return Math.round(milliseconds * rates.sort((a, b) => a - b)[7]!);
}

/** In the page: does the given arithmetic in each frame. Returns the durations of the long tasks. */
async function workEachFrame({ work, frames }: { work: number; frames: number }): Promise<number[]> {
  const tasks: number[] = [];
  new PerformanceObserver((list) => {
    for (const task of list.getEntries()) tasks.push(task.duration);
  }).observe({ type: "longtask" });
  for (let frame = 0; frame < frames; frame++) {
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 16)));
    let value = 1;
    for (let round = 0; round < work; round++) value = (value * 16_807) % 2_147_483_647;
    if (value === 0) throw new Error("Such arithmetic never comes to nothing.");
  }
  await new Promise((resolve) => setTimeout(resolve, 100));
  return tasks;
}

/** In the page: scrolls to its end. Returns its long tasks. */
async function scrollThrough(): Promise<LongTask[]> {
  performance.mark("scrolling");
  const tasks: LongTask[] = [];
  const frames: { at: number; y: number }[] = [];
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) {
      const frame = frames.findLast(({ at }) => at <= startTime + duration);
      tasks.push({ ms: duration, y: frame?.y ?? 0 });
    }
  }).observe({ type: "longtask" });
  let still = 0;
  for (let last = -1; still < 10; last = scrollY) {
    window.scrollBy(0, 120);
    frames.push({ at: performance.now(), y: scrollY });
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 16)));
    still = scrollY === last ? still + 1 : 0;
  }
  return tasks;
}
