import { Cite, plugins } from "@citation-js/core";
import "@citation-js/plugin-bibtex";
import "@citation-js/plugin-ris";
import { describe, expect, test } from "vitest";
import { readDays, realData } from "../dev/listings.ts";
import { CITATIONS, type CitationSource, splitName, texText } from "../src/library/citation-formats.ts";
import { plainText } from "../src/maths/tex.ts";
import cases from "./cite-cases.json" with { type: "json" };

const paper: CitationSource = {
  id: "2603.00001",
  version: 2,
  title: "On {\\L}ojasiewicz & 100% of $\\alpha_1$ in R&D: a_b",
  authors: ["Ada van der Berg", "The Example Collaboration", ":", "Plato", "Robert Doe Jr."],
  primaryCategory: "cs.LG",
  date: "2026-03-02T12:00:00Z",
  abstract: "Two\n  lines.",
};

interface Parsed {
  title: string;
  author?: { family?: string; given?: string; literal?: string }[];
  DOI?: string;
}

const parsed = (text: string): Parsed[] => new Cite(text).data as Parsed[];

test.each([
  ["Ada Lovelace", { family: "Lovelace", given: "Ada" }],
  ["Ada van der Berg", { "non-dropping-particle": "van der", family: "Berg", given: "Ada" }],
  ["Robert Doe Jr.", { family: "Doe", given: "Robert", suffix: "Jr." }],
  ["Plato", { literal: "Plato" }],
  ["The Example Collaboration", { literal: "The Example Collaboration" }],
])("the name %s", (name, split) => expect(splitName(name)).toEqual(split));

test.each([
  ["R&D 100% a_b #1", "R\\&D 100\\% a\\_b \\#1"],
  ["$a_b$ & \\alpha", "$a_b$ \\& α"],
  ["open { only", "open \\{ only"],
  ["x^2 ~ $5", "x\\^{}2 \\~{} \\$5"],
])("TeX of %s", (text, tex) => expect(texText(text)).toBe(tex));

test.each(cases)(
  "the case $paper.id, as PublishDay and the API write it",
  ({ paper: cited, ...expected }) => {
    for (const format of ["bibtex", "ris", "csl-json"] as const)
      expect(CITATIONS[format].write([cited])).toBe(expected[format]);
  },
);

test("BibTeX is read by a library, with every author", () => {
  const [item] = parsed(CITATIONS.bibtex.write([paper]));
  expect(item!.author).toHaveLength(4);
  expect(item!.author![1]).toMatchObject({ family: "The Example Collaboration" });
  expect(item!.DOI).toBe("10.48550/arXiv.2603.00001");
});

test("two papers with the same first author, year and word get two keys", () => {
  const keys = [
    ...CITATIONS.bibtex.write([paper, { ...paper, id: "2603.00002" }]).matchAll(/@misc\{(\w+),/g),
  ].map((match) => match[1]);
  expect(new Set(keys).size).toBe(2);
});

test("RIS is read by a library", () => {
  const [item] = parsed(CITATIONS.ris.write([paper]));
  expect(item!.title).toBe(plainText(paper.title));
  expect(item!.author).toHaveLength(4);
});

test("CSL-JSON holds what was given", () => {
  const [item] = JSON.parse(CITATIONS["csl-json"].write([paper]));
  expect(item).toMatchObject({
    type: "article",
    title: plainText(paper.title),
    issued: { "date-parts": [[2026, 3, 2]] },
  });
  expect(item.author).toHaveLength(4);
});

describe.skipIf(realData() === null)("the real listings", () => {
  const papers = realData()
    ? readDays(realData()!).flatMap(({ day, papers }) =>
        papers.map(
          (listed): CitationSource => ({
            ...listed,
            version: listed.version ?? 1,
            primaryCategory: listed.primary,
            date: listed.published ?? day,
          }),
        ),
      )
    : [];
  const named = (cited: CitationSource): number =>
    cited.authors.filter((author) => /\p{L}/u.test(author)).length;

  test.each(["bibtex", "ris", "csl-json"] as const)(
    "%s of each paper parses, and names each author",
    (format) => {
      expect(Object.keys(plugins.list())).toBeDefined();
      for (const cited of papers.slice(0, 1200)) {
        const text = CITATIONS[format].write([cited]);
        const items = format === "csl-json" ? (JSON.parse(text) as Parsed[]) : parsed(text);
        expect(items, cited.id).toHaveLength(1);
        expect(items[0]!.author?.length ?? 0, `${cited.id}: ${text.slice(0, 400)}`).toBe(named(cited));
      }
    },
    120_000,
  );
});
