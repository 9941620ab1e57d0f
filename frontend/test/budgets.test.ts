/** The size budget of the first view, checked on the last `npm run build`. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";

const dist = join(import.meta.dirname, "../dist");

describe.skipIf(!existsSync(join(dist, "index.html")))("the built page", () => {
  const html = (name: string): string => readFileSync(join(dist, name), "utf8");
  // The publisher leaves these templates out of the pages that it writes.
  const served = (name: string): string =>
    html(name).replace(
      /<template id="(?:day-head|digest-head|digest-page|map-head|map-page|paper-head|paper-page)">[\s\S]*?<\/template>/g,
      "",
    );
  const packed = (name: string): number => gzipSync(readFileSync(join(dist, name))).length;
  const named = (page: string): string[] =>
    [...served(page).matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map((match) => match[1]!);

  test("loads at most 24 KB of scripts and styles before the first input", () => {
    const total = named("index.html").reduce((sum, name) => sum + packed(name), 0);
    expect(named("index.html").length).toBeGreaterThan(2);
    expect(total).toBeLessThan(24 * 1024);
    expect(gzipSync(served("index.html")).length).toBeLessThan(6 * 1024);
  });

  test("loads maths and search separately", () => {
    expect(named("index.html").join()).not.toMatch(/maths|worker|citation/);
    const assets = readdirSync(join(dist, "assets"));
    expect(
      assets.filter((name) => /^(maths|search\.worker|citation-formats)-/.test(name)).length,
    ).toBeGreaterThanOrEqual(3);
    expect(assets.filter((name) => /\.(ttf|woff)$/.test(name))).toEqual([]);
    expect(packed(`assets/${assets.find((name) => name.startsWith("search.worker"))}`)).toBeLessThan(
      10 * 1024,
    );
  });

  test("loads the embedded model and For you separately, at most 2.2 MB of model", () => {
    expect(named("index.html").join()).not.toMatch(/model|for-you/);
    const assets = readdirSync(join(dist, "assets"));
    const models = assets.filter((name) => /^model-[\w-]+\.bin$/.test(name));
    expect(models.length).toBe(1);
    expect(packed(`assets/${models[0]}`)).toBeLessThan(2_200_000);
    expect(assets.filter((name) => /^for-you(\.worker)?-[\w-]+\.js$/.test(name)).length).toBe(2);
  });

  test.each(["index.html", "404.html", "about/index.html"])(
    "%s has nothing inline and names no other host",
    (page) => {
      const text = html(page);
      expect(text).not.toMatch(/<script(?![^>]*\bsrc=)/);
      expect(text).not.toMatch(/<style|\sstyle=|\son\w+=/);
      expect([...text.matchAll(/<(?:script|link|img)[^>]*(?:src|href)="(?:https?:)?\/\//g)]).toEqual([]);
      expect(text).toContain("default-src 'none'; script-src 'self'");
      expect(text.indexOf("Content-Security-Policy")).toBeLessThan(text.indexOf("<script"));
    },
  );

  test("the service worker lists this build's files", () => {
    const worker = html("sw.js");
    expect(worker).not.toMatch(/"VERSION"|\["FILES"\]/);
    for (const name of named("index.html")) expect(worker).toContain(`/${name}`);
  });
});
