/** Highlights matched words with the CSS Custom Highlight API, which leaves the DOM unchanged. */
import { normalize } from "../library/watch-rules.ts";

let terms: Set<string> = new Set();

const highlight = typeof Highlight === "undefined" || !CSS.highlights ? null : new Highlight();
if (highlight) CSS.highlights.set("search-match", highlight);

export function setHighlightTerms(words: readonly string[]): void {
  terms = new Set(words);
  highlight?.clear();
}

export function highlightIn(element: Element): void {
  if (!highlight || terms.size === 0) return;
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement?.closest("button, .katex")) continue;
    for (const match of node.textContent!.matchAll(/[\p{L}\p{N}\p{M}+#]+/gu)) {
      if (!terms.has(normalize(match[0]))) continue;
      const range = new Range();
      range.setStart(node, match.index);
      range.setEnd(node, match.index + match[0].length);
      highlight.add(range);
    }
  }
}
