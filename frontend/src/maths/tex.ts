/**
 * Parses the TeX in titles and abstracts: maths between dollars, accents and some commands. Of an unknown command the name remains.
 * src/Denoised/Publishing/Tex does the same with the same tex-commands.json; both pass test/tex-cases.json.
 */
import table from "./tex-commands.json" with { type: "json" };

type Style = "em" | "strong" | "code" | "sup" | "sub" | "span";

export type Piece =
  | { kind: "text"; text: string }
  | { kind: "maths"; text: string; source: string }
  | { kind: "styled"; element: Style; pieces: Piece[] }
  | { kind: "link"; href: string; pieces: Piece[] };

/** Deeper groups and longer formulas are treated as text, so that hostile input cannot take more than linear time. */
const MAX_DEPTH = 20;
const MAX_MATHS = 2_000;

const words = (text: string): Set<string> => new Set(text.split(" "));

/** Parses `name value name value …`; ␣ is a space within a value. */
function pairs(text: string): Map<string, string> {
  const items = text.split(" ");
  const found = new Map<string, string>();
  for (let at = 0; at < items.length; at += 2) found.set(items[at]!, items[at + 1]!.replace("␣", " "));
  return found;
}

const stylesOf = (styles: Record<string, string>): Map<string, Style> =>
  new Map(
    Object.entries(styles).flatMap(([style, names]) =>
      names.split(" ").map((name): [string, Style] => [name, style as Style]),
    ),
  );

const ACCENTS = new Map(Object.entries(table.accents));
const LETTERS = pairs(table.letters);
const SYMBOLS = pairs(table.symbols);

/** The ASCII spelling of a letter: `ss` for ß. */
export const LETTER_NAMES = new Map([...LETTERS].map(([name, letter]) => [letter, name]));

const STYLES = stylesOf(table.styles);
const SWITCHES = stylesOf(table.switches);
const LINKS = words(table.links);
const SKIP_FIRST = words(table.skipFirst);
const CITES = words(table.cites);
const NOTES = words(table.notes);
const DROP_WITH_ARGUMENT = words(table.dropWithArgument);
const DROP = words(table.drop);

const CLOSING: Record<string, string> = { $$: "$$", $: "$", "\\(": "\\)", "\\[": "\\]" };

const OPENING = /\$\$|\$(?!\s)|\\\(|\\\[/y;
const EQUATION = /\\begin\{(equation\*?|displaymath|math)\}/y;
const ACCENT =
  /\\(?:([`'^~"=.])\\?([A-Za-z])|([uvHckr])\s+\\?([A-Za-z])|([`'^~"=.uvHckr])\s*\{\s*\\?([A-Za-z])\s*\})/y;
const MANGLED = /\\([A-Za-z])\{([a-z]+)\}/y;
const COMMAND = /\\([A-Za-z]+)\*?/y;
const OPTION = /\s*\[[^[\]]*\]/y;
const TYPED = /---(?!-)|--(?=[\d\s])|``|''/y;

class Reader {
  private readonly pieces: Piece[] = [];
  private plain = "";
  /** Whether the position is within ``quotes''. */
  private quoted = false;

  /**
   * @param ends by the position of a group's opening brace, that of its closing brace.
   * @param lastQuote the position of the last ''.
   */
  constructor(
    private readonly text: string,
    private at: number,
    private readonly end: number,
    private readonly depth: number,
    private readonly ends: Map<number, number>,
    private readonly lastQuote: number,
  ) {}

  read(): Piece[] {
    while (this.at < this.end) {
      if (this.maths() || this.command() || this.group()) continue;
      const sign = this.text[this.at]!;
      const typed = this.match(TYPED)?.[0];
      if (sign === "~" && this.isTie()) {
        if (!/\s/.test(this.text[this.at + 1] ?? " ")) this.blank();
        this.at++;
      } else if (typed && (typed === "``" ? this.lastQuote > this.at : typed !== "''" || this.quoted)) {
        this.plain += { "---": "—", "--": "–", "``": "“", "''": "”" }[typed];
        this.quoted = typed === "``";
        this.at += typed.length;
      } else {
        this.plain += sign;
        this.at++;
      }
    }
    this.flush();
    return join(this.pieces);
  }

  private match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    return match && this.at + match[0].length <= this.end ? match : null;
  }

  private flush(): void {
    if (this.plain) this.pieces.push({ kind: "text", text: this.plain });
    this.plain = "";
  }

  private push(...pieces: Piece[]): void {
    this.flush();
    this.pieces.push(...pieces);
  }

  /** Adds a space, unless the text begins here or ends with one. */
  private blank(): void {
    if (this.plain ? !/\s/.test(this.plain.at(-1)!) : this.pieces.length > 0) this.plain += " ";
  }

  private skipBlanks(): void {
    while (this.at < this.end && /\s/.test(this.text[this.at]!)) this.at++;
  }

  /** Replaces a command by at most one space. */
  private drop(): void {
    this.skipBlanks();
    this.blank();
  }

  private inside(from: number, end: number): Piece[] {
    return new Reader(this.text, from, end, this.depth + 1, this.ends, this.lastQuote).read();
  }

  /** The inner range of the group that follows, after optional spaces; null if there is none. */
  private argument(): [number, number] | null {
    let open = this.at;
    while (open < this.end && /\s/.test(this.text[open]!)) open++;
    const close = this.depth < MAX_DEPTH && this.text[open] === "{" ? this.ends.get(open) : undefined;
    return close !== undefined && close < this.end ? [open + 1, close] : null;
  }

  private maths(): boolean {
    const equation = this.match(EQUATION);
    const open = equation?.[0] ?? this.match(OPENING)?.[0];
    if (!open) return false;
    const close = equation ? `\\end{${equation[1]}}` : CLOSING[open]!;
    const from = this.at + open.length;
    const end = this.mathsEnd(from, close);
    if (end > from) {
      const text = this.text.slice(from, end);
      this.push({ kind: "maths", text, source: this.text.slice(this.at, end + close.length) });
      this.at = end + close.length;
    } else if (open.startsWith("$")) {
      this.plain += open;
      this.at = from;
    } else return false;
    return true;
  }

  /** The position of the closing delimiter of maths that begins at `from`, or -1. */
  private mathsEnd(from: number, close: string): number {
    const last = Math.min(this.end, from + MAX_MATHS) - close.length;
    for (let at = from; at <= last; at++) {
      if (this.text.startsWith(close, at)) {
        // Amounts of money are not maths: no formula ends after a space ("$5 to $") or before another amount ("$5/$10").
        if (close === "$" && /\s/.test(this.text[at - 1]!)) return -1;
        if (close === "$" && /\d/.test(this.text[from]!) && /\d/.test(this.text[at + 1] ?? "")) return -1;
        return at;
      }
      if (this.text[at] === "\\") at++;
    }
    return -1;
  }

  private command(): boolean {
    if (this.text[this.at] !== "\\") return false;
    const accent = this.match(ACCENT);
    if (accent) {
      const [, sign, letter] = accent.filter((part) => part !== undefined);
      this.plain += (letter! + ACCENTS.get(sign!)!).normalize("NFC");
      this.at += accent[0].length;
      return true;
    }

    // arXiv turns \rho into an accent: "\r{ho}".
    const mangled = this.match(MANGLED);
    const symbol = mangled && SYMBOLS.get(mangled[1]! + mangled[2]!);
    if (symbol) {
      this.plain += symbol;
      this.at += mangled[0].length;
      return true;
    }

    const command = this.match(COMMAND);
    if (command) {
      this.at += command[0].length;
      this.named(command[1]!, command[0]);
    } else this.sign();
    return true;
  }

  /** A backslash that no letter follows. */
  private sign(): void {
    const sign = this.text[this.at + 1] ?? "";
    this.at += 2;
    if (/[,;:]/.test(sign)) this.plain += /\S/.test(this.text[this.at] ?? " ") ? "\u202f" : "";
    else if (sign === "\\" || /\s/.test(sign)) this.drop();
    else if (!/[!@/]/.test(sign)) this.plain += sign;
  }

  private named(name: string, source: string): void {
    const style = STYLES.get(name);
    const letter = LETTERS.get(name);
    const symbol = SYMBOLS.get(name);
    const turned = SWITCHES.get(name);
    if (letter !== undefined) {
      // The space that ends a command is not part of the text.
      this.skipBlanks();
      this.plain += letter;
    } else if (symbol !== undefined) {
      // The source may contain the abbreviation's full stop again.
      this.plain += symbol.endsWith(".") && this.text[this.at] === "." ? symbol.slice(0, -1) : symbol;
    } else if (turned) {
      this.skipBlanks();
      if (this.depth > 0) {
        this.push({ kind: "styled", element: turned, pieces: this.inside(this.at, this.end) });
        this.at = this.end;
      }
    } else if (DROP.has(name)) this.drop();
    else if (name === "item") {
      this.blank();
      this.plain += "•";
    } else if (!this.withArgument(name, style)) this.plain += source.slice(1);
    if (this.text.startsWith("{}", this.at) && this.at + 2 <= this.end) this.at += 2;
  }

  /** A command that takes an argument in braces. */
  private withArgument(name: string, style: Style | undefined): boolean {
    const isLink = LINKS.has(name);
    const known =
      style ||
      isLink ||
      name === "url" ||
      name === "hyperref" ||
      [SKIP_FIRST, CITES, NOTES, DROP_WITH_ARGUMENT].some((set) => set.has(name));
    if (!known) return false;
    const start = this.at;
    for (
      let option = this.match(OPTION);
      option && (CITES.has(name) || name === "hyperref");
      option = this.match(OPTION)
    )
      this.at += option[0].length;
    const first = this.argument();
    if (!first) {
      this.at = start;
      return false;
    }
    this.at = first[1] + 1;
    const source = this.text.slice(...first).replace(/\\(?=[#%&_~])/g, "");
    if (style) this.push({ kind: "styled", element: style, pieces: this.inside(...first) });
    else if (name === "url")
      this.push({ kind: "link", href: source, pieces: [{ kind: "text", text: source }] });
    else if (name === "hyperref") this.push(...this.inside(...first));
    else if (DROP_WITH_ARGUMENT.has(name)) this.drop();
    else if (CITES.has(name)) this.plain += `[${source.split(/\s*,\s*/).join(", ")}]`;
    else if (NOTES.has(name)) {
      this.plain = this.plain.trimEnd();
      this.push({ kind: "text", text: " (" }, ...this.inside(...first), { kind: "text", text: ")" });
    } else {
      const second = this.argument();
      if (!second) this.push(...this.inside(...first));
      else {
        const pieces = this.inside(...second);
        this.push(...(isLink ? [{ kind: "link" as const, href: source, pieces }] : pieces));
        this.at = second[1] + 1;
      }
    }
    return true;
  }

  /** Braces around a command ({\"o}, {\em so}), around a comma between digits (10{,}000), or around nothing. */
  private group(): boolean {
    const close = this.depth < MAX_DEPTH ? this.ends.get(this.at) : undefined;
    if (close === undefined || close >= this.end) return false;
    const source = this.text.slice(this.at + 1, this.at + 3);
    if (source[0] === "\\") this.push(...this.inside(this.at + 1, close));
    else if (close === this.at + 2 && source[0] === ",") this.plain += ",";
    else if (close !== this.at + 1) return false;
    this.at = close + 1;
    return true;
  }

  /** Whether ~ is a tie ("Figure~1"), not "about" ("~20 %", "5~10") and not part of an address ("/~ada"). */
  private isTie(): boolean {
    const before = this.text[this.at - 1] ?? " ";
    const after = this.text[this.at + 1] ?? " ";
    return /\d/.test(before)
      ? /[\p{L}\\$(]/u.test(after)
      : /[\p{L}.,;:)\]}$'"”]/u.test(before) && /[\p{L}\p{N}\\$([{\s]/u.test(after);
  }
}

/** By the position of each opening brace, that of its closing brace. */
function groupEnds(text: string): Map<number, number> {
  const ends = new Map<number, number>();
  const open: number[] = [];
  for (let at = 0; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === "{") open.push(at);
    else if (text[at] === "}" && open.length) ends.set(open.pop()!, at);
  }
  return ends;
}

export const readTex = (text: string): Piece[] =>
  new Reader(text, 0, text.length, 0, groupEnds(text), text.lastIndexOf("''")).read();

interface FlatPiece {
  /** Plain text, or a formula with its delimiters. */
  text: string;
  isMaths: boolean;
}

const flatten = (piece: Piece): FlatPiece[] =>
  piece.kind === "text"
    ? [{ text: piece.text, isMaths: false }]
    : piece.kind === "maths"
      ? [{ text: piece.source, isMaths: true }]
      : piece.pieces.flatMap(flatten);

/** The formulas of a text and the plain text between them. */
export const readFlat = (text: string): FlatPiece[] => readTex(text).flatMap(flatten);

/** A text without TeX commands; formulas keep their source. */
export const plainText = (text: string): string =>
  readFlat(text)
    .map((piece) => piece.text)
    .join("");

/** Joins adjacent texts. */
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
