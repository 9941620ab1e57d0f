/** Sends requests to the search worker, which starts with the first one. */

import { DataError } from "../data/site-data.ts";
import { WorkerClient } from "../shell/worker-client.ts";
import searchWorkerAddress from "./search.worker.ts?worker&url";
import type { NameRule, SearchFilter, SearchRequest, SearchResult } from "./search-file.ts";

export { searchWorkerAddress };

/** Milliseconds after which a search tries again to load what searches by meaning need. */
const RETRY_DELAY = 30_000;

export class SearchClient {
  private readonly worker = new WorkerClient<SearchRequest>(searchWorkerAddress, () => {
    this.loaded = null;
    this.ready = null;
    this.embeddings = null;
  });
  private loaded: { file: string; loading: Promise<unknown> } | null = null;
  /** The file that the worker has indexed. */
  private ready: string | null = null;
  /** What searches by meaning need. The worker attaches it to the index of one file. */
  private embeddings: { file: string; vectors: string; loading: Promise<boolean> } | null = null;
  private version = 0;
  private searching: Promise<unknown> | null = null;

  /** Loads and indexes the file, once for each file. */
  async load(file: string): Promise<void> {
    if (this.loaded?.file !== file) {
      const loading = this.request({ kind: "load", file }).then(() => {
        this.ready = file;
        // The first round trip to the worker is the slowest, so it happens before the reader waits for one.
        if (this.version === 0)
          this.request({ kind: "search", query: "e", filter: {} }).catch(() => undefined);
      });
      this.loaded = { file, loading };
      this.ready = null;
      loading.catch(() => {
        this.loaded = null;
      });
    }
    await this.loaded.loading;
  }

  /**
   * Searches. While the worker is busy, only the latest request waits.
   * @returns null if a later request has replaced this one.
   */
  async search(file: string, query: string, filter: SearchFilter): Promise<SearchResult | null> {
    const version = ++this.version;
    if (this.ready !== file) await this.load(file);
    while (this.searching) {
      if (version !== this.version) return null;
      await this.searching.catch(() => undefined);
    }
    if (version !== this.version) return null;
    const request = this.request({ kind: "search", query, filter });
    this.searching = request;
    try {
      return (await request) as SearchResult;
    } finally {
      this.searching = null;
    }
  }

  /**
   * Loads what searches of a file by meaning need, once for each file: the vectors and the embedded model.
   * @returns whether a search ranks by meaning from now on. Without it, searches are by words alone.
   */
  loadEmbeddings(file: string, vectors: string): Promise<boolean> {
    if (this.embeddings?.file !== file || this.embeddings.vectors !== vectors) {
      const loading = this.request({ kind: "meaning", vectors }).then(
        () => true,
        () => {
          setTimeout(() => {
            if (this.embeddings === embeddings) this.embeddings = null;
          }, RETRY_DELAY);
          return false;
        },
      );
      const embeddings = { file, vectors, loading };
      this.embeddings = embeddings;
    }
    return this.embeddings.loading;
  }

  /** The papers of each author or institution that is watched or muted, by `ruleKey`. */
  async byNames(file: string, rules: NameRule[]): Promise<Map<string, Set<string>>> {
    await this.load(file);
    const found = (await this.request({ kind: "names", rules })) as [string, string[]][];
    return new Map(found.map(([key, ids]) => [key, new Set(ids)]));
  }

  private async request(payload: SearchRequest): Promise<unknown> {
    try {
      return await this.worker.request(payload);
    } catch (error) {
      throw new DataError(`Search does not work: ${(error as Error).message}`);
    }
  }
}
