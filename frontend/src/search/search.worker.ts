/// <reference lib="webworker" />
/** Holds the search index, outside the main thread, and the embedded model once a reader searches. */
import { fetchFile, loadModel } from "../embedding/load-model.ts";
import { isAuthor, isInstitution, normalize, ruleKey } from "../library/watch-rules.ts";
import type { WorkerRequest } from "../shell/worker-client.ts";
import { EmbeddingRanker } from "./embedding-ranker.ts";
import { PaperSearch } from "./paper-search.ts";
import type { NameRule, SearchFile, SearchRequest } from "./search-file.ts";
import { resultsOf, warmUp } from "./search-results.ts";

let search: PaperSearch | null = null;

async function load(name: string): Promise<void> {
  const file = (await (await fetchFile(`/data/${name}`)).json()) as SearchFile;
  if (file.schema !== 1) throw new Error("Search's data is newer than this page. Reload it.");
  const loaded = new PaperSearch(file);
  warmUp(loaded);
  search = loaded;
}

async function loadEmbeddings(vectors: string): Promise<void> {
  const current = search!;
  const [model, response] = await Promise.all([loadModel(), fetchFile(`/data/${vectors}`)]);
  const bytes = new Int8Array(await response.arrayBuffer());
  current.embeddings = new EmbeddingRanker(model, bytes, current.file.id.length);
}

function byNames(rules: NameRule[]): [string, string[]][] {
  const { authors, affiliations, institutions, id } = search!.file;
  return rules.map((rule) => {
    const words = normalize(rule.text);
    const matches =
      rule.kind === "author"
        ? (position: number) => authors[position]!.some((author) => isAuthor(author, words))
        : (position: number) =>
            (affiliations?.[position] ?? []).some((name) => isInstitution(institutions![name]!, words));
    return [ruleKey(rule), words ? id.filter((_, position) => matches(position)) : []];
  });
}

function handle(request: SearchRequest): unknown {
  switch (request.kind) {
    case "load":
      return load(request.file);
    case "meaning":
      return loadEmbeddings(request.vectors);
    case "search":
      return resultsOf(search!, request.query, request.filter);
    case "names":
      return byNames(request.rules);
  }
}

addEventListener("message", async (event: MessageEvent<WorkerRequest<SearchRequest>>) => {
  const { id, payload } = event.data;
  try {
    postMessage({ id, result: await handle(payload) });
  } catch (error) {
    postMessage({ id, error: error instanceof Error ? error.message : String(error) });
  }
});
