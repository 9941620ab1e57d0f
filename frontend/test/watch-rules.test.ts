import { expect, test } from "vitest";
import type { PaperCard } from "../src/data/types.ts";
import type { Rule } from "../src/library/library.ts";
import { applyWatchRules, isAuthor, isInstitution, matchingRules } from "../src/library/watch-rules.ts";

const card = (id: string, title: string, more: Partial<PaperCard> = {}): PaperCard => ({
  id,
  version: 1,
  title,
  authors: [],
  authorCount: 0,
  categories: ["cs.LG"],
  tags: [],
  keyPoints: [],
  status: "model",
  ...more,
});
const rule = (text: string, kind: Rule["kind"] = "keyword", muted = false): Rule => ({ kind, text, muted });

test.each([
  ["Retrieval-augmented generation", "retrieval", true],
  ["Retrieval-augmented generation", "RETRIEVAL augmented", true],
  ["Fast retrievals", "retrieval", true],
  ["Unretrieved", "retrieved", false],
  ["Poincaré maps", "poincare", true],
  ["C++ and C", "c++", true],
])("'%s' matches the keyword '%s': %s", (title, keyword, expected) => {
  expect(matchingRules(card("1", title), [rule(keyword)], new Map()).length > 0).toBe(expected);
});

test.each([
  ["Geoffrey E. Hinton", "hinton", true],
  ["Geoffrey E. Hinton", "g hinton", true],
  ["Geoffrey E. Hinton", "geoffrey hinton", true],
  ["Geoffrey E. Hinton", "hint", false],
  ["Léon Bottou", "leon bottou", true],
  ["Yi Li", "l", false],
])("the author %s matches '%s': %s", (name, wanted, expected) =>
  expect(isAuthor(name, wanted)).toBe(expected),
);

test.each([
  ["University of Toronto", "university of toronto", true],
  ["University of Toronto", "toronto", true],
  ["ETH Zürich", "eth zurich", true],
  ["Technische Universität München", "technische universitat", true],
  ["University of Toronto", "tor", false],
  ["University of North Carolina", "university carolina", false],
])("the institution %s matches '%s': %s", (name, wanted, expected) =>
  expect(isInstitution(name, wanted)).toBe(expected),
);

test("the reason of a paper by a watched institution names it", () => {
  const byRule = new Map([["institution Northern University", new Set(["2"])]]);
  const rules = [rule("Northern University", "institution")];
  const ordered = applyWatchRules([card("1", "One"), card("2", "Two")], rules, byRule, true);
  expect(ordered.cards.map((each) => each.id)).toEqual(["2", "1"]);
  expect(ordered.reasons.get("2")).toBe("institution Northern University");
  const muted = applyWatchRules(
    [card("2", "Two")],
    [rule("Northern University", "institution", true)],
    byRule,
    true,
  );
  expect(muted.muted).toBe(1);
});

test("watched papers come first, those with the most matches before others", () => {
  const cards = [
    card("1", "Nothing"),
    card("2", "Retrieval"),
    card("3", "Retrieval for graphs"),
    card("4", "Graphs of quantum retrieval"),
    card("5", "By a ninth author"),
  ];
  const rules = [
    rule("retrieval"),
    rule("graph"),
    rule("quantum", "keyword", true),
    rule("Jane Doe", "author"),
  ];
  const byAuthor = new Map([["author Jane Doe", new Set(["5"])]]);
  const ordered = applyWatchRules(cards, rules, byAuthor, true);
  expect(ordered.cards.map((each) => each.id)).toEqual(["3", "2", "5", "1"]);
  expect(ordered.reasons.get("3")).toBe("retrieval, graph");
  expect(ordered.muted).toBe(1);
  expect(applyWatchRules(cards, rules, byAuthor, false).cards.map((each) => each.id)).toEqual([
    "1",
    "2",
    "3",
    "5",
  ]);
});
