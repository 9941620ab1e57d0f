/** Words, stems, stop words and synonyms of the search. The same rules as SearchLanguage.cs; both pass test/search-cases.json. */
import { wordsOf as tokenize } from "../embedding/word-reader.ts";
import language from "./search-language.json" with { type: "json" };

const MIN_STEM_LENGTH = 3;

/** The longest synonym, in words. */
const MAX_PHRASE_LENGTH = 5;

const stopWords = new Set(language.stopWords.split(" "));
const suffixes = language.suffixes.split(" ");

/** By the stems of a phrase: all phrases of its group. They lack stop words, as queries do. */
const synonyms = new Map<string, string[][]>();
for (const group of language.synonyms) {
  const phrases = group.map((phrase) => phrase.split(" ").filter((word) => !isStopWord(word)));
  for (const phrase of phrases) synonyms.set(keyOf(phrase), phrases);
}

/** The words of a text in lower case and without accents; a word contains only ASCII letters and digits. */
export const wordsOf = (text: string): string[] => Array.from(tokenize(text), (word) => word.text);

export function isStopWord(word: string): boolean {
  return stopWords.has(word);
}

export function hasDigit(word: string): boolean {
  return /\d/.test(word);
}

/** The stem of a word: equal for "train", "trains", "trained" and "training". */
export function stemOf(word: string): string {
  if (hasDigit(word)) return word;
  let stem = word;
  for (const suffix of suffixes) {
    const length = word.length - suffix.length;
    if (length < (suffix.length > 3 ? MIN_STEM_LENGTH + 1 : MIN_STEM_LENGTH) || !word.endsWith(suffix))
      continue;
    if (suffix === "s" && "suia".includes(word.at(-2)!)) continue;
    stem = word.slice(0, length);
    break;
  }
  return stem.length > MIN_STEM_LENGTH && stem.at(-1) === stem.at(-2) ? stem.slice(0, -1) : stem;
}

/** The longest synonym group that begins at a position of a query: how many of its words belong to it, and all phrases of the group. */
export function synonymsAt(words: readonly string[], start: number): { length: number; phrases: string[][] } {
  for (let length = Math.min(MAX_PHRASE_LENGTH, words.length - start); length >= 1; length--) {
    const phrases = synonyms.get(keyOf(words.slice(start, start + length)));
    if (phrases) return { length, phrases };
  }
  return { length: 1, phrases: [] };
}

function keyOf(words: readonly string[]): string {
  return words.map(stemOf).join(" ");
}
