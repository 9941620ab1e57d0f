import katex from "katex";
import { describe, expect, test } from "vitest";
import { readDays, realData } from "../dev/listings.ts";
import { type Piece, plainText, readTex } from "../src/maths/tex.ts";
import cases from "./tex-cases.json" with { type: "json" };

const flat = (pieces: Piece[]): string =>
  pieces
    .map((piece) =>
      piece.kind === "text"
        ? piece.text
        : piece.kind === "maths"
          ? `<${piece.text}>`
          : `${piece.kind === "link" ? piece.href : piece.element}(${flat(piece.pieces)})`,
    )
    .join("");

test.each(cases as [string, string][])("the plain text of '%s'", (source, plain) =>
  expect(plainText(source)).toBe(plain),
);

test.each([
  ["CO$_2$ and \\(y\\)", "CO<_2> and <y>"],
  ["from $20 a month to $\\approx$ 3", "from $20 a month to <\\approx> 3"],
  ["$\\sim$240 runs of $5/$10", "<\\sim>240 runs of $5/$10"],
  ["\\emph{not} \\textbf{so \\textit{odd}}", "em(not) strong(so em(odd))"],
  ["it is {\\em mixed}, {\\tt\\small code} \\em so", "it is em(mixed), code(span(code)) so"],
  ["S\\textsuperscript{2}", "Ssup(2)"],
  ["\\href{https://a.example/x\\_y}{\\textbf{so}}", "https://a.example/x_y(strong(so))"],
])("the pieces of %s", (source, meant) => expect(flat(readTex(source))).toBe(meant));

test("hostile text takes linear time", () => {
  for (const piece of [
    "{",
    "{\\",
    "\\(",
    "{\\em ",
    "``",
    "$1",
    "$$a",
    "\\cite[",
    "~\\href{",
    "\\begin{equation}",
  ]) {
    const started = process.cpuUsage();
    readTex(piece.repeat(100_000 / piece.length));
    expect(process.cpuUsage(started).user, piece).toBeLessThan(5_000_000);
  }
});

describe.skipIf(realData() === null)("the real listings", () => {
  test("no text loses a letter, and KaTeX parses nearly all maths", () => {
    let maths = 0;
    const unknown: string[] = [];
    for (const { papers } of readDays(realData()!)) {
      for (const paper of papers) {
        for (const text of [paper.title, paper.abstract]) {
          const pieces = readTex(text);
          const letters = (value: string): string => value.normalize("NFKD").replace(/[^\p{L}\p{N}]/gu, "");
          // Only a command's name may disappear.
          const wanted = letters(text.replace(/\\[A-Za-z]+/g, ""));
          const got = letters(
            pieces
              .map((piece) => (piece.kind === "maths" ? piece.source : flat([piece])))
              .join("")
              .replace(/\\[A-Za-z]+/g, "")
              .replace(/\b(em|strong|code|span)\(/g, "("),
          );
          if (!/\\/.test(text)) expect(got).toBe(wanted);
          for (const piece of pieces) {
            if (piece.kind !== "maths") continue;
            maths++;
            try {
              katex.renderToString(piece.text, { throwOnError: true, strict: "ignore" });
            } catch {
              unknown.push(piece.source);
            }
          }
        }
      }
    }
    expect(maths).toBeGreaterThan(500);
    // The rest are macros that the authors define in the paper.
    expect(unknown.length / maths, unknown.slice(0, 10).join(" ")).toBeLessThan(0.02);
  });
});
