import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const KNOWN = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/microsoft-edge",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

/** The browser's executable: `DENOISED_BROWSER`, or the first of the usual paths; null if there is none. */
export function findBrowser(): string | null {
  const named = process.env["DENOISED_BROWSER"];
  return named ?? KNOWN.find((path) => existsSync(path)) ?? null;
}

export async function launch(): Promise<Browser> {
  const executablePath = findBrowser();
  if (!executablePath)
    throw new Error("There is no Chrome, Chromium or Edge: set DENOISED_BROWSER to its file.");
  return chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
}
