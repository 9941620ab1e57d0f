/** The index of all papers: a kept library's, with what fits titles, names and a reader who types in haste. */
import MiniSearch from "minisearch";
import { normalize } from "../library/watch-rules.ts";
import { slugOf } from "../templates/contexts.ts";
import { cardAt, type SearchFile, type SearchFilter, type SearchResult } from "./search-file.ts";

/** Hits that are made into cards: nobody scrolls further, and a first letter finds nearly everything. */
const MOST = 100;

/** Fewer hits than this, and a word may be mistyped. */
const FEW = 3;

/** What is searched for as soon as there is an index: the first search of a reader then runs compiled. */
const WARMING = ["le", "learnin", "learning mod", "lerning modls"];

export function makeIndex(file: SearchFile): MiniSearch {
  const index = new MiniSearch({
    fields: ["title", "authors", "tags", "text"],
    // Accents and case do not matter, and "ML-EcoLyzer" is found by either half.
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
  for (let times = 0; times < 3; times++) for (const query of WARMING) searchIn(file, index, query);
  return index;
}

/** A name's or word's first letter says nothing yet beside the words before it. */
const withoutLoneLetter = (query: string): string => query.replace(/(\S\S.*)\s\S$/u, "$1");

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
  const asked = withoutLoneLetter(query);
  let hits = index.search(asked, { filter });
  if (hits.length < FEW)
    hits = index.search(asked, {
      filter,
      fuzzy: (term) => (term.length > 7 ? 2 : term.length > 4 ? 1 : false),
    });
  const terms = new Set<string>();
  for (const hit of hits.slice(0, MOST)) for (const term of hit.terms) terms.add(term);
  return {
    cards: hits.slice(0, MOST).map((hit) => cardAt(file, hit.id as number)),
    total: hits.length,
    terms: [...terms],
    took: performance.now() - started,
  };
}
