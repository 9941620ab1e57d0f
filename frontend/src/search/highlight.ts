/** Highlights matched words with the CSS Custom Highlight API, which leaves the DOM unchanged. The first search loads this module. */
import { wordsOf } from "../embedding/word-reader.ts";
import type { HighlightTerms } from "./search-file.ts";

export class Highlighter {
  private readonly highlight = typeof Highlight === "undefined" || !CSS.highlights ? null : new Highlight();
  private readonly words: ReadonlySet<string>;
  private readonly phrases: ReadonlySet<string>[][];

  constructor({ words, phrases }: HighlightTerms) {
    this.words = new Set(words);
    this.phrases = phrases.map((phrase) => phrase.map((matches) => new Set(matches)));
  }

  /** Highlights the matches in an element. */
  mark(element: Element): void {
    if (!this.highlight) return;
    CSS.highlights.set("search-match", this.highlight);
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.parentElement?.closest("button, .katex")) continue;
      for (const [start, end] of this.rangesIn(node.textContent!)) {
        const range = new Range();
        range.setStart(node, start);
        range.setEnd(node, end);
        this.highlight.add(range);
      }
    }
  }

  /** Where a text has matching words, and synonyms as a whole. */
  rangesIn(text: string): [number, number][] {
    const tokens = Array.from(text.matchAll(/[\p{L}\p{N}\p{M}]+/gu), (match) => ({
      start: match.index,
      end: match.index + match[0].length,
      words: Array.from(wordsOf(match[0]), (word) => word.text),
    }));
    const isAny = (at: number, words: ReadonlySet<string>): boolean =>
      tokens[at]?.words.some((word) => words.has(word)) ?? false;
    return tokens.flatMap(({ start, end }, at) => {
      const ranges: [number, number][] = isAny(at, this.words) ? [[start, end]] : [];
      for (const phrase of this.phrases) {
        let last = at - 1;
        const isWhole = phrase.every((words, position) => {
          // Synonyms lack stop words: "mixture of experts" is "mixture experts".
          last = position > 0 && !isAny(last + 1, words) ? last + 2 : last + 1;
          return isAny(last, words);
        });
        if (isWhole) ranges.push([start, tokens[last]!.end]);
      }
      return ranges;
    });
  }
}
