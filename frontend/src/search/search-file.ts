/** Search over all days held: the file it is built from, and the questions the worker answers. */
import type { PaperCard, PaperStatus } from "../data/types.ts";

/**
 * The file that `index.json` names as `search`: cards in columns, days newest first, a day's papers in its order.
 * The n-th entries of all columns are one paper.
 */
export interface SearchFile {
  schema: 1;
  /** Listing days, which `day` counts into. */
  days: string[];
  /** Tags, which `tag` counts into. */
  tags: string[];
  id: string[];
  version: number[];
  day: number[];
  title: string[];
  /** All authors, in order. */
  authors: string[][];
  /** The primary one first, apart by spaces. */
  categories: string[];
  tag: number[][];
  keyPoints: string[][];
  status: PaperStatus[];
  /** Places of the withdrawn ones. */
  withdrawn: number[];
}

/** A card with the day it belongs to. */
export type ResultCard = PaperCard & { day: string };

export interface SearchResult {
  /** The best ones, best first. */
  cards: ResultCard[];
  /** How many there are. */
  total: number;
  /** The words of the papers that the query found, for highlighting. */
  terms: string[];
  /** Milliseconds that the worker took. */
  took: number;
}

/** What a search is narrowed to: a listing day, papers with all of some tags (slugs). */
export interface SearchFilter {
  day?: string | null;
  tags?: string[];
}

export type SearchRequest =
  | { kind: "load"; file: string }
  | { kind: "search"; query: string; within: SearchFilter }
  | { kind: "authors"; names: string[] };

/** The n-th paper of the file as a card. */
export function cardAt(file: SearchFile, place: number): ResultCard {
  const authors = file.authors[place]!;
  return {
    id: file.id[place]!,
    version: file.version[place]!,
    day: file.days[file.day[place]!]!,
    title: file.title[place]!,
    authors: authors.slice(0, 8),
    authorCount: authors.length,
    categories: file.categories[place]!.split(" "),
    tags: file.tag[place]!.map((tag) => file.tags[tag]!),
    keyPoints: file.keyPoints[place]!,
    status: file.status[place]!,
    ...(file.withdrawn.includes(place) ? { withdrawn: true } : {}),
  };
}
