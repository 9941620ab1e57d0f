/// <reference lib="webworker" />
/** Loads the vectors of all papers, and the embedded model if a text has to be embedded, and ranks papers. */
import { DIMENSIONS } from "../embedding/embedding-model.ts";
import { fetchFile, loadModel } from "../embedding/load-model.ts";
import type { SearchFile } from "../search/search-file.ts";
import type { WorkerRequest } from "../shell/worker-client.ts";
import { centring, type Direction, type Liked, type Score, scorePapers } from "./ranking.ts";

export interface RankRequest {
  /** The search file and the vectors file of the same index. */
  search: string;
  vectors: string;
  /** Identifiers of the papers to rank. */
  papers: string[];
  /** The text is embedded if the paper is not held, or if there is no paper. */
  liked: { id: string | null; text: string; weight: number }[];
  hidden: string[];
}

interface Held {
  name: string;
  vectorOf: ReadonlyMap<string, Int8Array>;
  direct: (vector: Int8Array) => Direction;
}

let held: Promise<Held> | null = null;

async function loadHeld({ search, vectors }: RankRequest): Promise<Held> {
  const [file, bytes] = await Promise.all([
    fetchFile(`/data/${search}`).then((response) => response.json() as Promise<SearchFile>),
    fetchFile(`/data/${vectors}`).then((response) => response.arrayBuffer()),
  ]);
  if (bytes.byteLength !== file.id.length * DIMENSIONS)
    throw new Error("The vectors are not those of the papers.");
  const vectorOf = new Map(
    file.id.map((id, place) => [id, new Int8Array(bytes, place * DIMENSIONS, DIMENSIONS)]),
  );
  return { name: vectors, vectorOf, direct: centring([...vectorOf.values()]) };
}

let loadedName = "";

async function rank(request: RankRequest): Promise<Score[]> {
  if (loadedName !== request.vectors || !held) {
    held = loadHeld(request);
    loadedName = request.vectors;
    held.catch(() => {
      held = null;
    });
  }
  const { vectorOf, direct } = await held;
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
    direct,
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
