// Measures a page that is being served, with Lighthouse's mobile defaults: npm run lighthouse -- [address] [runs]. Prints each run and the medians.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import lighthouse from "lighthouse";

const [address = "http://127.0.0.1:5080/", runs = "5"] = process.argv.slice(2);
const browser = process.env.DENOISED_BROWSER ?? "/usr/bin/chromium";

const median = (values) =>
  values.toSorted?.((a, b) => a - b)[values.length >> 1] ??
  [...values].sort((a, b) => a - b)[values.length >> 1];

const profile = mkdtempSync(join(tmpdir(), "denoised-lighthouse-"));
const chrome = spawn(browser, [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--no-first-run",
  "--remote-debugging-port=0",
  `--user-data-dir=${profile}`,
  "about:blank",
]);
const port = await new Promise((resolve, reject) => {
  let said = "";
  chrome.stderr.on("data", (data) => {
    said += data;
    const found = /DevTools listening on ws:\/\/[^:]+:(\d+)\//.exec(said);
    if (found) resolve(Number(found[1]));
  });
  chrome.once("exit", () => reject(new Error(`${browser} ended: ${said}`)));
});

try {
  const rows = [];
  for (let run = 0; run < Number(runs); run++) {
    const { lhr } = await lighthouse(address, { port, output: "json", logLevel: "error" });
    if (lhr.runtimeError) throw new Error(`${address}: ${lhr.runtimeError.message}`);
    const transfers = lhr.audits["network-requests"].details.items;
    const row = {
      performance: Math.round(lhr.categories.performance.score * 100),
      accessibility: Math.round(lhr.categories.accessibility.score * 100),
      practices: Math.round(lhr.categories["best-practices"].score * 100),
      seo: Math.round(lhr.categories.seo.score * 100),
      "LCP ms": Math.round(lhr.audits["largest-contentful-paint"].numericValue),
      "FCP ms": Math.round(lhr.audits["first-contentful-paint"].numericValue),
      "TBT ms": Math.round(lhr.audits["total-blocking-time"].numericValue),
      CLS: Number(lhr.audits["cumulative-layout-shift"].numericValue.toFixed(4)),
      KB: Number((transfers.reduce((sum, item) => sum + (item.transferSize ?? 0), 0) / 1024).toFixed(1)),
      "KB without maths": Number(
        (
          transfers
            .filter((item) => !/maths|KaTeX/i.test(item.url))
            .reduce((sum, item) => sum + (item.transferSize ?? 0), 0) / 1024
        ).toFixed(1),
      ),
    };
    rows.push(row);
    if (run === 0) {
      for (const item of transfers) console.log(`${String(item.transferSize).padStart(8)} ${item.url}`);
      for (const audit of Object.values(lhr.audits)) {
        if (audit.score !== null && audit.score < 1 && audit.scoreDisplayMode !== "informative") {
          console.log(`  below 1: ${audit.id} ${audit.score} ${audit.displayValue ?? ""}`);
          for (const item of audit.details?.items?.slice?.(0, 3) ?? [])
            console.log(`    ${JSON.stringify(item).slice(0, 300)}`);
        }
      }
    }
  }
  console.table(rows);
  console.log("Medians:");
  console.table([
    Object.fromEntries(Object.keys(rows[0]).map((key) => [key, median(rows.map((row) => row[key]))])),
  ]);
} finally {
  chrome.removeAllListeners("exit");
  chrome.kill();
  await new Promise((resolve) => setTimeout(resolve, 500));
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
}
