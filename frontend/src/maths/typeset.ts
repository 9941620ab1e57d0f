/** Renders a formula with KaTeX into a recorded document. */
import katex from "katex";
import { type FormulaElement, recorder } from "./formula.ts";

/** The formula in a `span`; null if KaTeX cannot parse it. The global `document` must be the recorder. */
export function typeset(tex: string): FormulaElement | null {
  const place = recorder.createElement("span");
  place.className = "maths";
  try {
    katex.render(tex, place as unknown as HTMLElement, {
      displayMode: false,
      throwOnError: true,
      strict: "ignore",
      trust: false,
      maxSize: 5,
      maxExpand: 200,
    });
  } catch {
    return null;
  }
  return place;
}
