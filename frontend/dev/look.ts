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
      await shoot("odd", "/?day=2026-03-13", async () => {
        await page.waitForTimeout(500);
        await page.evaluate(() => window.scrollTo(0, 900));
        await page.waitForTimeout(300);
      });
      await page.close();
    }
  }
  await browser.close();
}
