/** Ten minutes in the morning: what a reader meets who comes back to the page. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { canRun, openSite, type Tested, visit } from "./site.ts";

const DESKTOP = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };

/** Comes back to the page on a second visit. */
async function comeBack(page: Page): Promise<void> {
  await page.reload();
  await page.waitForSelector(".card[tabindex]");
}

const bottomOf = (page: Page, selector: string): Promise<number> =>
  page
    .locator(selector)
    .first()
    .evaluate((element) => element.getBoundingClientRect().bottom);

describe.skipIf(!canRun())("ten minutes in the morning", () => {
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

  test("the introduction is there on a first visit only, and without JavaScript", async () => {
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
    for (const part of [".brand", "#query", '[data-do="reading"]'])
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
});
