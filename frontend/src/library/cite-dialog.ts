/** Turns papers into what a citation needs, and offers the file. */

import type { PaperView } from "../data/types.ts";
import { download } from "../shell/shell.ts";
import type { CitationFormat, Cited } from "./citation-formats.ts";
import type { Starred } from "./library.ts";

export const citedPaper = (paper: PaperView): Cited => ({
  id: paper.id,
  version: paper.version,
  title: paper.title,
  authors: paper.authors,
  primaryCategory: paper.primaryCategory,
  date: paper.published ?? paper.day,
  doi: paper.doi,
  journalReference: paper.journalReference,
  abstract: paper.abstract,
});

export const citedStarred = ({ card, ...starred }: Starred): Cited => ({
  id: card.id,
  version: card.version,
  title: card.title,
  authors: starred.authors ?? card.authors,
  primaryCategory: card.categories[0]!,
  date: starred.published ?? starred.day,
  doi: starred.doi,
  journalReference: starred.journalReference,
});

export async function offerCitations(papers: Cited[], format: CitationFormat, name: string): Promise<void> {
  const { CITATIONS } = await import("./citation-formats.ts");
  const { extension, type, write } = CITATIONS[format];
  download(`${name}.${extension}`, type, write(papers));
}
