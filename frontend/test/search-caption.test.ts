// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { searchCaption } from "../src/pages/view.ts";
import type { SearchResult } from "../src/search/search-file.ts";

const caption = (total: number, byWords: number, matchesAllTerms: boolean): string => {
  const cards = Array.from({ length: Math.min(total, 100) });
  return searchCaption({ cards, total, byWords, matchesAllTerms } as SearchResult, "graph", "7 days");
};

test.each([
  [3, 3, true, "3 papers of 7 days found for “graph”."],
  [5, 3, true, "3 papers of 7 days found for “graph”, others are close in meaning."],
  [150, 150, true, "150 papers of 7 days found for “graph”, the best 100 are shown."],
  [3, 3, false, "No paper of 7 days has all words of “graph”, 3 have some of them."],
  [2, 0, false, "No paper of 7 days has a word of “graph”, these are close in meaning."],
  [0, 0, false, "0 papers of 7 days found for “graph”."],
])("of %i results, %i by words (all words: %s), the caption is: %s", (total, byWords, matchesAll, text) => {
  expect(caption(total, byWords, matchesAll)).toBe(text);
});
