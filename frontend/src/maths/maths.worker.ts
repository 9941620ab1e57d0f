/// <reference lib="webworker" />
/** Draws formulas away from the thread that scrolls. */
import type { WorkerRequest } from "../shell/worker-client.ts";
import { recorder } from "./formula.ts";
import { typeset } from "./typeset.ts";

Object.assign(globalThis, { document: recorder });

addEventListener("message", ({ data: { number, question } }: MessageEvent<WorkerRequest<string[]>>) => {
  postMessage({ number, answer: question.map(typeset) });
});
