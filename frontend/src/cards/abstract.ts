/** Marks the extracted sentences in the abstract of a paper without a model's summary. AnnotatedAbstract.cs does the same. */
import type { Summary } from "../data/types.ts";

/** A part of the abstract. All parts joined are the unchanged abstract. */
export interface AbstractPart {
  text: string;
  /** The role of an extracted sentence; null for the others. */
  label: string | null;
}

const LABELS = [
  ["problem", "problem"],
  ["methodology", "method"],
  ["results", "result"],
] as const;

/** The ranges of a section's sentences in the abstract, in runs as long as possible. */
function rangesOf(abstract: string, section: string): [start: number, end: number][] {
  const ranges: [number, number][] = [];
  let left = section;
  while (left) {
    const ends = [...left.matchAll(/ /g)].map((match) => match.index).reverse();
    const length = [left.length, ...ends].find((end) => abstract.includes(left.slice(0, end)))!;
    if (!length) break;
    const start = abstract.indexOf(left.slice(0, length));
    ranges.push([start, start + length]);
    left = left.slice(length).trimStart();
  }
  return ranges;
}

/** Splits the abstract at the sentences that the summary's sections consist of. */
export function abstractParts(abstract: string, summary: Partial<Summary>): AbstractPart[] {
  const marks = LABELS.flatMap(([field, label]) =>
    rangesOf(abstract, summary[field] ?? "").map(([start, end]) => ({ start, end, label })),
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
