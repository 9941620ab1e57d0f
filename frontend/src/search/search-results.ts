/** Searches within a day or topics, and makes cards of what is found. */
import { slugOf } from "../templates/contexts.ts";
import type { PaperSearch } from "./paper-search.ts";
import { cardAt, type SearchFilter, type SearchResult } from "./search-file.ts";

/** The maximum number of results as cards. A single letter matches nearly every paper. */
const MAX_RESULTS = 100;

/** Queries that run right after indexing, so that the reader's first search runs compiled code. */
const WARM_UP_QUERIES = ["l", "le", "learnin", "learning mod", "lerning modls"];

export function warmUp(search: PaperSearch): void {
  for (let times = 0; times < 3; times++) for (const query of WARM_UP_QUERIES) resultsOf(search, query);
}

export function resultsOf(search: PaperSearch, query: string, filter: SearchFilter = {}): SearchResult {
  const { file } = search;
  const { day, tags } = filter;
  const wantedDay = day ? file.days.indexOf(day) : null;
  const wantedTags = tags?.map((slug) => file.tags.findIndex((tag) => slugOf(tag) === slug)) ?? [];
  const { positions, byWords, matchesAllTerms, usesEmbeddings, terms } = search.find(
    query,
    "both",
    (position) =>
      (wantedDay === null || file.day[position] === wantedDay) &&
      wantedTags.every((tag) => file.tag[position]!.includes(tag)),
  );
  return {
    cards: positions.slice(0, MAX_RESULTS).map((position) => cardAt(file, position)),
    total: positions.length,
    byWords,
    matchesAllTerms,
    terms,
    lacksEmbeddings: usesEmbeddings && search.embeddings === null,
  };
}
