/** The abstract of a paper that no model has summarized, with the chosen sentences marked. MarkedAbstract.cs does the same. */
import type { Summary } from "../data/types.ts";

/** A part of the abstract; the parts together are the abstract to the letter. */
export interface AbstractPart {
  text: string;
  /** What the sentence says, where it was chosen. */
  label: string | null;
}

const LABELS = [
  ["problem", "problem"],
  ["methodology", "method"],
  ["results", "result"],
] as const;

/** Where a section's sentences stand in the abstract: as long runs of them as are found. */
function placesOf(abstract: string, section: string): [start: number, end: number][] {
  const places: [number, number][] = [];
  let left = section;
  while (left) {
    const ends = [...left.matchAll(/ /g)].map((match) => match.index).reverse();
    const length = [left.length, ...ends].find((end) => abstract.includes(left.slice(0, end)))!;
    if (!length) break;
    const start = abstract.indexOf(left.slice(0, length));
    places.push([start, start + length]);
    left = left.slice(length).trimStart();
  }
  return places;
}

/** Cuts the abstract at the sentences that the summary's sections were made of. */
export function abstractParts(abstract: string, summary: Partial<Summary>): AbstractPart[] {
  const marks = LABELS.flatMap(([field, label]) =>
    placesOf(abstract, summary[field] ?? "").map(([start, end]) => ({ start, end, label })),
  ).sort((a, b) => a.start - b.start);
  const parts: AbstractPart[] = [];
  let at = 0;
  for (const { start, end, label } of marks) {
    if (start < at) continue;
    if (start > at) parts.push({ text: abstract.slice(at, start), label: null });
    parts.push({ text: abstract.slice(start, end), label });
    at = end;
  }
  if (at < abstract.length) parts.push({ text: abstract.slice(at), label: null });
  return parts;
}
