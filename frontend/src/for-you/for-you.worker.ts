/// <reference lib="webworker" />
/** Loads the vectors of all papers, and the embedded model if a text has to be embedded, and ranks papers. */
import { DIMENSIONS } from "../embedding/embedding-model.ts";
import { fetchFile, loadModel } from "../embedding/load-model.ts";
import type { SearchFile } from "../search/search-file.ts";
import type { WorkerRequest } from "../shell/worker-client.ts";
import { createDirectionOf, type Direction, type Liked, type Score, scorePapers } from "./ranking.ts";

export interface RankRequest {
  /** Names of the search file and the vectors file, from the same index. */
  search: string;
  vectors: string;
  /** Identifiers of the papers to rank. */
  papers: string[];
  /** `text` is embedded if `id` is null or the index does not contain the paper. */
  liked: { id: string | null; text: string; weight: number }[];
  hidden: string[];
}

interface LoadedIndex {
  vectorOf: ReadonlyMap<string, Int8Array>;
  directionOf: (vector: Int8Array) => Direction;
}

/** The load of the latest index, by the name of its vectors file. */
let latest: { vectors: string; index: Promise<LoadedIndex> } | null = null;

async function loadIndex({ search, vectors }: RankRequest): Promise<LoadedIndex> {
  const [file, bytes] = await Promise.all([
    fetchFile(`/data/${search}`).then((response) => response.json() as Promise<SearchFile>),
    fetchFile(`/data/${vectors}`).then((response) => response.arrayBuffer()),
  ]);
  if (bytes.byteLength !== file.id.length * DIMENSIONS)
    throw new Error("The vectors file does not match the search file.");
  const vectorOf = new Map(
    file.id.map((id, position) => [id, new Int8Array(bytes, position * DIMENSIONS, DIMENSIONS)]),
  );
  return { vectorOf, directionOf: createDirectionOf([...vectorOf.values()]) };
}

/** Loads each index once; a failed load is repeated by the next request. */
function indexOf(request: RankRequest): Promise<LoadedIndex> {
  if (latest?.vectors === request.vectors) return latest.index;
  const load = { vectors: request.vectors, index: loadIndex(request) };
  latest = load;
  load.index.catch(() => {
    // A newer index may have been requested in the meantime.
    if (latest === load) latest = null;
  });
  return load.index;
}

async function rank(request: RankRequest): Promise<Score[]> {
  const { vectorOf, directionOf } = await indexOf(request);
  const empty = new Int8Array(DIMENSIONS);
  const liked: Liked[] = [];
  for (const { id, text, weight } of request.liked) {
    const vector = (id === null ? undefined : vectorOf.get(id)) ?? (await loadModel()).embed(text);
    liked.push({ vector, weight });
  }
  const hidden = request.hidden.flatMap((id) => vectorOf.get(id) ?? []);
  return scorePapers(
    request.papers.map((id) => vectorOf.get(id) ?? empty),
    liked,
    hidden,
    directionOf,
  );
}

addEventListener("message", async (event: MessageEvent<WorkerRequest<RankRequest>>) => {
  const { id, payload } = event.data;
  try {
    postMessage({ id, result: await rank(payload) });
  } catch (error) {
    postMessage({ id, error: error instanceof Error ? error.message : String(error) });
  }
});
