import { expect, test } from "vitest";
import { Highlighter } from "../src/search/highlight.ts";

const marked = (text: string, words: string[], phrases: string[][][] = []): string[] =>
  new Highlighter({ words, phrases }).rangesIn(text).map(([start, end]) => text.slice(start, end));

test("highlights words as the index reads them", () => {
  expect(marked("Søren’s straße in C++ by Ångström", ["soren", "strase", "c", "angstrom"])).toEqual([
    "Søren",
    "straße",
    "C",
    "Ångström",
  ]);
});

test("highlights a synonym only as a whole, with one other word between its words at most", () => {
  const phrases = [[["mixture", "mixtures"], ["experts"]]];
  expect(marked("Mixtures of experts, a mixture and its experts", [], phrases)).toEqual([
    "Mixtures of experts",
  ]);
});
