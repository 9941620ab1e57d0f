/** Collects the fields that a citation needs, and downloads the file. */

import type { PaperView } from "../data/types.ts";
import { download } from "../shell/shell.ts";
import type { CitationFormat, CitationSource } from "./citation-formats.ts";
import type { SavedPaper } from "./library.ts";

export const citationOf = (paper: PaperView): CitationSource => ({
  id: paper.id,
  version: paper.version,
  title: paper.title,
  authors: paper.authors,
  primaryCategory: paper.primaryCategory,
  date: paper.published ?? paper.day,
  doi: paper.dois?.[0] ?? paper.doi,
  journalReference: paper.journalReference,
  abstract: paper.abstract,
});

export const citationOfSaved = ({ card, ...saved }: SavedPaper): CitationSource => ({
  id: card.id,
  version: card.version,
  title: card.title,
  authors: saved.authors ?? card.authors,
  primaryCategory: card.categories[0]!,
  date: saved.published ?? saved.day,
  doi: saved.doi,
  journalReference: saved.journalReference,
});

export async function downloadCitations(
  papers: CitationSource[],
  format: CitationFormat,
  name: string,
): Promise<void> {
  const { CITATIONS } = await import("./citation-formats.ts");
  const { extension, type, write } = CITATIONS[format];
  download(`${name}.${extension}`, type, write(papers));
}
