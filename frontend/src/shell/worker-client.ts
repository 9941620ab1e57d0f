/** Requests to a worker, and its responses. */
import { scriptAddress } from "./trusted-types.ts";

/** The message to the worker, which responds with `{ id, result }` or `{ id, error }`. */
export interface WorkerRequest<Payload> {
  id: number;
  payload: Payload;
}

type WorkerResponse = { id: number; result?: unknown; error?: string };

/** A worker that starts with the first request, and again after its script failed to load. */
export class WorkerClient<Payload> {
  private worker: Worker | null = null;
  private lastId = 0;
  private readonly open = new Map<
    number,
    { resolve: (value: unknown) => void; reject: (error: Error) => void }
  >();

  /** @param onLost called if the script could not be loaded; all open requests fail then. */
  constructor(
    private readonly address: string,
    private readonly onLost: () => void = () => undefined,
  ) {}

  /** @throws Error with the worker's message, or because its script could not be loaded. */
  request(payload: Payload): Promise<unknown> {
    this.worker ??= this.start();
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      this.open.set(id, { resolve, reject });
      this.worker!.postMessage({ id, payload } satisfies WorkerRequest<Payload>);
    });
  }

  private start(): Worker {
    const worker = new Worker(scriptAddress(this.address), { type: "module" });
    worker.addEventListener("message", ({ data }: MessageEvent<WorkerResponse>) => {
      const request = this.open.get(data.id);
      this.open.delete(data.id);
      if (data.error === undefined) request?.resolve(data.result);
      else request?.reject(new Error(data.error));
    });
    worker.addEventListener("error", () => {
      for (const request of this.open.values()) request.reject(new Error("its script could not be loaded."));
      this.open.clear();
      this.worker = null;
      this.onLost();
    });
    return worker;
  }
}
