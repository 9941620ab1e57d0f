/** Papers as BibTeX, RIS and CSL-JSON. */
export interface Cited {
  id: string;
  version: number;
  title: string;
  authors: string[];
  primaryCategory: string;
  /** `yyyy-MM-dd…`: when version 1 was submitted, else the listing day. */
  date: string;
  doi?: string | undefined;
  journalReference?: string | undefined;
  abstract?: string | undefined;
}

export type CitationFormat = "bibtex" | "ris" | "csl-json";

export const CITATIONS: Record<
  CitationFormat,
  { name: string; extension: string; type: string; write: (papers: Cited[]) => string }
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

/** The DOI that arXiv registers for each paper (https://info.arxiv.org/help/doi.html), unless the article has one of its own. */
const doiOf = (paper: Cited): string => paper.doi ?? `10.48550/arXiv.${paper.id}`;
const addressOf = (paper: Cited): string => `https://arxiv.org/abs/${paper.id}`;

const PARTICLES = new Set("da de del della den der di dos du el la le ten ter van von zu zur".split(" "));
const SUFFIX = /^(jr|sr|ii|iii|iv)\.?$/i;

interface Name {
  family?: string;
  given?: string;
  suffix?: string;
  /** A collaboration, or a name of one word. */
  literal?: string;
}

/** A name as arXiv writes it, given names first. */
export function splitName(name: string): Name {
  const words = name.replace(/,/g, " ").split(/\s+/).filter(Boolean);
  if (
    words.length < 2 ||
    /\b(collaboration|consortium|team|group|project|community|initiative)\b/i.test(name)
  ) {
    return { literal: words.join(" ") };
  }
  const suffix = SUFFIX.test(words.at(-1)!) && words.length > 2 ? words.pop() : undefined;
  let start = words.length - 1;
  while (start > 1 && PARTICLES.has(words[start - 1]!)) start--;
  return {
    family: words.slice(start).join(" "),
    given: words.slice(0, start).join(" "),
    ...(suffix ? { suffix } : {}),
  };
}

/** Authors that are names: a lone ":" stands behind some collaborations. */
const named = (paper: Cited): string[] => paper.authors.filter((author) => /\p{L}/u.test(author));

/** Text for BibTeX. It is TeX already where arXiv's authors wrote TeX; what would not compile is escaped. */
export function texText(text: string): string {
  const source = isBalanced(text)
    ? text
    : text.replace(/(\\[\s\S])|[{}]/g, (brace, kept) => kept ?? `\\${brace}`);
  return source
    .split(/(\$[^$]+\$)/)
    .map((piece, place) =>
      place % 2 === 1
        ? piece
        : piece.replace(
            /(\\[\s\S])|[&%#_$^~]|\\$/g,
            (special, kept) =>
              kept ??
              (special === "\\"
                ? "\\textbackslash{}"
                : /[\^~]/.test(special)
                  ? `\\${special}{}`
                  : `\\${special}`),
          ),
    )
    .join("");
}

function isBalanced(tex: string): boolean {
  let depth = 0;
  for (const brace of tex.replace(/\\[\s\S]/g, "").match(/[{}]/g) ?? []) {
    depth += brace === "{" ? 1 : -1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

/** What makes a key that is taken another one: nothing, then b to z, then 27 and so on. */
const keySuffix = (count: number): string =>
  count === 0 ? "" : count < 26 ? String.fromCharCode(97 + count) : String(count + 1);

function bibtex(papers: Cited[]): string {
  const taken = new Map<string, number>();
  return papers
    .map((paper) => {
      const authors = named(paper);
      const first = splitName(authors[0] ?? "anonymous");
      const word = plainWord(
        paper.title.split(/\s+/).find((candidate) => plainWord(candidate).length > 3) ?? "paper",
      );
      const base = `${plainWord((first.family ?? first.literal!).split(" ").at(-1)!) || "anonymous"}${paper.date.slice(0, 4)}${word}`;
      const count = taken.get(base) ?? 0;
      taken.set(base, count + 1);
      const fields: [string, string | undefined][] = [
        ["title", `{${texText(paper.title)}}`],
        [
          "author",
          authors
            .map((name) =>
              "literal" in splitName(name) ? `{${texText(name)}}` : bibtexName(splitName(name)),
            )
            .join(" and "),
        ],
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

const bibtexName = (name: Name): string =>
  texText(name.suffix ? `${name.family}, ${name.suffix}, ${name.given}` : `${name.family}, ${name.given}`);

const plainWord = (text: string): string =>
  text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "");

const oneLine = (text: string): string => text.replace(/\s+/g, " ").trim();

function ris(papers: Cited[]): string {
  return papers
    .map((paper) => {
      const fields: [string, string | undefined][] = [
        ["TY", "UNPB"],
        ["TI", oneLine(paper.title)],
        ...named(paper).map((name): [string, string] => {
          const { literal, family, given, suffix } = splitName(name);
          return ["AU", literal ?? [family, given, suffix].filter(Boolean).join(", ")];
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

function cslJson(papers: Cited[]): string {
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
    ...(paper.abstract ? { abstract: paper.abstract } : {}),
    ...(paper.journalReference ? { note: oneLine(paper.journalReference) } : {}),
  }));
  return `${JSON.stringify(items, null, 2)}\n`;
}
