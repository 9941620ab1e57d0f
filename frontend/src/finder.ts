/** Asks the search worker, which is started at the first question. */
import { DataError } from "./data.ts";
import workerAddress from "./search.worker.ts?worker&url";
import type { Found, Question, Within } from "./searching.ts";
import { scriptAddress } from "./trusted.ts";

export class Finder {
  private worker: Worker | null = null;
  private loaded: { file: string; loading: Promise<unknown> } | null = null;
  /** The file that the worker has an index of. */
  private ready: string | null = null;
  private turn = 0;
  private searching: Promise<unknown> | null = null;
  private number = 0;
  private readonly open = new Map<
    number,
    { answer: (value: unknown) => void; fail: (error: unknown) => void }
  >();

  /** Reads the file and indexes it, once for each file. */
  async load(file: string): Promise<void> {
    if (this.loaded?.file !== file) {
      const loading = this.ask({ kind: "load", file }).then(() => {
        this.ready = file;
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
  async search(file: string, query: string, within: Within): Promise<Found | null> {
    const turn = ++this.turn;
    if (this.ready !== file) await this.load(file);
    while (this.searching) {
      if (turn !== this.turn) return null;
      await this.searching.catch(() => undefined);
    }
    if (turn !== this.turn) return null;
    const asked = this.ask({ kind: "search", query, within });
    this.searching = asked;
    try {
      return (await asked) as Found;
    } finally {
      this.searching = null;
    }
  }

  async byAuthor(file: string, names: string[]): Promise<Map<string, Set<string>>> {
    await this.load(file);
    const found = (await this.ask({ kind: "authors", names })) as [string, string[]][];
    return new Map(found.map(([name, ids]) => [name, new Set(ids)]));
  }

  private ask(question: Question): Promise<unknown> {
    if (!this.worker) {
      this.worker = new Worker(scriptAddress(workerAddress), { type: "module" });
      this.worker.addEventListener(
        "message",
        (event: MessageEvent<{ number: number; answer?: unknown; error?: string }>) => {
          const { number, answer, error } = event.data;
          const asked = this.open.get(number);
          this.open.delete(number);
          if (error === undefined) asked?.answer(answer);
          else asked?.fail(new DataError(`Search does not work: ${error}`));
        },
      );
      this.worker.addEventListener("error", () => {
        for (const asked of this.open.values())
          asked.fail(new DataError("Search does not work: its script could not be run."));
        this.open.clear();
        this.worker = null;
        this.loaded = null;
        this.ready = null;
      });
    }
    const number = ++this.number;
    return new Promise((answer, fail) => {
      this.open.set(number, { answer, fail });
      this.worker!.postMessage({ number, question });
    });
  }
}
