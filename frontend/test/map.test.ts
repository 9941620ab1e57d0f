/** The map's colours and link. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { makeEdition } from "../dev/edition.ts";
import { prerenderDay } from "../dev/prerender.ts";
import { slugOf } from "../src/templates/contexts.ts";

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
const css = read("src/styles/map.css");
const slugs = [
  ...read("../src/Denoised/Domain/Tag.cs")
    .match(/All \{ get; \} =\s*\[([^\]]+)\]/)![1]!
    .matchAll(/"([^"]+)"/g),
].map((match) => slugOf(match[1]!));

/** WCAG's relative luminance. */
const luminanceOf = ([red, green, blue]: number[]): number =>
  0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;

const ofHex = (hex: string): number =>
  luminanceOf(
    [1, 3, 5].map((at) => {
      const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    }),
  );

/** Source of the matrices: https://bottosson.github.io/posts/oklab/. */
function ofOklch(lightness: number, chroma: number, hue: number): number {
  const [a, b] = [Math.cos, Math.sin].map((of) => chroma * of((hue * Math.PI) / 180)) as [number, number];
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const linear = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  return luminanceOf(linear.map((component) => Math.min(1, Math.max(0, component))));
}

const contrast = (a: number, b: number): number => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);

test.each(slugs)("the topic %s has a colour of enough contrast in both themes, and a highlight", (slug) => {
  const [, ...numbers] = new RegExp(
    `\\.${slug} \\{\\s*--topic: light-dark\\(oklch\\(([\\d.]+) ([\\d.]+) ([\\d.]+)deg\\), oklch\\(([\\d.]+) ([\\d.]+) ([\\d.]+)deg\\)\\)`,
  ).exec(css)!;
  const [l, c, h, darkL, darkC, darkH] = numbers.map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const [, light, dark] = /--ground: light-dark\((#\w{6}), (#\w{6})\)/.exec(read("src/styles/base.css"))!;
  expect(contrast(ofOklch(l, c, h), ofHex(light!))).toBeGreaterThan(3);
  expect(contrast(ofOklch(darkL, darkC, darkH), ofHex(dark!))).toBeGreaterThan(3);
  expect(css).toContain(`.map:has(#topic-${slug}:checked) .dots:not(.${slug})`);
});

test("a day without papers does not link a digest, which it does not have", () => {
  const paper = { id: "2603.00001", title: "T", authors: ["A"], abstract: "An abstract.", primary: "cs.LG" };
  const papers = [{ ...paper, categories: ["cs.LG"], listed: "2026-03-17" }];
  const { index } = makeEdition([
    { day: "2026-03-17", papers },
    { day: "2026-03-16", papers: [] },
  ] as unknown as Parameters<typeof makeEdition>[0]);
  const [withPapers, without] = index.days.map((day) =>
    prerenderDay(read("index.html"), index, day, [], null, false),
  );
  expect(withPapers).toContain("/days/2026-03-17/digest/");
  expect(without).not.toContain("/days/2026-03-16/digest/");
});
