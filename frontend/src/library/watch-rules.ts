/** Applies the watch list: which papers come first, which are muted, and why. */

import type { PaperCard } from "../data/types.ts";
import { slugOf } from "../templates/contexts.ts";
import type { Rule } from "./library.ts";

/** Lower case, without accents, words separated by single spaces. */
export const normalize = (text: string): string =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}+#]+/gu, " ")
    .trim();

/** The key of a rule in `PapersByRule`. */
export const ruleKey = (rule: Pick<Rule, "kind" | "text">): string => `${rule.kind} ${rule.text}`;

/**
 * By a rule: identifiers of that author's or institution's papers. A card names only the first eight authors, and no institutions.
 * The key is `ruleKey`.
 */
export type PapersByRule = ReadonlyMap<string, ReadonlySet<string>>;

/** Whether an institution's name contains the words of a pattern in a row: `toronto` and `university of toronto` match University of Toronto. */
export const isInstitution = (name: string, pattern: string): boolean =>
  ` ${normalize(name)} `.includes(` ${pattern} `);

/** The rules that a paper matches. A keyword matches at the beginning of a word in title and key points. */
export function matchingRules(card: PaperCard, rules: readonly Rule[], byRule: PapersByRule): Rule[] {
  if (rules.length === 0) return [];
  const text = ` ${normalize([card.title, ...card.keyPoints].join(" "))}`;
  return rules.filter((rule) => {
    const pattern = normalize(rule.text);
    if (!pattern) return false;
    if (rule.kind === "keyword") return text.includes(` ${pattern}`);
    if (rule.kind === "topic") return card.tags.some((tag) => slugOf(tag) === slugOf(rule.text));
    if (byRule.get(ruleKey(rule))?.has(card.id)) return true;
    return rule.kind === "author" && card.authors.some((author) => isAuthor(author, pattern));
  });
}

/** Whether a name contains the pattern words in order: `hinton` and `g hinton` both match Geoffrey E. Hinton. */
export function isAuthor(name: string, pattern: string): boolean {
  const words = normalize(name).split(" ");
  let at = 0;
  const patternWords = pattern.split(" ");
  for (const [place, word] of patternWords.entries()) {
    // Only a first name may be abbreviated to its initial.
    const found = words.findIndex(
      (candidate, index) =>
        index >= at &&
        (candidate === word ||
          (word.length === 1 && place < patternWords.length - 1 && candidate.startsWith(word))),
    );
    if (found < 0) return false;
    at = found + 1;
  }
  return true;
}

const reasonOf = (rule: Rule): string =>
  rule.kind === "institution" ? `institution ${rule.text}` : rule.text;

export interface WatchedOrder {
  cards: PaperCard[];
  /** By identifier: why a paper comes first. */
  reasons: Map<string, string>;
  /** The number of muted papers. */
  muted: number;
}

/** Removes muted papers and, if requested, moves watched papers to the front, those with the most matches first. */
export function applyWatchRules(
  cards: readonly PaperCard[],
  rules: readonly Rule[],
  byRule: PapersByRule,
  watchedFirst: boolean,
): WatchedOrder {
  const reasons = new Map<string, string>();
  const watched: { card: PaperCard; count: number }[] = [];
  const others: PaperCard[] = [];
  let muted = 0;
  const remaining: PaperCard[] = [];
  for (const card of cards) {
    const found = matchingRules(card, rules, byRule);
    if (found.some((rule) => rule.muted)) {
      muted++;
      continue;
    }
    remaining.push(card);
    if (found.length === 0) {
      others.push(card);
      continue;
    }
    reasons.set(card.id, found.map(reasonOf).join(", "));
    watched.push({ card, count: found.length });
  }
  watched.sort((a, b) => b.count - a.count);
  return {
    cards: watchedFirst ? [...watched.map((entry) => entry.card), ...others] : remaining,
    reasons,
    muted,
  };
}
