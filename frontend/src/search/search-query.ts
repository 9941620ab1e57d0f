/** A query as terms: words, or phrases that have synonyms. The same rules as SearchQuery.cs. */
import type { HighlightTerms, SearchFile } from "./search-file.ts";
import { isStopWord, synonymsAt, wordsOf } from "./search-language.ts";
import { type WordIndex, WordMatch } from "./word-index.ts";

/** Further words are ignored. */
const MAX_WORDS = 16;

/** The maximum number of matches of a word that are highlighted. */
const MAX_MATCHED_WORDS = 500;

/** A word, or a phrase with its synonyms: the best match of a paper counts. */
interface Term {
  match: WordMatch;
  /** By word of the query. */
  typed: WordMatch[];
  /** The synonyms, by word. */
  phrases: WordMatch[][];
  idf: number;
}

/** The papers that match the words of a query. */
export interface WordRanking {
  /** Positions in the search file, best first. */
  positions: number[];
  /** Whether they match all terms. */
  matchesAllTerms: boolean;
  /** Whether the query is the name of an author. */
  isName: boolean;
}

export class SearchQuery {
  /** The query's words as papers spell them. */
  readonly correctedQuery: string;
  private readonly terms: Term[] = [];

  /** Splits a query into terms. The last word may be incomplete unless white space follows it. */
  constructor(query: string, index: WordIndex, categories: ReadonlySet<string>) {
    const queryWords = query
      .split(/\s+/)
      .filter(Boolean)
      .flatMap((part) => (categories.has(part.toLowerCase()) ? [part.toLowerCase()] : wordsOf(part)))
      .slice(0, MAX_WORDS);
    const last = /\s$/.test(query) ? -1 : queryWords.length - 1;
    let contentPositions = [...queryWords.keys()].filter(
      (at) => queryWords[at]!.length > 1 && !isStopWord(queryWords[at]!),
    );
    if (contentPositions.length === 0) contentPositions = [...queryWords.keys()];
    const words = contentPositions.map((at) => queryWords[at]!);
    const matches = contentPositions.map((at) => index.find(queryWords[at]!, at === last));
    for (const [position, at] of contentPositions.entries())
      queryWords[at] = matches[position]!.correctedWord!;
    this.correctedQuery = queryWords.join(" ");
    for (let at = 0; at < words.length; ) {
      const { length, phrases } = synonymsAt(words, at);
      this.terms.push(termOf(matches.slice(at, at + length), phrases, index));
      at += length;
    }
  }

  /** What to highlight in the papers. A single letter begins thousands of words: these are left out. */
  get highlightTerms(): HighlightTerms {
    const typed = this.terms.flatMap((term) => term.typed);
    const synonyms = this.terms.flatMap((term) => term.phrases);
    const words = [...typed, ...synonyms.filter((phrase) => phrase.length === 1).flat()];
    return {
      words: [
        ...new Set(words.flatMap((word) => (word.words.size > MAX_MATCHED_WORDS ? [] : [...word.words]))),
      ],
      phrases: synonyms
        .filter((phrase) => phrase.length > 1)
        .map((phrase) => phrase.map((word) => [...word.words])),
    };
  }

  /**
   * Ranks the papers that match all terms, by the rarity of the terms and the fields that contain them; those by an author of that
   * name come first. If no paper matches all terms, ranks those that match half of them, or as many as any
   * paper does.
   */
  rank(file: SearchFile, passesFilter: (position: number) => boolean): WordRanking {
    const { terms } = this;
    const counts = new Uint8Array(file.id.length);
    let maxTerms = 0;
    for (let position = 0; position < counts.length; position++) {
      let count = 0;
      for (const { match } of terms) if (match.weights[position]! > 0) count++;
      if (count === 0 || !passesFilter(position)) continue;
      counts[position] = count;
      maxTerms = Math.max(maxTerms, count);
    }
    const matchesAllTerms = maxTerms > 0 && maxTerms === terms.length;
    const minTerms = Math.max(1, matchesAllTerms ? maxTerms : Math.min(maxTerms, terms.length / 2));
    const found: {
      position: number;
      score: number;
      allTermsInAuthors: boolean;
      matchesOneAuthor: boolean;
    }[] = [];
    for (let position = 0; position < counts.length; position++) {
      if (counts[position]! < minTerms) continue;
      let score = 0;
      for (const { match, idf } of terms) score += idf * match.weights[position]!;
      const allTermsInAuthors = terms.every(({ match }) => match.bestFieldIsAuthor[position]);
      found.push({
        position,
        score: Math.floor(((score * counts[position]!) / terms.length) * 1e6 + 0.5),
        allTermsInAuthors,
        matchesOneAuthor: allTermsInAuthors && file.authors[position]!.some((name) => this.hasAllWords(name)),
      });
    }
    const inAuthors = found.filter((paper) => paper.allTermsInAuthors).length;
    found.sort((a, b) => Number(b.matchesOneAuthor) - Number(a.matchesOneAuthor) || b.score - a.score);
    return {
      positions: found.map(({ position }) => position),
      matchesAllTerms,
      isName: matchesAllTerms && 2 * inAuthors >= found.length,
    };
  }

  private hasAllWords(name: string): boolean {
    if (this.terms.length === 1) return true;
    const words = wordsOf(name);
    return this.terms.every(({ match }) => words.some((word) => match.words.has(word)));
  }
}

function termOf(typed: WordMatch[], synonyms: string[][], index: WordIndex): Term {
  const phrases = synonyms.map((phrase) => phrase.map((word) => index.findByStem(word)));
  let match = typed[0]!;
  if (typed.length > 1 || phrases.length > 0) {
    match = new WordMatch(index.paperCount);
    addPhrase(match, typed);
    for (const phrase of phrases) addPhrase(match, phrase);
  }
  let count = 0;
  for (const weight of match.weights) if (weight > 0) count++;
  return { match, typed, phrases, idf: count === 0 ? 0 : Math.log(1 + index.paperCount / count) };
}

function addPhrase(match: WordMatch, words: WordMatch[]): void {
  for (let position = 0; position < match.weights.length; position++) {
    let weight = 1;
    for (const { weights } of words) weight = Math.min(weight, weights[position]!);
    if (weight > match.weights[position]!) match.weights[position] = weight;
  }
  for (const { words: found } of words) for (const word of found) match.words.add(word);
}
