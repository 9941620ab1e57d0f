/** Shows TeX as it is meant. Loaded after the first paint, and only where a text has any. */
import "katex/dist/katex.min.css";
import katex from "katex";
import { type Piece, readTex } from "./tex.ts";

function draw(piece: Piece): Node {
  if (piece.kind === "text") return document.createTextNode(piece.text);
  if (piece.kind === "styled") {
    const element = document.createElement(piece.element);
    element.append(...piece.pieces.map(draw));
    return element;
  }
  const place = document.createElement("span");
  place.className = "maths";
  try {
    katex.render(piece.text, place, {
      displayMode: false,
      throwOnError: true,
      strict: "ignore",
      trust: false,
      maxSize: 5,
      maxExpand: 200,
    });
  } catch {
    // What KaTeX does not know stays as its authors wrote it.
    return document.createTextNode(piece.source);
  }
  return place;
}

/** The two fonts that nearly every formula needs: what is drawn before they are there is laid out once more. */
export const fonts: Promise<unknown> = Promise.allSettled([
  document.fonts.load("1em KaTeX_Main"),
  document.fonts.load("italic 1em KaTeX_Math"),
]);

/** Replaces an element's source text by what it means; its source stays where nothing is gained. */
export function showMaths(element: HTMLElement): void {
  const source = element.textContent ?? "";
  const pieces = readTex(source);
  if (pieces.length === 1 && pieces[0]!.kind === "text" && pieces[0]!.text === source) return;
  element.replaceChildren(...pieces.map(draw));
}
