/** What formulas need: KaTeX in a worker, its styles and its fonts. Loaded with the first formula, because it is larger than the page. */
import "katex/dist/katex.min.css";
import { WorkerClient } from "../shell/worker-client.ts";
import type { FormulaElement } from "./formula.ts";
import workerAddress from "./maths.worker.ts?worker&url";

const worker = new WorkerClient<string[]>(workerAddress);

/** The two fonts that nearly every formula needs. Formulas rendered before they are loaded would be laid out twice. */
const fonts = Promise.allSettled([
  document.fonts.load("1em KaTeX_Main"),
  document.fonts.load("italic 1em KaTeX_Math"),
]);

/** The formulas in their order, null for those that KaTeX does not know. */
export async function typeset(formulas: string[]): Promise<(FormulaElement | null)[]> {
  const rendered = await worker.request(formulas);
  await fonts;
  return rendered as (FormulaElement | null)[];
}
