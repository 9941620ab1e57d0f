/** The search index of all papers: MiniSearch, with settings that suit titles, names and typing errors. */
import MiniSearch from "minisearch";
import { normalize } from "../library/watch-rules.ts";
import { slugOf } from "../templates/contexts.ts";
import { cardAt, type SearchFile, type SearchFilter, type SearchResult } from "./search-file.ts";

/** The maximum number of results as cards. A single letter matches nearly every paper. */
const MAX_RESULTS = 100;

/** With fewer exact matches than this, the search also accepts typing errors. */
const MIN_EXACT_MATCHES = 3;

/** Queries that run right after indexing, so that the reader's first search runs compiled code. */
const WARM_UP_QUERIES = ["le", "learnin", "learning mod", "lerning modls"];

export function makeIndex(file: SearchFile): MiniSearch {
  const index = new MiniSearch({
    fields: ["title", "authors", "tags", "text"],
    // Ignores accents and case, and finds "ML-EcoLyzer" by either half.
    tokenize: (text) => normalize(text).split(" "),
    processTerm: (term) => term || null,
    searchOptions: {
      boost: { title: 4, authors: 2.5, tags: 2 },
      prefix: (term, place, terms) => term.length > (place === terms.length - 1 ? 1 : 3),
      combineWith: "AND",
    },
  });
  index.addAll(
    file.id.map((id, place) => ({
      id: place,
      title: file.title[place],
      authors: file.authors[place]!.join(" "),
      tags: file.tag[place]!.map((tag) => file.tags[tag]).join(" "),
      text: `${file.keyPoints[place]!.join(" ")} ${id}`,
    })),
  );
  for (let times = 0; times < 3; times++) for (const query of WARM_UP_QUERIES) searchIn(file, index, query);
  return index;
}

/** Drops a last word of one letter: beside other words it does not narrow the search. */
const withoutLastLetter = (query: string): string => query.replace(/(\S\S.*)\s\S$/u, "$1");

export function searchIn(
  file: SearchFile,
  index: MiniSearch,
  query: string,
  within: SearchFilter = {},
): SearchResult {
  const started = performance.now();
  const { day, tags } = within;
  const wantedDay = day ? file.days.indexOf(day) : null;
  const wantedTags = tags?.map((slug) => file.tags.findIndex((tag) => slugOf(tag) === slug)) ?? [];
  const filter = ({ id }: { id: number }): boolean =>
    (wantedDay === null || file.day[id] === wantedDay) &&
    wantedTags.every((tag) => file.tag[id]!.includes(tag));
  const text = withoutLastLetter(query);
  let hits = index.search(text, { filter });
  if (hits.length < MIN_EXACT_MATCHES)
    hits = index.search(text, {
      filter,
      fuzzy: (term) => (term.length > 7 ? 2 : term.length > 4 ? 1 : false),
    });
  const terms = new Set<string>();
  for (const hit of hits.slice(0, MAX_RESULTS)) for (const term of hit.terms) terms.add(term);
  return {
    cards: hits.slice(0, MAX_RESULTS).map((hit) => cardAt(file, hit.id as number)),
    total: hits.length,
    terms: [...terms],
    took: performance.now() - started,
  };
}
