import katex from "katex";
import { describe, expect, test } from "vitest";
import { readDays, realData } from "../dev/listings.ts";
import { type Piece, readTex } from "../src/tex.ts";

const flat = (pieces: Piece[]): string =>
  pieces
    .map((piece) =>
      piece.kind === "text"
        ? piece.text
        : piece.kind === "maths"
          ? `<${piece.text}>`
          : `${piece.element}(${flat(piece.pieces)})`,
    )
    .join("");

test.each([
  ["no TeX at all", "no TeX at all"],
  ["CO$_2$ and $\\alpha$-stable", "CO<_2> and <\\alpha>-stable"],
  ["it costs $5 to $10", "it costs $5 to $10"],
  ["from $20 a month to $\\approx$ 3", "from $20 a month to <\\approx> 3"],
  ["a lone $ sign", "a lone $ sign"],
  ["$\\sim$240 runs of $5/$10", "<\\sim>240 runs of $5/$10"],
  ["$$x$$ \\(y\\) \\[z\\]", "<x> <y> <z>"],
  ["$a\\$b$", "<a\\$b>"],
  ["\\emph{not} \\textbf{so \\textit{odd}}", "em(not) strong(so em(odd))"],
  ['G\\"odel, G{\\"o}del, Erd\\H{o}s, Fran\\c{c}ois, na\\"{\\i}ve', "Gödel, Gödel, Erdős, François, naïve"],
  ["Stra\\ss e, {\\L}ukasz, \\o{}re", "Straße, Łukasz, øre"],
  ["95\\% of R\\&D in file\\_name \\#1", "95% of R&D in file_name #1"],
  ["in $30$\\,ms, F1\\,=\\,0.6 \\, a\\", "in <30>\u202fms, F1\u202f=\u202f0.6 \\, a\\"],
  ["``quoted'' and f''(x) -- so --flag 3--5", "“quoted” and f''(x) – so --flag 3–5"],
  ["\\unknown{x} \\ and a\\b", "\\unknown{x} \\ and a\\b"],
  ["<script>alert(1)</script> {0,1} {BERT}", "<script>alert(1)</script> {0,1} {BERT}"],
  ["\\emph{never closed", "\\emph{never closed"],
])("%s", (source, meant) => expect(flat(readTex(source))).toBe(meant));

describe.skipIf(realData() === null)("the real listings", () => {
  test("no text loses a letter, and KaTeX knows nearly all maths", () => {
    let maths = 0;
    const unknown: string[] = [];
    for (const { papers } of readDays(realData()!)) {
      for (const paper of papers) {
        for (const text of [paper.title, paper.abstract]) {
          const pieces = readTex(text);
          const letters = (value: string): string => value.normalize("NFKD").replace(/[^\p{L}\p{N}]/gu, "");
          // A command's own name is all that may go.
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
    // What remains are macros that the authors defined in the paper.
    expect(unknown.length / maths, unknown.slice(0, 10).join(" ")).toBeLessThan(0.02);
  });
});
