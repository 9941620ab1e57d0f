/** The search on invented papers. PaperSearchTests.cs runs the same cases. */
import { expect, test } from "vitest";
import { readModel, vectorOf } from "../dev/related.ts";
import { textWords } from "../dev/search-words.ts";
import { EmbeddingRanker } from "../src/search/embedding-ranker.ts";
import { PaperSearch, type SearchMode } from "../src/search/paper-search.ts";
import type { SearchFile } from "../src/search/search-file.ts";
import { stemOf } from "../src/search/search-language.ts";
import { resultsOf } from "../src/search/search-results.ts";
import cases from "./search-cases.json" with { type: "json" };

const { papers } = cases;
const affiliationsOf = (paper: object): string[] =>
  "affiliations" in paper ? (paper.affiliations as string[]) : [];
const institutions = papers.flatMap(affiliationsOf);
const columns: SearchFile = {
  schema: 1,
  days: ["2026-03-17"],
  tags: [],
  id: papers.map(({ id }) => id),
  version: papers.map(() => 1),
  day: papers.map(() => 0),
  title: papers.map(({ title }) => title),
  authors: papers.map(({ authors }) => authors),
  institutions,
  affiliations: papers.map((paper) => affiliationsOf(paper).map((name) => institutions.indexOf(name))),
  categories: papers.map(({ categories }) => categories),
  tag: papers.map(() => []),
  keyPoints: papers.map(({ tldr, keyPoints }) => (tldr ? [tldr, ...keyPoints] : keyPoints)),
  status: papers.map(() => "extractive"),
  withdrawn: [],
};
const texts = papers.map(({ abstract }) => ({ abstract, summary: {} as never }));
const search = new PaperSearch({ ...columns, ...textWords(columns, texts) });

test.each(Object.entries(cases.stems))("the stem of %s is %s", (word, stem) => {
  expect(stemOf(word)).toBe(stem);
});

test.each(cases.queries)("finds $says: $query", ({ mode, query, ids }) => {
  const vectors = new Int8Array(papers.flatMap((paper) => [...vectorOf(paper)]));
  search.embeddings = new EmbeddingRanker(readModel(), vectors, papers.length);
  const { positions } = search.find(query, mode as SearchMode, () => true);
  expect(positions.map((position) => papers[position]!.id)).toEqual(ids);
});

test("ranks by words alone until the embedded model is loaded", () => {
  search.embeddings = null;
  expect(search.find("language models", "both", () => true).positions).toEqual(
    search.find("language models", "words", () => true).positions,
  );
});

test("highlights typed words alone, and synonyms as phrases", () => {
  const { terms } = search.find("moe", "words", () => true);
  expect(terms.words).toEqual(["moe"]);
  expect(terms.phrases).toContainEqual([["mixture"], ["experts"]]);
});

test.each([
  ["language models", true],
  ["xqzzt", true],
  ["ana muller", false],
  ["2603.00004", false],
])("whether %s lacks the meaning before the embedded model is loaded: %s", (query, lacksEmbeddings) => {
  search.embeddings = null;
  expect(resultsOf(search, query).lacksEmbeddings).toBe(lacksEmbeddings);
});
