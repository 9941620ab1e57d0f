/// <reference lib="webworker" />
/** Holds the index of all papers, away from the thread that draws. */
import MiniSearch from "minisearch";
import { cardAt, type Found, type Question, type SearchFile } from "./searching.ts";
import { isAuthor, plain } from "./watching.ts";

let file: SearchFile | null = null;
let papers: MiniSearch | null = null;

async function load(name: string): Promise<void> {
  const response = await fetch(`/data/${name}`);
  if (!response.ok) throw new Error(`data/${name} answered ${response.status}.`);
  const loaded = (await response.json()) as SearchFile;
  if (loaded.schema !== 1) throw new Error("Search's data is newer than this page. Reload it.");
  const made = new MiniSearch({
    fields: ["title", "authors", "tags", "text"],
    // Accents and case do not matter, and 'ML-EcoLyzer' is found by either half.
    tokenize: (text) => plain(text).split(" "),
    processTerm: (term) => term || null,
    searchOptions: {
      boost: { title: 4, authors: 2.5, tags: 2 },
      prefix: (_term, place, terms) => place === terms.length - 1 || terms[place]!.length > 3,
      fuzzy: (term) => (term.length > 7 ? 2 : term.length > 4 ? 1 : false),
      combineWith: "AND",
    },
  });
  made.addAll(
    loaded.id.map((_, place) => ({
      id: place,
      title: loaded.title[place],
      authors: loaded.authors[place]!.join(" "),
      tags: loaded.tag[place]!.map((tag) => loaded.tags[tag]).join(" "),
      text: `${loaded.keyPoints[place]!.join(" ")} ${loaded.id[place]}`,
    })),
  );
  file = loaded;
  papers = made;
}

function search(query: string): Found {
  const started = performance.now();
  const hits = papers!.search(query);
  const terms = new Set<string>();
  for (const hit of hits.slice(0, 200)) for (const term of hit.terms) terms.add(term);
  return {
    cards: hits.map((hit) => cardAt(file!, hit.id as number)),
    terms: [...terms],
    took: performance.now() - started,
  };
}

function byAuthor(names: string[]): [string, string[]][] {
  return names.map((name) => {
    const wanted = plain(name);
    return [
      name,
      file!.id.filter((_, place) => file!.authors[place]!.some((author) => isAuthor(author, wanted))),
    ];
  });
}

addEventListener("message", async (event: MessageEvent<{ number: number; question: Question }>) => {
  const { number, question } = event.data;
  try {
    const answer =
      question.kind === "load"
        ? await load(question.file)
        : question.kind === "search"
          ? search(question.query)
          : byAuthor(question.names);
    postMessage({ number, answer });
  } catch (error) {
    postMessage({ number, error: error instanceof Error ? error.message : String(error) });
  }
});
