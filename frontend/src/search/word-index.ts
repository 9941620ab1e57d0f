/** For each word, the papers that contain it and the most important field of each that does. The same rules as WordIndex.cs. */
import type { SearchFile } from "./search-file.ts";
import { hasDigit, stemOf, wordsOf } from "./search-language.ts";
import { spellingDistance } from "./spelling-distance.ts";

/** With fewer papers than this, a word also matches words that begin with it or differ by a typing mistake. */
const MIN_PAPERS = 3;

const STEM_FACTOR = 0.9;
const PREFIX_FACTOR = 0.8;

/** By the number of typing mistakes. */
const TYPO_FACTORS = [1, 0.7, 0.5];

/** The fields from the most to the least important one. A word counts in the first field that contains it. */
const TITLE = 0;
const TAG = 1;
const AUTHOR = 2;
const AFFILIATION = 3;
const CLAIM = 4;
const TEXT = 5;

/** By field. */
const FIELD_WEIGHTS = [1, 0.7, 0.8, 0.7, 0.6, 0.4];

interface Postings {
  papers: number[];
  fields: number[];
}

export class WordIndex {
  readonly paperCount: number;
  private readonly vocabulary: string[];
  private readonly postings: Postings[];
  private readonly letterMasks: number[];
  private readonly byStem = new Map<string, number[]>();

  constructor(file: SearchFile) {
    this.paperCount = file.id.length;
    const words = indexWords(file);
    this.vocabulary = [...words.keys()].sort();
    this.postings = this.vocabulary.map((word) => words.get(word)!);
    this.letterMasks = this.vocabulary.map(letterMaskOf);
    for (const [entry, word] of this.vocabulary.entries()) {
      const stem = stemOf(word);
      const entries = this.byStem.get(stem);
      if (entries) entries.push(entry);
      else this.byStem.set(stem, [entry]);
    }
  }

  /**
   * Finds the papers that contain a word, a word of the same stem or, if these are few, a similar word.
   * @param isPrefix whether the word may be the beginning of a longer one.
   */
  find(word: string, isPrefix: boolean): WordMatch {
    const match = this.findByStem(word);
    const start = this.lowerBound(word);
    const isKnown = this.vocabulary[start] === word;
    if (isPrefix) this.addPrefixMatches(match, word, start);
    if (match.count < MIN_PAPERS && !hasDigit(word)) {
      if (!isPrefix && word.length > 3) this.addPrefixMatches(match, word, start);
      this.addMisspellings(match, word, isPrefix);
    }
    if (isKnown) match.correctedWord = word;
    match.correctedWord ??= word;
    return match;
  }

  /** Finds the papers that contain a word or a word of the same stem. */
  findByStem(word: string): WordMatch {
    const match = new WordMatch(this.paperCount);
    const start = this.lowerBound(word);
    if (this.vocabulary[start] === word) this.add(match, start, 1);
    for (const entry of this.byStem.get(stemOf(word)) ?? []) this.add(match, entry, STEM_FACTOR);
    return match;
  }

  /** The position of the first word that is not before the given one. */
  private lowerBound(word: string): number {
    let [low, high] = [0, this.vocabulary.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.vocabulary[middle]! < word) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private addPrefixMatches(match: WordMatch, word: string, start: number): void {
    for (let entry = start; this.vocabulary[entry]?.startsWith(word); entry++)
      this.add(match, entry, PREFIX_FACTOR);
  }

  private addMisspellings(match: WordMatch, word: string, isPrefix: boolean): void {
    const maxEdits = word.length >= 8 ? 2 : word.length >= 4 ? 1 : 0;
    if (maxEdits === 0) return;
    const mask = letterMaskOf(word);
    for (let entry = 0; entry < this.vocabulary.length; entry++) {
      const candidate = this.vocabulary[entry]!;
      if (
        candidate.length < word.length - maxEdits ||
        (!isPrefix && candidate.length > word.length + maxEdits) ||
        countBits(mask & ~this.letterMasks[entry]!) > maxEdits
      )
        continue;
      const edits = spellingDistance(word, candidate, maxEdits, isPrefix);
      if (edits > 0 && edits <= maxEdits) this.add(match, entry, TYPO_FACTORS[edits]!);
    }
  }

  private add(match: WordMatch, entry: number, factor: number): void {
    const { papers, fields } = this.postings[entry]!;
    if (!match.addWord(this.vocabulary[entry]!, factor, papers.length)) return;
    for (const [at, paper] of papers.entries())
      match.addPaper(paper, FIELD_WEIGHTS[fields[at]!]! * factor, fields[at] === AUTHOR);
  }
}

/** The papers that a word of a query matches. */
export class WordMatch {
  /** By paper: how well it matches, from 0 to 1. */
  readonly weights: Float64Array;
  /** By paper: whether the name of an author is the best match. */
  readonly bestFieldIsAuthor: Uint8Array;
  /** The words of the papers that match. */
  readonly words = new Set<string>();
  /** The number of papers that match. */
  count = 0;
  /** The word as papers spell it; undefined if none is similar. */
  correctedWord: string | undefined;
  private bestFactor = 0;
  private bestCount = 0;

  constructor(paperCount: number) {
    this.weights = new Float64Array(paperCount);
    this.bestFieldIsAuthor = new Uint8Array(paperCount);
  }

  /** Returns false if the word was added before. */
  addWord(word: string, factor: number, count: number): boolean {
    if (this.words.has(word)) return false;
    this.words.add(word);
    if (factor > this.bestFactor || (factor === this.bestFactor && count > this.bestCount)) {
      this.correctedWord = word;
      this.bestFactor = factor;
      this.bestCount = count;
    }
    return true;
  }

  /** The best match of a paper counts. */
  addPaper(paper: number, weight: number, bestFieldIsAuthor: boolean): void {
    if (weight <= this.weights[paper]!) return;
    if (this.weights[paper] === 0) this.count++;
    this.weights[paper] = weight;
    this.bestFieldIsAuthor[paper] = Number(bestFieldIsAuthor);
  }
}

/** The words of a paper by field, without those of summary and abstract. They may repeat. */
export const fieldWordsOf = (file: SearchFile, paper: number): [field: number, words: string[]][] => [
  [TITLE, [file.title[paper]!, file.id[paper]!].flatMap(wordsOf)],
  [TAG, file.tag[paper]!.flatMap((tag) => wordsOf(file.tags[tag]!))],
  [TAG, file.categories[paper]!.toLowerCase().split(" ")],
  [AUTHOR, file.authors[paper]!.flatMap(wordsOf)],
  [
    AFFILIATION,
    (file.affiliations?.[paper] ?? []).flatMap((position) => wordsOf(file.institutions![position]!)),
  ],
  [CLAIM, file.keyPoints[paper]!.flatMap(wordsOf)],
];

function indexWords(file: SearchFile): Map<string, Postings> {
  const words = new Map<string, Postings>();
  const add = (word: string, paper: number, field: number): void => {
    let found = words.get(word);
    if (!found) {
      found = { papers: [], fields: [] };
      words.set(word, found);
    }
    if (found.papers.at(-1) === paper) return;
    found.papers.push(paper);
    found.fields.push(field);
  };
  for (let paper = 0; paper < file.id.length; paper++)
    for (const [field, fieldWords] of fieldWordsOf(file, paper))
      for (const word of fieldWords) add(word, paper, field);
  for (const [at, word] of (file.words ?? []).entries()) {
    let paper = 0;
    for (const distance of file.papersOfWord?.[at] ?? []) {
      paper += distance;
      add(word, paper, TEXT);
    }
  }
  return words;
}

/** A bit for each letter that occurs in a word. */
function letterMaskOf(word: string): number {
  let mask = 0;
  for (let at = 0; at < word.length; at++) mask |= 1 << (word.charCodeAt(at) & 31);
  return mask;
}

function countBits(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count++;
  return count;
}
