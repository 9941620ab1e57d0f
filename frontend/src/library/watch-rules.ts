/** The watch list: which papers come first, which are muted, and why. */

import type { PaperCard } from "../data/types.ts";
import { slugOf } from "../templates/contexts.ts";
import type { Rule } from "./library.ts";

/** Lower case, without accents, words apart by single spaces. */
export const normalize = (text: string): string =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}+#]+/gu, " ")
    .trim();

/** Identifiers of the papers that have a watched author, by the rule's text: a card names only the first eight. */
export type PapersByAuthor = ReadonlyMap<string, ReadonlySet<string>>;

/** The rules that a paper matches. A keyword matches from the beginning of a word on, in title and key points. */
export function matches(card: PaperCard, rules: readonly Rule[], byAuthor: PapersByAuthor): Rule[] {
  if (rules.length === 0) return [];
  const text = ` ${normalize([card.title, ...card.keyPoints].join(" "))}`;
  return rules.filter((rule) => {
    const wanted = normalize(rule.text);
    if (!wanted) return false;
    if (rule.kind === "keyword") return text.includes(` ${wanted}`);
    if (rule.kind === "topic") return card.tags.some((tag) => slugOf(tag) === slugOf(rule.text));
    return byAuthor.get(rule.text)?.has(card.id) || card.authors.some((author) => isAuthor(author, wanted));
  });
}

/** Whether a name contains the wanted words, in order: `hinton` and `g hinton` both find Geoffrey E. Hinton. */
export function isAuthor(name: string, wanted: string): boolean {
  const words = normalize(name).split(" ");
  let at = 0;
  const asked = wanted.split(" ");
  for (const [place, word] of asked.entries()) {
    // Only a first name may be cut short to its initial.
    const found = words.findIndex(
      (candidate, index) =>
        index >= at &&
        (candidate === word || (word.length === 1 && place < asked.length - 1 && candidate.startsWith(word))),
    );
    if (found < 0) return false;
    at = found + 1;
  }
  return true;
}

export interface WatchedOrder {
  cards: PaperCard[];
  /** By identifier: why a paper comes first. */
  reasons: Map<string, string>;
  /** How many were left out because they are muted. */
  muted: number;
}

/** Leaves muted papers out and, where wanted, moves watched ones to the front: those with more matches first, else in order. */
export function applyWatchRules(
  cards: readonly PaperCard[],
  rules: readonly Rule[],
  byAuthor: PapersByAuthor,
  watchedFirst: boolean,
): WatchedOrder {
  const reasons = new Map<string, string>();
  const watched: { card: PaperCard; count: number }[] = [];
  const others: PaperCard[] = [];
  let muted = 0;
  const remaining: PaperCard[] = [];
  for (const card of cards) {
    const found = matches(card, rules, byAuthor);
    if (found.some((rule) => rule.muted)) {
      muted++;
      continue;
    }
    remaining.push(card);
    if (found.length === 0) {
      others.push(card);
      continue;
    }
    reasons.set(card.id, found.map((rule) => rule.text).join(", "));
    watched.push({ card, count: found.length });
  }
  watched.sort((a, b) => b.count - a.count);
  return {
    cards: watchedFirst ? [...watched.map((entry) => entry.card), ...others] : remaining,
    reasons,
    muted,
  };
}
