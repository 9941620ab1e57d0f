/**
 * Typesets formulas with KaTeX in a worker, and loads KaTeX's styles and fonts. Imported with the first formula, because KaTeX is larger
 * than the rest of the page.
 */
import "katex/dist/katex.min.css";
import { WorkerClient } from "../shell/worker-client.ts";
import type { FormulaElement } from "./formula.ts";
import workerUrl from "./maths.worker.ts?worker&url";

const worker = new WorkerClient<string[]>(workerUrl);

/** The two fonts that nearly every formula needs. Formulas rendered before they are loaded would be laid out twice. */
const fonts = Promise.allSettled([
  document.fonts.load("1em KaTeX_Main"),
  document.fonts.load("italic 1em KaTeX_Math"),
]);

/** Typesets formulas, in order; null where KaTeX cannot parse one. */
export async function typeset(formulas: string[]): Promise<(FormulaElement | null)[]> {
  const rendered = await worker.request(formulas);
  await fonts;
  return rendered as (FormulaElement | null)[];
}
