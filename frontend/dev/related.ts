/** Vectors and related papers of a development site, as PaperVectors.cs and RelatedPapers.cs publish them. */
import { readFileSync } from "node:fs";
import type { PaperView, RelatedPaper, RelatedPapers } from "../src/data/types.ts";
import { DIMENSIONS, EmbeddingModel } from "../src/embedding/embedding-model.ts";

const MIN_SIMILARITY = 0.65;
const MIN_DUPLICATE_SIMILARITY = 0.9;

let model: EmbeddingModel | undefined;
const known = new Map<string, Int8Array>();

export function readModel(): EmbeddingModel {
  if (model) return model;
  const bytes = readFileSync(new URL("../../src/Denoised/Embeddings/model.bin", import.meta.url));
  model = EmbeddingModel.read(Uint8Array.from(bytes).buffer);
  return model;
}

export function vectorOf({ title, abstract }: { title: string; abstract: string }): Int8Array {
  const text = `${title}. ${abstract}`;
  let vector = known.get(text);
  if (!vector) {
    vector = readModel().embed(text);
    known.set(text, vector);
  }
  return vector;
}

export function vectorsFile(papers: PaperView[]): Buffer {
  return Buffer.concat(papers.map((paper) => Buffer.from(vectorOf(paper))));
}

/** The related papers of each paper that has any, by identifier. */
export function relatedPapers(papers: PaperView[]): Map<string, RelatedPapers> {
  const held = papers.filter((paper) => !paper.withdrawn);
  const directions = held.map((paper) => {
    const vector = vectorOf(paper);
    const norm = Math.hypot(...vector) || 1;
    return Float32Array.from(vector, (component) => component / norm);
  });
  const near = held.map((): { place: number; similarity: number }[] => []);
  for (let left = 0; left < held.length; left++) {
    for (let right = left + 1; right < held.length; right++) {
      let similarity = 0;
      for (let i = 0; i < DIMENSIONS; i++) similarity += directions[left]![i]! * directions[right]![i]!;
      if (similarity < MIN_SIMILARITY) continue;
      near[left]!.push({ place: right, similarity });
      near[right]!.push({ place: left, similarity });
    }
  }
  const found = new Map<string, RelatedPapers>();
  for (const [place, paper] of held.entries()) {
    if (near[place]!.length === 0) continue;
    const related: RelatedPaper[] = [];
    const duplicates: RelatedPaper[] = [];
    for (const other of near[place]!.sort((a, b) => b.similarity - a.similarity)) {
      const { id, title, day, authors } = held[other.place]!;
      const common = paper.authors.filter((author) => authors.includes(author)).length;
      const isDuplicate =
        other.similarity >= MIN_DUPLICATE_SIMILARITY &&
        common > 0 &&
        2 * common >= Math.min(authors.length, paper.authors.length);
      const list = isDuplicate ? duplicates : related;
      if (list.length < 3)
        list.push({ id, title, day, similarity: Math.round(other.similarity * 100) / 100 });
    }
    found.set(paper.id, { related, duplicates });
  }
  return found;
}
