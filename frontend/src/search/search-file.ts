/** The data of the search: the file that the index is built from, and the requests to the worker. */
import type { PaperCard, PaperStatus } from "../data/types.ts";
import type { Rule } from "../library/library.ts";

/**
 * The file that `index.json` names as `search`: cards in columns, days newest first, a day's papers in its order.
 * The n-th entries of the columns from `id` to `status` are one paper.
 */
export interface SearchFile {
  schema: 1;
  /** Listing days; `day` holds positions in it. */
  days: string[];
  /** Tags; `tag` holds positions in it. */
  tags: string[];
  id: string[];
  version: number[];
  day: number[];
  title: string[];
  /** All authors, in order. */
  authors: string[][];
  /** Names of institutions; `affiliations` holds positions in it. Missing if no paper has any. */
  institutions?: string[];
  affiliations?: number[][];
  /** Separated by spaces, the primary one first. */
  categories: string[];
  tag: number[][];
  /** The claims: the TL;DR, if there is one, and the key points. */
  keyPoints: string[][];
  /** Null for English; missing if all are English. */
  language?: (string | null)[];
  status: PaperStatus[];
  /** Positions of the withdrawn papers. */
  withdrawn: number[];
  /** The words that occur only in summary and abstract of some papers. Files of earlier releases have none. */
  words?: string[];
  /** For each word, the positions of these papers: the first one, then the distance of each from the one before. */
  papersOfWord?: number[][];
}

/** A watch rule that the cards cannot answer. */
export type NameRule = Pick<Rule, "kind" | "text">;

/** A card with its listing day. */
export type ResultCard = PaperCard & { day: string };

/** What is highlighted in the results. */
export interface HighlightTerms {
  /** The words that match a word of the query. */
  words: string[];
  /** Synonyms of more than one word: for each of their words, the words that match it. */
  phrases: string[][][];
}

export interface SearchResult {
  /** The best ones, best first. */
  cards: ResultCard[];
  /** The number of all matches, and of those that contain words of the query. */
  total: number;
  byWords: number;
  /** Whether these contain all words. */
  matchesAllTerms: boolean;
  terms: HighlightTerms;
  /** Whether the ranking lacks the meaning, because the embedded model is not loaded. */
  lacksEmbeddings: boolean;
}

/** Restricts a search to a listing day and to papers with all of the given tags (slugs). */
export interface SearchFilter {
  day?: string | null;
  tags?: string[];
}

export type SearchRequest =
  | { kind: "load"; file: string }
  | { kind: "meaning"; vectors: string }
  | { kind: "search"; query: string; filter: SearchFilter }
  | { kind: "names"; rules: NameRule[] };

/** The n-th paper of the file as a card. */
export function cardAt(file: SearchFile, position: number): ResultCard {
  const authors = file.authors[position]!;
  const language = file.language?.[position];
  return {
    id: file.id[position]!,
    version: file.version[position]!,
    day: file.days[file.day[position]!]!,
    title: file.title[position]!,
    authors: authors.slice(0, 8),
    authorCount: authors.length,
    categories: file.categories[position]!.split(" "),
    tags: file.tag[position]!.map((tag) => file.tags[tag]!),
    keyPoints: file.keyPoints[position]!,
    ...(language ? { language } : {}),
    status: file.status[position]!,
    ...(file.withdrawn.includes(position) ? { withdrawn: true } : {}),
  };
}
