/** The words of summaries and abstracts in the search file of a development site, as SearchFile.cs publishes them. */
import type { PaperView } from "../src/data/types.ts";
import type { SearchFile } from "../src/search/search-file.ts";
import { isStopWord, wordsOf } from "../src/search/search-language.ts";
import { fieldWordsOf } from "../src/search/word-index.ts";

/** @param file the other columns. */
export function textWords(
  file: SearchFile,
  papers: readonly Pick<PaperView, "abstract" | "summary">[],
): Required<Pick<SearchFile, "words" | "papersOfWord">> {
  const papersOf = new Map<string, number[]>();
  for (const [position, { abstract, summary }] of papers.entries()) {
    const known = new Set(fieldWordsOf(file, position).flatMap(([, words]) => words));
    const { methodology, results, implications } = summary;
    const text = [abstract, summary.summary, methodology, results, implications].flatMap((part) =>
      wordsOf(part ?? ""),
    );
    for (const word of new Set(text)) {
      if (word.length === 1 || isStopWord(word) || /^\d+$/.test(word) || known.has(word)) continue;
      const found = papersOf.get(word);
      if (found) found.push(position);
      else papersOf.set(word, [position]);
    }
  }
  const words = [...papersOf.keys()].sort();
  return {
    words,
    papersOfWord: words.map((word) => {
      const positions = papersOf.get(word)!;
      return positions.map((position, at) => (at === 0 ? position : position - positions[at - 1]!));
    }),
  };
}
