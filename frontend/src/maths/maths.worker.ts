/// <reference lib="webworker" />
/** Renders formulas outside the main thread. */
import type { WorkerRequest } from "../shell/worker-client.ts";
import { recorder } from "./formula.ts";
import { typeset } from "./typeset.ts";

Object.assign(globalThis, { document: recorder });

addEventListener("message", ({ data: { id, payload } }: MessageEvent<WorkerRequest<string[]>>) => {
  postMessage({ id, result: payload.map(typeset) });
});
