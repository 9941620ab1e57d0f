/** Ranks papers by the similarity of embeddings. */
import { DIMENSIONS, type EmbeddingModel, normalized } from "../embedding/embedding-model.ts";

/** Limits the ranking by meaning. */
const MAX_RANKED = 100;

/**
 * Less similar papers have nothing to do with a query. Of 0.2, 0.25, 0.3, … the highest that loses no wanted paper on the tuning half of the
 * judged queries.
 */
const MIN_SIMILARITY = 0.3;

export class EmbeddingRanker {
  private readonly norms: Float64Array;

  /** @param vectors the vectors file: one vector after the other, in the order of the search file. */
  constructor(
    private readonly model: EmbeddingModel,
    private readonly vectors: Int8Array,
    paperCount: number,
  ) {
    if (vectors.length !== paperCount * DIMENSIONS)
      throw new Error("The vectors are not those of the papers.");
    this.norms = Float64Array.from({ length: paperCount }, (_, position) => {
      const vector = this.vectorAt(position);
      return Math.sqrt(this.dot(vector, position));
    });
  }

  /**
   * Ranks papers by their similarity to a text.
   * @param feedbackPapers papers that answer the query: half of the query vector, if there are any.
   */
  rank(
    text: string,
    feedbackPapers: readonly number[],
    passesFilter: (position: number) => boolean,
  ): number[] {
    let queryVector = this.model.embed(text);
    if (feedbackPapers.length > 0) {
      const sum = Int32Array.from(queryVector, (component) => component * feedbackPapers.length);
      for (const position of feedbackPapers)
        for (const [i, component] of this.vectorAt(position).entries()) sum[i]! += component;
      queryVector = normalized(sum);
    }
    const queryNorm = Math.sqrt(queryVector.reduce((sum, component) => sum + component * component, 0));
    const similarities = new Float64Array(this.norms.length);
    const found: number[] = [];
    for (const [position, norm] of this.norms.entries()) {
      if (queryNorm === 0 || norm === 0 || !passesFilter(position)) continue;
      similarities[position] = this.dot(queryVector, position) / (queryNorm * norm);
      if (similarities[position] >= MIN_SIMILARITY) found.push(position);
    }
    return found.sort((a, b) => similarities[b]! - similarities[a]!).slice(0, MAX_RANKED);
  }

  private vectorAt(position: number): Int8Array {
    return this.vectors.subarray(position * DIMENSIONS, (position + 1) * DIMENSIONS);
  }

  private dot(vector: Int8Array, position: number): number {
    const start = position * DIMENSIONS;
    let sum = 0;
    for (let i = 0; i < DIMENSIONS; i++) sum += vector[i]! * this.vectors[start + i]!;
    return sum;
  }
}
