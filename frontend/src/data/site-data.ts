/** Loads the published data. The files that the index names are immutable, so each is loaded once. */
import {
  type DayEntry,
  type PaperCard,
  type PaperView,
  type RelatedPapers,
  SCHEMA,
  type SiteIndex,
} from "./types.ts";

/** The message says in one sentence for the reader why data could not be loaded. */
export class DataError extends Error {}

const requests = new Map<string, Promise<unknown>>();

/** Milliseconds after which a request fails. */
const REQUEST_TIMEOUT = 30_000;

/** When the service worker stored the index that was read last; null if it came from the network. */
export let indexStoredAt: Date | null = null;

async function fetchJson<T>(
  name: string,
  init: RequestInit,
  onResponse: (response: Response) => void = () => undefined,
): Promise<T | null> {
  try {
    const response = await fetch(`/data/${name}`, { ...init, signal: AbortSignal.timeout(REQUEST_TIMEOUT) });
    if (response.status === 404) return null;
    if (!response.ok) throw new DataError(`data/${name} responded with ${response.status}. Trying again.`);
    onResponse(response);
    return (await response.json()) as T;
  } catch (error) {
    if (error instanceof DataError) throw error;
    throw new DataError("No connection. Trying again.");
  }
}

/** The current index; null if nothing is published yet. */
export async function readIndex(): Promise<SiteIndex | null> {
  const index = await fetchJson<SiteIndex>("index.json", { cache: "no-cache" }, ({ headers }) => {
    const storedAt = headers.get("X-Stored-At");
    indexStoredAt = storedAt ? new Date(storedAt) : null;
  });
  if (index && index.schema !== SCHEMA) {
    throw new DataError("This page is outdated. Reload it.");
  }
  return index;
}

function readHashedFile<T>(name: string): Promise<T> {
  let request = requests.get(name) as Promise<T> | undefined;
  if (!request) {
    request = fetchJson<T>(name, {}).then((value) => {
      if (value === null) throw new DataError(`data/${name} was replaced by a newer one. Trying again.`);
      return value;
    });
    request.catch(() => requests.delete(name));
    requests.set(name, request);
  }
  return request;
}

/** Loads a file that the index names. */
export const readFile = <T>(name: string): Promise<T> => readHashedFile<T>(name);

/** The papers of one listing day in arXiv's order, loaded part by part. */
export class DayPapers {
  readonly total: number;
  /** All cards, once `all` has loaded them. */
  loaded: PaperCard[] | undefined;

  constructor(readonly entry: DayEntry) {
    this.total = entry.parts.reduce((sum, part) => sum + part.count, 0);
  }

  /** The cards in [from, to); `to` may lie beyond the end. */
  async slice(from: number, to: number): Promise<PaperCard[]> {
    const cards: PaperCard[] = [];
    let start = 0;
    for (const part of this.entry.parts) {
      const end = start + part.count;
      if (start < to && end > from) {
        const read = await readHashedFile<PaperCard[]>(part.cards);
        cards.push(...read.slice(Math.max(0, from - start), to - start));
      }
      start = end;
    }
    return cards;
  }

  async all(): Promise<PaperCard[]> {
    const parts = await Promise.all(this.entry.parts.map((part) => readHashedFile<PaperCard[]>(part.cards)));
    this.loaded = parts.flat();
    return this.loaded;
  }

  /** The whole paper; undefined if the day has no such identifier. */
  async paper(id: string): Promise<PaperView | undefined> {
    for (const part of this.entry.parts) {
      const cards = await readHashedFile<PaperCard[]>(part.cards);
      if (!cards.some((card) => card.id === id)) continue;
      const papers = await readHashedFile<PaperView[]>(part.details);
      return papers.find((paper) => paper.id === id);
    }
    return undefined;
  }

  /** The related papers of a paper; undefined if it has none, or if their file cannot be loaded: the paper is shown without them. */
  async related(id: string): Promise<RelatedPapers | undefined> {
    const { related } = this.entry;
    const file = related && (await readHashedFile<Record<string, RelatedPapers>>(related).catch(() => null));
    return file ? file[id] : undefined;
  }
}
