/** Asks the search worker, which is started at the first question. */

import { DataError } from "../data/site-data.ts";
import { WorkerClient } from "../shell/worker-client.ts";
import searchWorkerAddress from "./search.worker.ts?worker&url";
import type { SearchFilter, SearchRequest, SearchResult } from "./search-file.ts";

export { searchWorkerAddress };

export class SearchClient {
  private readonly worker = new WorkerClient<SearchRequest>(searchWorkerAddress, () => {
    this.loaded = null;
    this.ready = null;
  });
  private loaded: { file: string; loading: Promise<unknown> } | null = null;
  /** The file that the worker has an index of. */
  private ready: string | null = null;
  private turn = 0;
  private searching: Promise<unknown> | null = null;

  /** Reads the file and indexes it, once for each file. */
  async load(file: string): Promise<void> {
    if (this.loaded?.file !== file) {
      const loading = this.request({ kind: "load", file }).then(() => {
        this.ready = file;
        // The way to the worker and back takes longest the first time: it is tried where nobody waits yet.
        if (this.turn === 0) this.request({ kind: "search", query: "e", within: {} }).catch(() => undefined);
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
   * Searches. The worker is asked at once where it is ready; while it is busy with a former question, only the latest one waits.
   * @returns null where a later question came before this one's turn.
   */
  async search(file: string, query: string, within: SearchFilter): Promise<SearchResult | null> {
    const turn = ++this.turn;
    if (this.ready !== file) await this.load(file);
    while (this.searching) {
      if (turn !== this.turn) return null;
      await this.searching.catch(() => undefined);
    }
    if (turn !== this.turn) return null;
    const asked = this.request({ kind: "search", query, within });
    this.searching = asked;
    try {
      return (await asked) as SearchResult;
    } finally {
      this.searching = null;
    }
  }

  async byAuthor(file: string, names: string[]): Promise<Map<string, Set<string>>> {
    await this.load(file);
    const found = (await this.request({ kind: "authors", names })) as [string, string[]][];
    return new Map(found.map(([name, ids]) => [name, new Set(ids)]));
  }

  private async request(question: SearchRequest): Promise<unknown> {
    try {
      return await this.worker.request(question);
    } catch (error) {
      throw new DataError(`Search does not work: ${(error as Error).message}`);
    }
  }
}
