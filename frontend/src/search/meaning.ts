/** Ranks papers by the similarity of embeddings. */
import { DIMENSIONS, type EmbeddingModel, normalized } from "../embedding/embedding-model.ts";

/** Papers beyond these have little in common with a query. */
const MAX_RANKED = 100;

export class Meaning {
  private readonly norms: Float64Array;

  /** @param vectors the vectors file: one vector after the other, in the order of the search file. */
  constructor(
    private readonly model: EmbeddingModel,
    private readonly vectors: Int8Array,
    paperCount: number,
  ) {
    if (vectors.length !== paperCount * DIMENSIONS)
      throw new Error("The vectors are not those of the papers.");
    this.norms = Float64Array.from({ length: paperCount }, (_, place) => {
      const vector = this.vectorAt(place);
      return Math.sqrt(this.dot(vector, place));
    });
  }

  /**
   * Ranks papers by their similarity to a text.
   * @param examples papers that answer the query: half of the wanted meaning, if there are any.
   */
  rank(text: string, examples: readonly number[], isWanted: (place: number) => boolean): number[] {
    let wanted = this.model.embed(text);
    if (examples.length > 0) {
      const sum = Int32Array.from(wanted, (component) => component * examples.length);
      for (const place of examples)
        for (const [i, component] of this.vectorAt(place).entries()) sum[i]! += component;
      wanted = normalized(sum);
    }
    const found: { place: number; similarity: number }[] = [];
    if (wanted.every((component) => component === 0)) return [];
    for (const [place, norm] of this.norms.entries())
      if (isWanted(place)) found.push({ place, similarity: norm === 0 ? 0 : this.dot(wanted, place) / norm });
    found.sort((a, b) => b.similarity - a.similarity);
    return found.slice(0, MAX_RANKED).map(({ place }) => place);
  }

  private vectorAt(place: number): Int8Array {
    return this.vectors.subarray(place * DIMENSIONS, (place + 1) * DIMENSIONS);
  }

  private dot(vector: Int8Array, place: number): number {
    const start = place * DIMENSIONS;
    let sum = 0;
    for (let i = 0; i < DIMENSIONS; i++) sum += vector[i]! * this.vectors[start + i]!;
    return sum;
  }
}
