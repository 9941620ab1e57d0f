/** Takes screenshots of the page: `node dev/run.mjs dev/look.ts <folder> [address]`. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { launch } from "./browser.ts";

const WIDTHS = [390, 768, 1440];

export async function main([
  folder = "artifacts/screens",
  address = "http://127.0.0.1:5181",
  only = "",
]: string[]): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const browser = await launch();
  for (const theme of ["light", "dark"] as const) {
    for (const width of WIDTHS) {
      const page = await browser.newPage({
        viewport: { width, height: width < 500 ? 844 : 900 },
        colorScheme: theme,
      });
      page.on(
        "console",
        (message) => message.type() === "error" && console.log(`${width} ${theme}: ${message.text()}`),
      );
      page.on("pageerror", (error) => console.log(`${width} ${theme}: ${error}`));
      const shoot = async (
        name: string,
        path: string,
        act?: (page: Page) => Promise<unknown>,
      ): Promise<void> => {
        if (only && !only.split(",").includes(name)) return;
        await page.goto(address + path, { waitUntil: "networkidle" });
        await act?.(page);
        await page.screenshot({ path: join(folder, `${name}-${width}-${theme}.png`) });
      };
      await shoot("day", "/");
      await shoot("opened", "/", async () => {
        await page.locator(".more").nth(1).click();
        await page.waitForSelector(".opened .paper");
        await page.waitForTimeout(300);
      });
      await shoot("paper", "/papers/2504.14372/");
      await shoot("search", "/?q=difusion");
      await shoot("filtered", "/?tag=theory", async () => {
        await page.waitForSelector("#filter:not([hidden])");
        await page.locator("#filter").scrollIntoViewIfNeeded();
      });
      await shoot("help", "/", () => page.locator('[data-do="help"]').click());
      await shoot("watch", "/", async () => {
        await page.locator('[data-do="watch"]').click();
        for (const word of ["retrieval", "diffusion"]) {
          await page.locator("#rule-text").fill(word);
          await page.locator('[data-do="watch-add"]').click();
        }
      });
      await shoot("watched", "/", async () => {
        await page.waitForSelector(".reason");
        await page.evaluate(() => document.querySelector(".reason")!.scrollIntoView());
      });
      await page.evaluate(() => location.protocol !== "about:" && localStorage.clear());
      const showing = (name: string, find: string, open = false): Promise<void> =>
        shoot(name, "/days/2026-03-13/", async () => {
          await page.waitForSelector(".card[tabindex]");
          await page.waitForFunction(() => {
            window.scrollTo(0, document.documentElement.scrollHeight);
            return (document.getElementById("rest") as HTMLElement).hidden;
          });
          const card = page.locator(".card", { hasText: find }).first();
          if (open) {
            await card.locator(".more").click();
            await card.locator(".paper").waitFor();
          }
          await card.evaluate((element) => element.scrollIntoView());
          await page.waitForTimeout(1500);
          await card.evaluate((element) => element.scrollIntoView());
          await page.waitForTimeout(200);
        });
      await showing("tex", "Proportoids", true);
      await showing("withdrawn", "Withdrawn");
      await showing("authors", "539 more", true);
      const standing = (name: string, selector: string): Promise<void> =>
        shoot(name, "/", async () => {
          await page.waitForSelector(".card[tabindex]");
          const found = page.locator(selector).first();
          while ((await found.count()) === 0) {
            await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
            await page.waitForTimeout(50);
          }
          await found.evaluate((element) => element.closest(".card")!.scrollIntoView());
          await page.waitForTimeout(300);
        });
      await standing("pending", '.card[data-state="pending"]');
      await standing("failed", '.card[data-state="failed"]');
      await page.close();
    }
  }
  await browser.close();
}
