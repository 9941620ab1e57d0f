/// <reference lib="webworker" />
/** Holds the search index, outside the main thread, and the embedded model once a reader searches. */
import { fetchFile, loadModel } from "../embedding/load-model.ts";
import { isAuthor, normalize } from "../library/watch-rules.ts";
import type { WorkerRequest } from "../shell/worker-client.ts";
import { Meaning } from "./meaning.ts";
import { PaperSearch } from "./paper-search.ts";
import type { SearchFile, SearchRequest } from "./search-file.ts";
import { resultsOf, warmUp } from "./search-results.ts";

let search: PaperSearch | null = null;

async function load(name: string): Promise<void> {
  const file = (await (await fetchFile(`/data/${name}`)).json()) as SearchFile;
  if (file.schema !== 1) throw new Error("Search's data is newer than this page. Reload it.");
  const loaded = new PaperSearch(file);
  warmUp(loaded);
  search = loaded;
}

async function loadMeaning(vectors: string): Promise<void> {
  const searched = search!;
  const [model, response] = await Promise.all([loadModel(), fetchFile(`/data/${vectors}`)]);
  const bytes = new Int8Array(await response.arrayBuffer());
  searched.meaning = new Meaning(model, bytes, searched.file.id.length);
}

function byAuthor(names: string[]): [string, string[]][] {
  const { authors, id } = search!.file;
  return names.map((name) => {
    const words = normalize(name);
    return [name, id.filter((_, position) => authors[position]!.some((author) => isAuthor(author, words)))];
  });
}

function answer(request: SearchRequest): unknown {
  switch (request.kind) {
    case "load":
      return load(request.file);
    case "meaning":
      return loadMeaning(request.vectors);
    case "search":
      return resultsOf(search!, request.query, request.within);
    case "authors":
      return byAuthor(request.names);
  }
}

addEventListener("message", async (event: MessageEvent<WorkerRequest<SearchRequest>>) => {
  const { id, payload } = event.data;
  try {
    postMessage({ id, result: await answer(payload) });
  } catch (error) {
    postMessage({ id, error: error instanceof Error ? error.message : String(error) });
  }
});
