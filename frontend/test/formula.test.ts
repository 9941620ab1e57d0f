// @vitest-environment happy-dom
import katex from "katex";
import { afterEach, describe, expect, test, vi } from "vitest";
import { readDays, realData } from "../dev/listings.ts";
import { build, recorder } from "../src/maths/formula.ts";
import { type Piece, readTex } from "../src/maths/tex.ts";
import { typeset } from "../src/maths/typeset.ts";

// KaTeX refuses quirks mode, and checks once, when it is loaded.
vi.hoisted(() => Object.defineProperty(document, "compatMode", { value: "CSS1Compat" }));

/** A node as comparable text: without empty attributes, attributes sorted. */
const told = (node: Node): unknown =>
  node instanceof Element
    ? {
        name: node.nodeName,
        space: node.namespaceURI,
        attributes: [...node.attributes]
          .filter(({ value }) => value !== "")
          .map(({ name, value }) => `${name}=${value}`)
          .sort(),
        children: [...node.childNodes].map(told),
      }
    : node.textContent;

/** The formula as KaTeX renders it into a document; null if it cannot. */
function drawnAtOnce(tex: string): Element | null {
  const place = document.createElement("span");
  place.setAttribute("class", "maths");
  try {
    katex.render(tex, place, { throwOnError: true, strict: "ignore", maxSize: 5, maxExpand: 200 });
  } catch {
    return null;
  }
  return place;
}

/** The formula as a worker renders it, transferred and built. */
function drawnByWay(tex: string): Element | null {
  vi.stubGlobal("document", recorder);
  const rendered = structuredClone(typeset(tex));
  vi.unstubAllGlobals();
  return rendered && (build(rendered) as Element);
}

afterEach(() => {
  vi.unstubAllGlobals();
});

test.each([
  "x_i^2 + \\frac{a}{b}",
  "\\sqrt{x}",
  "\\overrightarrow{AB}",
  "\\mathcal{O}(n \\log n)",
  "\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}",
  "\\underbrace{a+b}_{n}",
  "\\cancel{x}",
  "\\text{if } x < y",
  "\\color{red} x",
  "",
])("%s is rendered in a worker as on a page", (tex) => {
  const wanted = drawnAtOnce(tex)!;
  expect(wanted.querySelector(".katex-html")).not.toBeNull();
  expect(told(drawnByWay(tex)!)).toEqual(told(wanted));
});

test("a formula that KaTeX cannot parse is null", () => {
  expect(drawnByWay("\\nosuchcommand{x}")).toBeNull();
  expect(drawnByWay("\\frac{")).toBeNull();
});

test("markup in a formula stays text", () => {
  const rendered = drawnByWay("\\text{<img src=x onerror=alert(1)>}")!;
  expect(rendered.querySelector(".katex-html")!.textContent).toContain("<img");
  expect(rendered.querySelector("img")).toBeNull();
  expect(drawnByWay("\\href{javascript:alert(1)}{x}")!.querySelector("[href]")).toBeNull();
});

describe.skipIf(realData() === null)("the real listings", () => {
  test("each formula is rendered in a worker as on a page", () => {
    const formulas = new Set<string>();
    const collect = (pieces: Piece[]): void => {
      for (const piece of pieces) {
        if (piece.kind === "maths") formulas.add(piece.text);
        else if (piece.kind === "styled") collect(piece.pieces);
      }
    };
    for (const { papers } of readDays(realData()!))
      for (const { title, abstract } of papers) for (const text of [title, abstract]) collect(readTex(text));
    expect(formulas.size).toBeGreaterThan(300);
    for (const tex of formulas) {
      const wanted = drawnAtOnce(tex);
      const rendered = drawnByWay(tex);
      expect(rendered && told(rendered), tex).toEqual(wanted && told(wanted));
    }
  });
});
