/// <reference lib="webworker" />
/** Draws formulas away from the thread that scrolls. */
import { recorder } from "./formula.ts";
import { typeset } from "./typeset.ts";

Object.assign(globalThis, { document: recorder });

addEventListener("message", (event: MessageEvent<{ number: number; formulas: string[] }>) => {
  const { number, formulas } = event.data;
  postMessage({ number, drawn: formulas.map(typeset) });
});
