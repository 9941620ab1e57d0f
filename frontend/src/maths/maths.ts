/** Renders the TeX in texts. Loaded after the first paint, and only if a text contains TeX. */
import { build, type FormulaElement } from "./formula.ts";
import { type Piece, readTex } from "./tex.ts";

/** If the worker cannot be started, nothing is rendered; the next text tries again. */
async function typeset(formulas: string[]): Promise<(FormulaElement | null)[]> {
  if (formulas.length === 0) return [];
  try {
    return await (await import("./maths-client.ts")).typeset(formulas);
  } catch {
    return [];
  }
}

function* formulasIn(pieces: readonly Piece[]): Generator<string> {
  for (const piece of pieces) {
    if (piece.kind === "maths") yield piece.text;
    else if (piece.kind !== "text") yield* formulasIn(piece.pieces);
  }
}

/**
 * @param rendered the formulas in their order: each piece takes its own from the front.
 * @param links whether links are active: only in an abstract, which the authors wrote.
 */
function draw(piece: Piece, rendered: (FormulaElement | null)[], links: boolean): Node {
  if (piece.kind === "text") return document.createTextNode(piece.text);
  if (piece.kind !== "maths") {
    const leads = piece.kind === "link" && links && /^https?:\/\//i.test(piece.href);
    const element = document.createElement(leads ? "a" : piece.kind === "link" ? "span" : piece.element);
    if (leads) Object.assign(element, { href: piece.href, rel: "nofollow noopener" });
    element.append(...piece.pieces.map((inner) => draw(inner, rendered, links)));
    return element;
  }
  const formula = rendered.shift();
  // What KaTeX does not know stays as source.
  return formula ? build(formula) : document.createTextNode(piece.source);
}

/** Replaces an element's TeX source by rendered text, unless there is nothing to render or the text has changed. */
export async function renderMaths(element: HTMLElement): Promise<void> {
  const source = element.textContent ?? "";
  const pieces = readTex(source);
  if (pieces.length === 1 && pieces[0]!.kind === "text" && pieces[0]!.text === source) return;
  const rendered = await typeset([...formulasIn(pieces)]);
  if (element.textContent !== source || element.childElementCount > 0) return;
  const links = element.closest(".abstract") !== null;
  element.replaceChildren(...pieces.map((piece) => draw(piece, rendered, links)));
}
