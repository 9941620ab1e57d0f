/** Reads the TeX that stands in titles and abstracts: maths between dollars, accents, a few commands. */

export type Piece =
  | { kind: "text"; text: string }
  | { kind: "maths"; text: string; source: string }
  | { kind: "styled"; element: "em" | "strong" | "code" | "span"; pieces: Piece[] };

/** Whether a text may hold TeX at all. */
export const mayHoldTex = (text: string): boolean => /[$\\]|``|''|--|[{}]/.test(text);

const ACCENTS: Record<string, string> = {
  "`": "\u0300",
  "'": "\u0301",
  "^": "\u0302",
  "~": "\u0303",
  '"': "\u0308",
  "=": "\u0304",
  ".": "\u0307",
  u: "\u0306",
  v: "\u030c",
  H: "\u030b",
  c: "\u0327",
  k: "\u0328",
  r: "\u030a",
};

const LETTERS: Record<string, string> = {
  ss: "ß",
  o: "ø",
  O: "Ø",
  l: "ł",
  L: "Ł",
  ae: "æ",
  AE: "Æ",
  oe: "œ",
  OE: "Œ",
  aa: "å",
  AA: "Å",
  i: "ı",
  j: "ȷ",
  textendash: "–",
  textemdash: "—",
  ldots: "…",
  dots: "…",
  textasciitilde: "~",
  textbackslash: "\\",
  LaTeX: "LaTeX",
  TeX: "TeX",
  copyright: "©",
  S: "§",
};

const STYLES: Record<string, "em" | "strong" | "code" | "span"> = {
  emph: "em",
  textit: "em",
  textsl: "em",
  textbf: "strong",
  texttt: "code",
  textsc: "span",
  textrm: "span",
  textsf: "span",
  textnormal: "span",
  text: "span",
  mbox: "span",
  underline: "span",
  uline: "span",
};

/** Where the maths that opens at a place ends (the place of its closing mark), or -1. */
function mathsEnd(text: string, from: number, close: string): number {
  for (let at = from; at < text.length; at++) {
    if (text.startsWith(close, at)) {
      // Money is no maths: nothing closes behind a blank ("$5 to $"), and no amount before another ("$5/$10").
      if (close === "$" && /\s/.test(text[at - 1]!)) return -1;
      if (close === "$" && /\d/.test(text[from]!) && /\d/.test(text[at + 1] ?? "")) return -1;
      return at;
    }
    if (text[at] === "\\") at++;
  }
  return -1;
}

/** Where the group that opens at a place ends, or -1. */
function groupEnd(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === "{") depth++;
    else if (text[at] === "}" && --depth === 0) return at;
  }
  return -1;
}

export function readTex(text: string): Piece[] {
  const pieces: Piece[] = [];
  let plain = "";
  const flush = (): void => {
    if (plain) pieces.push({ kind: "text", text: plain });
    plain = "";
  };
  /** Within ``quotes''. */
  let quoted = false;
  let at = 0;
  while (at < text.length) {
    const rest = text.slice(at);

    const open = /^(\$\$|\$(?!\s)|\\\(|\\\[)/.exec(rest)?.[0];
    if (open) {
      const close = { $$: "$$", $: "$", "\\(": "\\)", "\\[": "\\]" }[open]!;
      const end = mathsEnd(text, at + open.length, close);
      if (end > at + open.length) {
        flush();
        pieces.push({
          kind: "maths",
          text: text.slice(at + open.length, end),
          source: text.slice(at, end + close.length),
        });
        at = end + close.length;
        continue;
      }
      plain += open;
      at += open.length;
      continue;
    }

    const escaped = /^\\([&%#_${}])/.exec(rest);
    if (escaped) {
      plain += escaped[1];
      at += 2;
      continue;
    }

    // Thin spaces outside of maths: "30\,ms".
    if (/^\\[,;:](?=\S)/.test(rest)) {
      plain += "\u202f";
      at += 2;
      continue;
    }

    const accent =
      /^\\(?:([`'^~"=.])\s*|([uvHckr])(?=[\s{]))(?:\s*\{\s*(\\?[A-Za-z])\s*\}|\s*(\\?[A-Za-z]))/.exec(rest);
    if (accent) {
      const letter = (accent[3] ?? accent[4])!;
      const base = letter.startsWith("\\") ? letter.slice(1) : letter;
      plain += (base + ACCENTS[(accent[1] ?? accent[2])!]).normalize("NFC");
      at += accent[0].length;
      continue;
    }

    const command = /^\\([A-Za-z]+)\s*/.exec(rest);
    if (command) {
      const name = command[1]!;
      const behind = at + command[0].length;
      const style = STYLES[name];
      if (style && text[behind] === "{") {
        const end = groupEnd(text, behind);
        if (end > 0) {
          flush();
          pieces.push({ kind: "styled", element: style, pieces: readTex(text.slice(behind + 1, end)) });
          at = end + 1;
          continue;
        }
      }
      if (LETTERS[name] !== undefined) {
        plain += LETTERS[name];
        // The blank that ends a command is not text, `{}` behind it neither.
        at = text.startsWith("{}", behind) ? behind + 2 : behind;
        continue;
      }
      plain += command[0];
      at = behind;
      continue;
    }

    // Braces around an accent or a command: {\"o}.
    if (text[at] === "{") {
      const end = groupEnd(text, at);
      const inside = end > 0 ? text.slice(at + 1, end) : "";
      if (end > 0 && inside.startsWith("\\")) {
        flush();
        pieces.push(...readTex(inside));
        at = end + 1;
        continue;
      }
    }

    const typed = /^(---(?!-)|--(?=[\d\s])|``(?=.*'')|'')/.exec(rest)?.[0];
    if (typed && (typed !== "''" || quoted)) {
      plain += { "---": "—", "--": "–", "``": "“", "''": "”" }[typed];
      quoted = typed === "``";
      at += typed.length;
      continue;
    }

    plain += text[at];
    at++;
  }
  flush();
  return join(pieces);
}

/** Neighbouring texts become one. */
function join(pieces: Piece[]): Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (piece.kind === "text" && last?.kind === "text")
      joined[joined.length - 1] = { kind: "text", text: last.text + piece.text };
    else joined.push(piece);
  }
  return joined;
}
