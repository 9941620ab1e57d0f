/** Reads what the product publishes. Files that the index names never change, so each is read once. */
import { type DayEntry, type PaperCard, type PaperView, SCHEMA, type SiteIndex } from "./types.ts";

/** Why the data could not be read, in a sentence for the reader. */
export class DataError extends Error {}

const read = new Map<string, Promise<unknown>>();

/** Milliseconds after which a file that does not come is given up. */
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
    if (!response.ok) throw new DataError(`data/${name} answered ${response.status}. Trying again.`);
    onResponse(response);
    return (await response.json()) as T;
  } catch (error) {
    if (error instanceof DataError) throw error;
    throw new DataError("No connection. Trying again.");
  }
}

/** The index as it is now, or null where nothing was published yet. */
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
  let reading = read.get(name) as Promise<T> | undefined;
  if (!reading) {
    reading = fetchJson<T>(name, {}).then((value) => {
      if (value === null) throw new DataError(`data/${name} was replaced by a newer one. Trying again.`);
      return value;
    });
    reading.catch(() => read.delete(name));
    read.set(name, reading);
  }
  return reading;
}

/** A file of the index whose form the caller knows, such as search's. */
export const readFile = <T>(name: string): Promise<T> => readHashedFile<T>(name);

/** The papers of one listing day, in arXiv's order, read part by part. */
export class DayPapers {
  readonly total: number;
  /** All cards, once `all` has loaded them. */
  loaded: PaperCard[] | undefined;

  constructor(readonly entry: DayEntry) {
    this.total = entry.parts.reduce((sum, part) => sum + part.count, 0);
  }

  /** The cards from one place up to another, which may lie beyond the end. */
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

  /** The whole paper, or undefined where the day has none of that identifier. */
  async paper(id: string): Promise<PaperView | undefined> {
    for (const part of this.entry.parts) {
      const cards = await readHashedFile<PaperCard[]>(part.cards);
      if (!cards.some((card) => card.id === id)) continue;
      const papers = await readHashedFile<PaperView[]>(part.details);
      return papers.find((paper) => paper.id === id);
    }
    return undefined;
  }
}
