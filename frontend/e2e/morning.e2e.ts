/** The page as a returning reader uses it. */
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { slugOf } from "../src/templates/contexts.ts";
import { canRun, openSite, readOn, readPaper, type Tested, visit } from "./site.ts";

const DESKTOP = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };

/** Starts a second visit. */
async function comeBack(page: Page): Promise<void> {
  await page.reload();
  await page.waitForSelector(".card[tabindex]");
}

const bottomOf = (page: Page, selector: string): Promise<number> =>
  page
    .locator(selector)
    .first()
    .evaluate((element) => element.getBoundingClientRect().bottom);

/** The top of an element once it is stable: cards are laid out and formulas rendered when they come into view. */
async function settledTop(page: Page, element: Locator): Promise<number> {
  let top = Number.NaN;
  for (let held = 0; held < 4; ) {
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 50))));
    const now = (await element.boundingBox())!.y;
    held = now === top ? held + 1 : 0;
    top = now;
  }
  return top;
}

describe.skipIf(!canRun())("a returning reader", () => {
  let tested: Tested;
  beforeAll(async () => {
    tested = await openSite();
  });
  afterAll(() => tested?.close());

  test("smoke: the first screen shows the day and its first paper", async () => {
    const { page, complaints } = await visit(tested, "/");
    await comeBack(page);
    expect(await page.locator("h1").count()).toBe(1);
    expect(await bottomOf(page, ".card .title")).toBeLessThan(DESKTOP.height);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("the introduction is shown on a first visit only, and without JavaScript", async () => {
    const { page } = await visit(tested, "/");
    expect(await page.locator(".hero").isVisible()).toBe(true);
    await comeBack(page);
    expect(await page.locator(".hero").isVisible()).toBe(false);
    await page.context().close();

    const still = await visit(tested, "/", { javaScriptEnabled: false });
    expect(await still.page.locator(".hero").isVisible()).toBe(true);
    await still.page.context().close();
  });

  test.each([
    ["a desktop", DESKTOP, ".card .points li"],
    ["a phone", PHONE, ".card .title"],
  ])("the first screen of %s shows a paper", async (_, viewport, shown) => {
    const { page } = await visit(tested, "/", { viewport });
    await comeBack(page);
    expect(await bottomOf(page, shown)).toBeLessThan(viewport.height);
    await page.context().close();
  });

  test.each([
    ["a desktop", DESKTOP],
    ["a phone", PHONE],
  ])("the bar of %s stays while the list is read", async (_, viewport) => {
    const { page } = await visit(tested, "/", { viewport });
    await page.mouse.wheel(0, 5_000);
    await expect.poll(() => page.evaluate(() => window.scrollY)).toBeGreaterThan(1_000);
    const bar = (await page.locator(".bar").boundingBox())!;
    expect([bar.y, bar.height < 60]).toEqual([0, true]);
    for (const part of [".brand", "#query", '[data-do="saved"]'])
      expect(await page.locator(`.bar ${part}`).isVisible(), part).toBe(true);
    if (viewport === PHONE) {
      await page.locator('[popovertarget="menu-topics"]').click();
      expect(await page.locator("#menu-topics a").first().isVisible()).toBe(true);
      await page.keyboard.press("Escape");
      await page.locator('[popovertarget="menu-days"]').click();
    }
    expect(await page.locator("#menu-days a").first().isVisible()).toBe(true);
    await page.context().close();
  });

  test.each([
    ["a desktop", DESKTOP],
    ["a phone", PHONE],
  ])("on %s a day can be skimmed in rows, and is so again after coming back", async (_, viewport) => {
    const { page, complaints } = await visit(tested, "/", { viewport });
    await page.locator('[data-density="skim"]').click();
    await comeBack(page);
    expect(await page.locator('[data-density="skim"]').getAttribute("aria-pressed")).toBe("true");
    await readOn(page);
    const heights = await page
      .locator(".card")
      .evaluateAll((cards) => cards.map((card) => Math.round(card.getBoundingClientRect().height)));
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(40);
    expect(Math.max(...heights)).toBeLessThanOrEqual(48);
    const screens = (await page.evaluate(() => document.documentElement.scrollHeight)) / viewport.height;
    expect(screens).toBeLessThanOrEqual(14);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("a row shows its key point on tap and focus, and can be saved and hidden", async () => {
    const { page } = await visit(tested, "/");
    await page.locator('[data-density="skim"]').click();
    const row = page.locator(".card").nth(2);
    const point = row.locator(".points li").first();
    expect(await point.isVisible()).toBe(false);
    await row.locator(".title a").click();
    expect(await point.textContent()).toBe(tested.cards[2]!.keyPoints[0]);
    expect(await point.isVisible()).toBe(true);
    await row.locator(".title a").click();
    await row.locator(".paper").waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(() => page.locator(".paper").count()).toBe(0);
    await page.keyboard.press("j");
    await expect.poll(() => point.isVisible()).toBe(false);
    const id = await page.locator(".card:focus").getAttribute("data-id");
    const next = page.locator(`.card[data-id="${id}"]`);
    expect(await next.locator(".points li").first().isVisible()).toBe(true);
    await next.locator('[data-do="save"]').click();
    await next.locator('[data-do="save"][data-on]').waitFor();
    await next.locator('[data-do="hide"]').click();
    expect(await next.isVisible()).toBe(false);
    await page.context().close();
  });

  test("a card leads with its TL;DR or first key point, and no body text is larger", async () => {
    const { page } = await visit(tested, "/");
    const card = page.locator(".card").first();
    await card.locator(".more").click();
    await card.locator(".paper").waitFor();
    const size = (selector: string): Promise<number[]> =>
      card
        .locator(selector)
        .evaluateAll((all) => all.map((one) => Number.parseFloat(getComputedStyle(one).fontSize)));
    const [lead, ...points] = await size(".points li");
    for (const point of points) expect(point).toBeLessThan(lead!);
    for (const text of await size(".paper section > p")) expect(text).toBeLessThanOrEqual(points[0] ?? lead!);
    expect(await card.locator('[data-do="save"]').textContent()).toContain("Save");
    expect(await card.locator(".triage svg").count()).toBe(2);
    expect(
      await card
        .locator(".tag")
        .first()
        .evaluate((tag) => getComputedStyle(tag).borderRadius),
    ).not.toBe("0px");
    await page.context().close();
  });

  test("on a wide screen each quote stands beside its point", async ({ skip }) => {
    const place = tested.cards.slice(0, 20).findIndex((card) => card.status === "model");
    if (place < 0) skip("no model has written any summary of this day's first papers");
    const { page } = await visit(tested, "/");
    const card = page.locator(".card").nth(place);
    await card.locator(".more").click();
    await card.locator(".paper").waitFor();
    const point = (await card.locator(".points li > .tex").first().boundingBox())!;
    const quote = (await card.locator(".points .quote").first().boundingBox())!;
    expect(quote.x).toBeGreaterThan(point.x + point.width);
    expect(Math.abs(quote.y - point.y)).toBeLessThan(40);
    expect(quote.x + quote.width).toBeLessThanOrEqual(DESKTOP.width);
    await page.context().close();
  });

  test("without a model nothing is repeated, and extracted sentences are labelled", async ({ skip }) => {
    const place = tested.cards.slice(0, 20).findIndex((card) => card.status === "extractive");
    if (place < 0) skip("a model has written the summaries of this day's first papers");
    const paper = await readPaper(tested, place);
    const { page } = await visit(tested, "/");
    const card = page.locator(".card").nth(place);
    expect(await card.locator(".points li").count()).toBeLessThanOrEqual(2);
    const points = await card.locator(".points li").allTextContents();
    await card.locator(".more").click();
    await card.locator(".paper").waitFor();
    expect(await card.locator(".points").isVisible()).toBe(false);
    expect(await card.locator(".abstract").textContent()).toBe(paper.abstract);
    const sections = await card.locator(".paper section h3").allTextContents();
    expect(sections).toEqual(["Abstract"]);
    const said = (await card.innerText()).replace(/\s+/g, " ");
    for (const point of points) expect(said.split(point.slice(0, 60)).length).toBeLessThanOrEqual(2);
    await page.keyboard.press("Escape");
    await expect.poll(() => card.locator(".points").isVisible()).toBe(true);
    await page.context().close();
  });

  test("a topic scrolls to the list, keeps the focus, has a chip, and back returns", async () => {
    const { page, complaints } = await visit(tested, "/");
    await readOn(page);
    const place = Math.min(40, tested.cards.length - 5);
    const left = page.locator(`.card[data-id="${tested.cards[place]!.id}"]`);
    await left.evaluate((card) => card.scrollIntoView({ behavior: "instant" }));

    const [first] = tested.day.tags;
    const topic = page.locator(`.topics a[data-slug="${slugOf(first!.tag)}"]`);
    await topic.focus();
    const before = await settledTop(page, left);
    await page.keyboard.press("Enter");
    const chip = page.locator("#filter .chip", { hasText: first!.tag });
    await chip.waitFor();
    expect(await topic.evaluate((link) => link === document.activeElement)).toBe(true);
    await expect.poll(() => bottomOf(page, ".card .title")).toBeLessThan(400);
    expect(await bottomOf(page, "#filter")).toBeGreaterThan(50);
    expect(await page.locator(".overview .paragraph").isVisible()).toBe(false);

    await page.goBack();
    await chip.waitFor({ state: "detached" });
    await expect.poll(async () => Math.abs(((await left.boundingBox())?.y ?? 9e9) - before)).toBeLessThan(4);

    await page.goForward();
    await chip.click();
    await chip.waitFor({ state: "detached" });
    expect(new URL(page.url()).search).toBe("");
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("a day scrolls to the list, keeps the focus, and its chip leads back", async ({ skip }) => {
    const other = tested.index.days[1] ?? skip("one day is held");
    const { page, complaints } = await visit(tested, "/");
    const link = page.locator(`.days a[data-day="${other.day}"]`);
    await link.focus();
    await page.keyboard.press("Enter");
    const chip = page.locator("#filter .chip");
    await chip.waitFor();
    expect(await link.evaluate((element) => element === document.activeElement)).toBe(true);
    await expect.poll(() => bottomOf(page, ".card .title")).toBeLessThan(400);
    if (other.overview) {
      expect(await page.locator(".overview .paragraph").isVisible()).toBe(false);
      await page.locator(".themes > summary").click();
      expect(await page.locator(".overview .paragraph").isVisible()).toBe(true);
    }
    await chip.click();
    await chip.waitFor({ state: "detached" });
    expect(new URL(page.url()).search).toBe("");
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("a theme scrolls to the list, and its chip gets the focus", async () => {
    const { page, complaints } = await visit(tested, "/");
    await page.locator(".themes > summary").click();
    const link = page.locator(".themes a[data-theme]").first();
    await link.focus();
    await page.keyboard.press("Enter");
    const chip = page.locator("#filter .chip");
    await chip.waitFor();
    await expect.poll(() => bottomOf(page, ".card .title")).toBeLessThan(400);
    expect(await page.locator(".overview .paragraph").isVisible()).toBe(false);
    await expect.poll(() => chip.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press("Enter");
    await chip.waitFor({ state: "detached" });
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("the watch list shows chips that undo its effect", async () => {
    const { page, complaints } = await visit(tested, "/");
    const watch = page.locator('[data-do="watch"]');
    await watch.focus();
    await page.keyboard.press("Enter");
    const words = tested.cards[0]!.title.match(/\p{L}{6,}/gu)!;
    await page.locator("#rule-text").fill(words[0]!);
    await page.locator('[data-do="watch-add"]').click();
    await page.locator("#rule-text").fill("nothing that is there");
    await page.locator('[data-do="mute-add"]').click();
    await page.keyboard.press("Escape");
    const chips = page.locator("#filter .chip");
    await expect
      .poll(() => chips.allTextContents())
      .toEqual(["Watched first", "Muted: nothing that is there"]);
    expect(await watch.evaluate((element) => element === document.activeElement)).toBe(true);
    await expect.poll(() => bottomOf(page, ".card .title")).toBeLessThan(400);
    expect(await page.locator(".overview .paragraph").isVisible()).toBe(false);
    await chips.nth(1).click();
    await expect.poll(() => chips.allTextContents()).toEqual(["Watched first"]);
    await chips.first().click();
    await expect.poll(() => chips.count()).toBe(0);
    expect(await page.locator('[data-do="order"]').getAttribute("aria-pressed")).toBe("false");
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("a paper's page links its neighbours, copies its link and names the author", async () => {
    const address = (place: number): string => `/papers/${tested.cards[place]!.id.replace("/", "~")}/`;
    const { page, complaints } = await visit(tested, address(1), {
      permissions: ["clipboard-read", "clipboard-write"],
    });
    await page.locator('.adjacent [rel="prev"]').waitFor();
    expect(await page.locator('.adjacent [rel="prev"]').getAttribute("href")).toBe(address(0));
    await page.locator('[data-do="copy"]').click();
    await page.locator("#toast", { hasText: "Link copied" }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(tested.address + address(1));
    const isModelWritten = tested.cards[1]!.status === "model";
    expect(await page.locator(".generated").count()).toBe(isModelWritten ? 1 : 0);
    await page.locator('.adjacent [rel="next"]').click();
    await page.waitForURL(`**${address(2)}`);
    await page.locator('.foot a[href="/about/"]').click();
    await page.locator("h1", { hasText: "About these summaries" }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("without JavaScript nothing claims to be loading", async () => {
    const { page } = await visit(tested, "/", { javaScriptEnabled: false });
    expect(
      await page
        .getByText(/loading/i)
        .filter({ visible: true })
        .count(),
    ).toBe(0);
    await page.context().close();
  });

  test.each([
    ["a desktop", { width: 1280, height: 900 }],
    ["a phone", { width: 390, height: 844 }],
  ])("the first view of %s takes at most 60 KB", async (_, viewport) => {
    const context = await tested.browser.newContext({ viewport, serviceWorkers: "block" });
    const page = await context.newPage();
    const sizes: Promise<[string, number]>[] = [];
    page.on("requestfinished", (request) =>
      sizes.push(
        request
          .sizes()
          .then(({ responseBodySize, responseHeadersSize }) => [
            new URL(request.url()).pathname,
            responseBodySize + responseHeadersSize,
          ]),
      ),
    );
    await page.goto(`${tested.address}/`, { waitUntil: "networkidle" });
    await page.waitForSelector(".card[tabindex]");
    await page.waitForTimeout(2_000);
    const loaded = await Promise.all(sizes);
    expect(loaded.length).toBeGreaterThan(4);
    const total = loaded.reduce((sum, [, size]) => sum + size, 0);
    expect(total, loaded.map((entry) => entry.join(" ")).join("\n")).toBeLessThan(60 * 1024);
    await context.close();
  });
});
