/** The browser and the site under test: the one at `DENOISED_SITE`, else the built page over real listings. */
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { findBrowser, launch } from "../dev/browser.ts";
import { makeEdition } from "../dev/edition.ts";
import { readDays, realData } from "../dev/listings.ts";
import { type Site, serve } from "../dev/serve.ts";
import type { DayEntry, PaperCard, PaperView, SiteIndex } from "../src/data/types.ts";

export interface Tested {
  address: string;
  browser: Browser;
  index: SiteIndex;
  /** The newest day. */
  day: DayEntry;
  cards: PaperCard[];
  /** Null if the tests do not serve the site themselves. */
  site: Site | null;
  close(): Promise<void>;
}

export const canRun = (): boolean => {
  if (!findBrowser()) {
    if (process.env["DENOISED_REQUIRE_BROWSER"] === "1")
      throw new Error("DENOISED_REQUIRE_BROWSER=1, but no browser was found.");
    return false;
  }
  return process.env["DENOISED_SITE"] !== undefined || realData() !== null;
};

export async function openSite(): Promise<Tested> {
  const given = process.env["DENOISED_SITE"]?.replace(/\/$/, "");
  const site = given
    ? null
    : await serve(makeEdition(readDays(realData()!).filter(({ day }) => day <= "2026-03-17")));
  const address = given ?? site!.address;
  const index = await readJson<SiteIndex>(address, "index.json");
  const day = index.days[0]!;
  const cards = (
    await Promise.all(day.parts.map((part) => readJson<PaperCard[]>(address, part.cards)))
  ).flat();
  const browser = await launch();
  return {
    address,
    browser,
    index,
    day,
    cards,
    site,
    async close() {
      await browser.close();
      await site?.close();
    },
  };
}

export async function readJson<T>(address: string, name: string): Promise<T> {
  const response = await fetch(`${address}/data/${name}`);
  if (!response.ok) throw new Error(`${address}/data/${name} responded with ${response.status}.`);
  return (await response.json()) as T;
}

export async function readPaper({ address, day }: Tested, place: number): Promise<PaperView> {
  const part = day.parts[Math.floor(place / 32)]!;
  return (await readJson<PaperView[]>(address, part.details))[place % 32]!;
}

/** Opens a page in a new context and collects its errors, including violations of the Content-Security-Policy. */
export async function visit(
  tested: Tested,
  path: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; complaints: string[] }> {
  const context = await tested.browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  // Response times depend on the machine; only the test's own timeout applies.
  context.setDefaultTimeout(150_000);
  context.setDefaultNavigationTimeout(150_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  await page.goto(tested.address + path);
  if (options.javaScriptEnabled !== false && !path.startsWith("/papers/"))
    await page.waitForFunction(() => document.querySelector(".card[tabindex], .empty, .error"));
  return { page, complaints };
}

/** Scrolls until all cards of the list are filled. */
export async function readOn(page: Page): Promise<void> {
  await page.waitForFunction(
    () => {
      window.scrollTo(0, document.documentElement.scrollHeight);
      const isLoading = document.querySelector('[aria-busy="true"]') !== null;
      return !isLoading && (document.getElementById("rest") as HTMLElement).hidden;
    },
    undefined,
    { polling: 50 },
  );
}
