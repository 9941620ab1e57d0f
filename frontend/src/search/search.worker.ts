/// <reference lib="webworker" />
/** Holds the search index, outside the main thread. */
import type MiniSearch from "minisearch";
import { isAuthor, normalize } from "../library/watch-rules.ts";
import type { WorkerRequest } from "../shell/worker-client.ts";
import type { SearchFile, SearchRequest } from "./search-file.ts";
import { makeIndex, searchIn } from "./search-index.ts";

let file: SearchFile | null = null;
let index: MiniSearch | null = null;

async function load(name: string): Promise<void> {
  const response = await fetch(`/data/${name}`);
  if (!response.ok) throw new Error(`data/${name} answered ${response.status}.`);
  const loaded = (await response.json()) as SearchFile;
  if (loaded.schema !== 1) throw new Error("Search's data is newer than this page. Reload it.");
  index = makeIndex(loaded);
  file = loaded;
}

function byAuthor(names: string[]): [string, string[]][] {
  return names.map((name) => {
    const words = normalize(name);
    return [
      name,
      file!.id.filter((_, place) => file!.authors[place]!.some((author) => isAuthor(author, words))),
    ];
  });
}

addEventListener("message", async (event: MessageEvent<WorkerRequest<SearchRequest>>) => {
  const { id, payload } = event.data;
  try {
    const result =
      payload.kind === "load"
        ? await load(payload.file)
        : payload.kind === "search"
          ? searchIn(file!, index!, payload.query, payload.within)
          : byAuthor(payload.names);
    postMessage({ id, result });
  } catch (error) {
    postMessage({ id, error: error instanceof Error ? error.message : String(error) });
  }
});
