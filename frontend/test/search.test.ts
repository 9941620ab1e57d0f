import { beforeAll, describe, expect, test } from "vitest";
import { makeEdition } from "../dev/edition.ts";
import { readDays, realData } from "../dev/listings.ts";
import { PaperSearch } from "../src/search/paper-search.ts";
import type { SearchFile } from "../src/search/search-file.ts";
import { resultsOf } from "../src/search/search-results.ts";

describe.skipIf(realData() === null)("search over seven days of 600 papers", () => {
  /** The real days, repeated under other identifiers until there are 4,200 papers. */
  function bigFile(): SearchFile {
    const days = readDays(realData()!).slice(0, 7);
    const all = days.flatMap((day) => day.papers);
    const big = days.map(({ day }, number) => ({
      day,
      papers: Array.from({ length: 600 }, (_, position) => {
        const paper = all[(number * 600 + position) % all.length]!;
        return { ...paper, id: `26${String(number + 10)}.${String(position).padStart(5, "0")}` };
      }),
    }));
    const edition = makeEdition(big, false);
    return JSON.parse(String(edition.files.get(edition.index.search!))) as SearchFile;
  }

  // The body of a group runs even if its tests are skipped.
  let file: SearchFile;
  let search: PaperSearch;
  beforeAll(() => {
    file = bigFile();
    search = new PaperSearch(file);
  });

  test("finds by typo, prefix, missing accent, author, topic and identifier", () => {
    const titles = (query: string): string[] =>
      resultsOf(search, query)
        .cards.slice(0, 30)
        .map((card) => card.title);
    expect(titles("reinforcment").some((title) => /reinforcement/i.test(title))).toBe(true);
    expect(titles("diffus").some((title) => /diffusion/i.test(title))).toBe(true);
    const card = resultsOf(search, file.id[17]!).cards[0]!;
    expect(card.id).toBe(file.id[17]);
    expect(
      resultsOf(search, file.authors[5]![0]!).cards.some((found) =>
        found.authors.includes(file.authors[5]![0]!),
      ),
    ).toBe(true);
    expect(resultsOf(search, "zzzzqqqq").cards).toEqual([]);
  });
});
