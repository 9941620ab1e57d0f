/** The search over all papers held, by words and by meaning. PaperSearch.cs implements the same rules for the API. */
import type { EmbeddingRanker } from "./embedding-ranker.ts";
import type { HighlightTerms, SearchFile } from "./search-file.ts";
import { SearchQuery, type WordRanking } from "./search-query.ts";
import { WordIndex } from "./word-index.ts";

/** The constant of reciprocal rank fusion. Source: Cormack, Clarke and Büttcher, SIGIR 2009. */
const RRF_K = 60;

/** The weight of the ranking by meaning; that by words has 1. Of 0.5, 0.7 and 1, this ranked best on the tuning half of the judged queries. */
const MEANING_WEIGHT = 0.5;

/** Top word matches, added to the query vector (pseudo-relevance feedback): they cover words missing from the model. */
const MAX_FEEDBACK_PAPERS = 5;

const NO_WORDS: WordRanking = { positions: [], matchesAllTerms: false, isName: false };

export type SearchMode = "both" | "words" | "meaning";

export interface Ranking {
  /** Positions in the search file, best first. */
  positions: number[];
  /** How many of them contain words of the query, and whether they contain all. */
  byWords: number;
  matchesAllTerms: boolean;
  /** Whether the ranking would consider the meaning, too, if it were loaded: not for identifiers and names. */
  usesEmbeddings: boolean;
  terms: HighlightTerms;
}

export class PaperSearch {
  /** Null until it is loaded. Searches are by words alone until then. */
  embeddings: EmbeddingRanker | null = null;
  private readonly index: WordIndex;
  private readonly positions: ReadonlyMap<string, number>;
  private readonly categories: ReadonlySet<string>;

  constructor(readonly file: SearchFile) {
    this.index = new WordIndex(file);
    this.positions = new Map(file.id.map((id, position) => [id, position]));
    this.categories = new Set(file.categories.flatMap((names) => names.toLowerCase().split(" ")));
  }

  find(query: string, mode: SearchMode, passesFilter: (position: number) => boolean): Ranking {
    const id = identifierIn(query);
    if (id !== null) {
      const position = this.positions.get(id);
      const positions = position !== undefined && passesFilter(position) ? [position] : [];
      return {
        positions,
        byWords: positions.length,
        matchesAllTerms: true,
        usesEmbeddings: false,
        terms: { words: [], phrases: [] },
      };
    }
    const parsed = new SearchQuery(query, this.index, this.categories);
    const words = mode === "meaning" ? NO_WORDS : parsed.rank(this.file, passesFilter);
    const byWords = words.positions;
    const { matchesAllTerms } = words;
    const usesEmbeddings = mode === "meaning" || (mode === "both" && !words.isName);
    const found = { byWords: byWords.length, matchesAllTerms, usesEmbeddings, terms: parsed.highlightTerms };
    if (!usesEmbeddings || !this.embeddings) return { ...found, positions: byWords };
    const feedbackPapers = matchesAllTerms ? byWords.slice(0, MAX_FEEDBACK_PAPERS) : [];
    const byMeaning = this.embeddings.rank(parsed.correctedQuery, feedbackPapers, passesFilter);
    const positions = mode === "meaning" ? byMeaning : fuse(byWords, byMeaning);
    return { ...found, positions };
  }
}

/** The identifier that a query consists of, without its version; null for any other query. */
export function identifierIn(query: string): string | null {
  const match =
    /^(?:oai:arxiv\.org:|arxiv:|https?:\/\/(?:[a-z]+\.)?arxiv\.org\/(?:abs|pdf|html)\/)?(?:(\d\d(?:0[1-9]|1[0-2])\.\d{4,5})|([a-z]+(?:-[a-z]+)?)(?:\.[a-z]{2})?\/(\d\d(?:0[1-9]|1[0-2])\d{3}))(?:v(?!0+\b)\d{1,4})?(?:\.pdf)?$/i.exec(
      query.trim(),
    );
  return match && (match[1] ?? `${match[2]!.toLowerCase()}/${match[3]}`);
}

/** Fuses two rankings: each gives a paper the reciprocal of its rank plus a constant. */
function fuse(byWords: number[], byMeaning: number[]): number[] {
  const scores = new Map<number, number>();
  const add = (ranking: number[], weight: number): void => {
    for (const [rank, position] of ranking.entries())
      scores.set(position, (scores.get(position) ?? 0) + weight / (RRF_K + 1 + rank));
  };
  add(byWords, 1);
  add(byMeaning, MEANING_WEIGHT);
  // The sort is stable: of two papers with the same score, the one found by words comes first.
  return [...scores.keys()].sort((a, b) => scores.get(b)! - scores.get(a)!);
}
