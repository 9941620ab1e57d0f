/** Writes papers as BibTeX, RIS and CSL-JSON. The API writes the same (src/Denoised/Publishing/Citations); both pass test/cite-cases.json. */

import { LETTER_NAMES, plainText, readFlat } from "../maths/tex.ts";

export interface CitationSource {
  id: string;
  version: number;
  title: string;
  authors: string[];
  primaryCategory: string;
  /** `yyyy-MM-dd…`: the submission of version 1 if known, else the listing day. */
  date: string;
  doi?: string | undefined;
  journalReference?: string | undefined;
  abstract?: string | undefined;
}

export type CitationFormat = "bibtex" | "ris" | "csl-json";

export const CITATIONS: Record<
  CitationFormat,
  { name: string; extension: string; type: string; write: (papers: CitationSource[]) => string }
> = {
  bibtex: { name: "BibTeX", extension: "bib", type: "application/x-bibtex", write: bibtex },
  ris: { name: "RIS", extension: "ris", type: "application/x-research-info-systems", write: ris },
  "csl-json": {
    name: "CSL-JSON",
    extension: "json",
    type: "application/vnd.citationstyles.csl+json",
    write: cslJson,
  },
};

/** The article's own DOI, else the one that arXiv registers for each paper (https://info.arxiv.org/help/doi.html). */
const doiOf = (paper: CitationSource): string => paper.doi ?? `10.48550/arXiv.${paper.id}`;
const addressOf = (paper: CitationSource): string => `https://arxiv.org/abs/${paper.id}`;

/** Particles that letter case does not reveal: "De Silva", "joost van de weijer". */
const PARTICLES = new Set("al da dal dalla de del della den der des di dos el la las los van von".split(" "));
const SUFFIX = /^(jr|sr|ii|iii|iv)\.?$/i;

interface Name {
  /** Lower-case words before the family name, which sorting may ignore. */
  "non-dropping-particle"?: string;
  family?: string;
  given?: string;
  suffix?: string;
  /** A collaboration, or a name of one word. */
  literal?: string;
}

const isLower = (word: string): boolean => /^['’`‘]*\p{Ll}/u.test(word);

/** Splits a name as arXiv writes it, given names first. */
export function splitName(name: string): Name {
  const words = plainText(name).replace(/,/g, " ").split(/\s+/).filter(Boolean);
  // A remainder of "A, B, and C" after the list was split at its commas.
  if (words.length > 1 && words[0] === "and") words.shift();
  if (
    words.length < 2 ||
    /\b(collaboration|consortium|team|group|project|community|initiative)\b/i.test(name) ||
    words.slice(0, -1).some((word) => word.toLowerCase() === "and")
  ) {
    return { literal: words.join(" ") };
  }
  const suffix = SUFFIX.test(words.at(-1)!) && words.length > 2 ? words.pop() : undefined;
  const last = words.length - 1;
  const isParticle = (word: string): boolean =>
    PARTICLES.has(word.toLowerCase()) || (isLower(word) && !isLower(words[last]!));
  let start = last;
  while (start > 1 && isParticle(words[start - 1]!)) start--;
  // "Ortega y Gasset" is one family name.
  if (start > 1 && start < last && /^[yei]$/.test(words[start]!)) start--;
  let family = start;
  while (family < last && isLower(words[family]!)) family++;
  return {
    ...(family > start ? { "non-dropping-particle": words.slice(start, family).join(" ") } : {}),
    family: words.slice(family).join(" "),
    given: words.slice(0, start).join(" "),
    ...(suffix ? { suffix } : {}),
  };
}

const fullFamily = (name: Name): string =>
  [name["non-dropping-particle"], name.family].filter(Boolean).join(" ");

/** Authors with letters in their name: some entries of collaborations are a lone ":". */
const named = (paper: CitationSource): string[] => paper.authors.filter((author) => /\p{L}/u.test(author));

/** Text for BibTeX; everything that LaTeX would not compile is escaped. */
export const texText = (text: string): string =>
  readFlat(text)
    .map((piece) => (piece.isMaths ? formula(piece.text) : escaped(piece.text)))
    .join("");

function formula(source: string): string {
  if (!isBalanced(source)) return escaped(source);
  const special = source.includes("\\begin") ? /(\\[\s\S])|[%#]/g : /(\\[\s\S])|[%#&]/g;
  return source
    .replace(special, (sign, kept) => kept ?? `\\${sign}`)
    .replace(/^(?:\$\$|\\[([])([\s\S]*)(?:\$\$|\\[)\]])$/, "$$$1$$");
}

const escaped = (text: string): string =>
  text.replace(/\{[\p{L}\p{N}+-]+\}|[\\{}&%#_$^~\u00a0\u202f]/gu, (sign) =>
    sign.length > 1
      ? sign
      : ({ "\\": "\\textbackslash{}", "^": "\\^{}", "~": "\\~{}", "\u00a0": "~", "\u202f": "\\," }[sign] ??
        `\\${sign}`),
  );

function isBalanced(tex: string): boolean {
  let depth = 0;
  for (const brace of tex.replace(/\\[\s\S]/g, "").match(/[{}]/g) ?? []) {
    depth += brace === "{" ? 1 : -1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

/** Makes a repeated citation key unique: nothing, then b to z, then 27 and so on. */
const keySuffix = (count: number): string =>
  count === 0 ? "" : count < 26 ? String.fromCharCode(97 + count) : String(count + 1);

function bibtex(papers: CitationSource[]): string {
  const taken = new Map<string, number>();
  return papers
    .map((paper) => {
      const authors = named(paper);
      const first = splitName(authors[0] ?? "anonymous");
      const word = plainWord(
        plainText(paper.title)
          .split(/\s+/)
          .find((candidate) => plainWord(candidate).length > 3) ?? "paper",
      );
      const base = `${plainWord((first.family ?? first.literal!).split(" ").at(-1)!) || "anonymous"}${paper.date.slice(0, 4)}${word}`;
      const count = taken.get(base) ?? 0;
      taken.set(base, count + 1);
      const fields: [string, string | undefined][] = [
        ["title", `{${texText(paper.title)}}`],
        ["author", authors.map((name) => bibtexName(splitName(name))).join(" and ")],
        ["year", paper.date.slice(0, 4)],
        ["eprint", paper.id],
        ["archiveprefix", "arXiv"],
        ["primaryclass", paper.primaryCategory],
        ["doi", doiOf(paper)],
        ["url", addressOf(paper)],
        ["note", paper.journalReference ? texText(paper.journalReference) : undefined],
      ];
      const lines = fields.filter(([, value]) => value).map(([name, value]) => `  ${name} = {${value}}`);
      return `@misc{${base}${keySuffix(count)},\n${lines.join(",\n")}\n}\n`;
    })
    .join("\n");
}

function bibtexName(name: Name): string {
  if (name.literal !== undefined) return `{${texText(name.literal)}}`;
  const { "non-dropping-particle": particles, family = "", given = "", suffix } = name;
  // BibTeX would read the words up to a lower-case one as particles.
  const words = family.split(" ");
  const whole = words.length > 1 && words.some(isLower) ? `{${texText(family)}}` : texText(family);
  return [particles ? `${texText(particles)} ${whole}` : whole, suffix, texText(given)]
    .filter((part) => part !== undefined)
    .join(", ");
}

const plainWord = (text: string): string =>
  text
    .normalize("NFKD")
    .replace(/[^\0-\x7f]/g, (letter) => LETTER_NAMES.get(letter) ?? "")
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "");

const oneLine = (text: string): string => plainText(text).replace(/\s+/g, " ").trim();

function ris(papers: CitationSource[]): string {
  return papers
    .map((paper) => {
      const fields: [string, string | undefined][] = [
        ["TY", "UNPB"],
        ["TI", oneLine(paper.title)],
        ...named(paper).map((name): [string, string] => {
          const split = splitName(name);
          return [
            "AU",
            split.literal ?? [fullFamily(split), split.given, split.suffix].filter(Boolean).join(", "),
          ];
        }),
        ["PY", paper.date.slice(0, 4)],
        ["DA", paper.date.slice(0, 10).replaceAll("-", "/")],
        ["PB", "arXiv"],
        ["M1", `arXiv:${paper.id}`],
        ["DO", doiOf(paper)],
        ["UR", addressOf(paper)],
        ["AB", paper.abstract ? oneLine(paper.abstract) : undefined],
        ["N1", paper.journalReference ? oneLine(paper.journalReference) : undefined],
        ["ER", ""],
      ];
      return fields
        .filter(([, value]) => value !== undefined)
        .map(([tag, value]) => `${tag}  - ${value}\r\n`)
        .join("");
    })
    .join("\r\n");
}

function cslJson(papers: CitationSource[]): string {
  const items = papers.map((paper) => ({
    id: `arxiv:${paper.id}`,
    type: "article",
    title: oneLine(paper.title),
    author: named(paper).map(splitName),
    issued: { "date-parts": [paper.date.slice(0, 10).split("-").map(Number)] },
    publisher: "arXiv",
    number: `arXiv:${paper.id}`,
    version: `v${paper.version}`,
    DOI: doiOf(paper),
    URL: addressOf(paper),
    ...(paper.abstract ? { abstract: plainText(paper.abstract) } : {}),
    ...(paper.journalReference ? { note: oneLine(paper.journalReference) } : {}),
  }));
  return `${JSON.stringify(items, null, 2)}\n`;
}
