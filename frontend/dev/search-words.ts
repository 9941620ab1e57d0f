/** The words of summaries and abstracts in the search file of a development site, as SearchFile.cs publishes them. */
import type { PaperView } from "../src/data/types.ts";
import type { SearchFile } from "../src/search/search-file.ts";
import { isStopWord, wordsOf } from "../src/search/search-language.ts";

/** @param file the other columns. */
export function textWords(
  file: SearchFile,
  papers: readonly Pick<PaperView, "abstract" | "summary">[],
): Required<Pick<SearchFile, "words" | "papersOfWord">> {
  const papersOf = new Map<string, number[]>();
  for (const [place, { abstract, summary }] of papers.entries()) {
    const others = [
      file.title[place]!,
      file.id[place]!,
      ...file.tag[place]!.map((tag) => file.tags[tag]!),
      ...file.authors[place]!,
      ...file.keyPoints[place]!,
    ].flatMap(wordsOf);
    const known = new Set([...others, ...file.categories[place]!.toLowerCase().split(" ")]);
    const { methodology, results, implications } = summary;
    const text = [abstract, summary.summary, methodology, results, implications].flatMap((part) =>
      wordsOf(part ?? ""),
    );
    for (const word of new Set(text)) {
      if (word.length === 1 || isStopWord(word) || /^\d+$/.test(word) || known.has(word)) continue;
      const found = papersOf.get(word);
      if (found) found.push(place);
      else papersOf.set(word, [place]);
    }
  }
  const words = [...papersOf.keys()].sort();
  return {
    words,
    papersOfWord: words.map((word) => {
      const places = papersOf.get(word)!;
      return places.map((place, at) => (at === 0 ? place : place - places[at - 1]!));
    }),
  };
}
