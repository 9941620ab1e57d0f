import { expect, test } from "vitest";
import type { PaperView, Provenance } from "../src/data/types.ts";
import { paperContext } from "../src/templates/contexts.ts";

test("an open paper lists its related papers and near-duplicates, with their addresses", () => {
  const paper = {
    id: "2603.15569",
    authors: [],
    abstract: "",
    summary: { tags: [], keyPoints: [], provenance: { method: "extractive" } as Provenance },
  } as unknown as PaperView;
  const near = { id: "math/0211159", title: "A $k$-nearest one", day: "2026-03-16", similarity: 0.7 };
  expect(paperContext(paper)).toMatchObject({ related: [], duplicates: [] });
  expect(paperContext(paper, null, null, { related: [near], duplicates: [] })).toMatchObject({
    related: [{ ...near, key: "math~0211159" }],
    duplicates: [],
  });
});
