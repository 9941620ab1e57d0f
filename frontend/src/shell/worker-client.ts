/** Questions to a worker, and its answers. */
import { scriptAddress } from "./trusted-types.ts";

/** What is sent to the worker; it posts `{ number, answer }` or `{ number, error }`. */
export interface WorkerRequest<SearchRequest> {
  number: number;
  question: SearchRequest;
}

type WorkerResponse = { number: number; answer?: unknown; error?: string };

/** A worker that is started at the first question, and again after its script could not be run. */
export class WorkerClient<SearchRequest> {
  private worker: Worker | null = null;
  private number = 0;
  private readonly open = new Map<
    number,
    { answer: (value: unknown) => void; fail: (error: Error) => void }
  >();

  /** @param onLost called where the script could not be run, which all open questions fail with. */
  constructor(
    private readonly address: string,
    private readonly onLost: () => void = () => undefined,
  ) {}

  /** @throws Error with the worker's words; or that its script could not be run. */
  request(question: SearchRequest): Promise<unknown> {
    this.worker ??= this.start();
    const number = ++this.number;
    return new Promise((answer, fail) => {
      this.open.set(number, { answer, fail });
      this.worker!.postMessage({ number, question } satisfies WorkerRequest<SearchRequest>);
    });
  }

  private start(): Worker {
    const worker = new Worker(scriptAddress(this.address), { type: "module" });
    worker.addEventListener("message", ({ data }: MessageEvent<WorkerResponse>) => {
      const asked = this.open.get(data.number);
      this.open.delete(data.number);
      if (data.error === undefined) asked?.answer(data.answer);
      else asked?.fail(new Error(data.error));
    });
    worker.addEventListener("error", () => {
      for (const asked of this.open.values()) asked.fail(new Error("its script could not be run."));
      this.open.clear();
      this.worker = null;
      this.onLost();
    });
    return worker;
  }
}
