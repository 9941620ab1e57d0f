/** Scores papers by what a reader likes. Runs in a worker; the benchmark measures the same code. */
import { DIMENSIONS } from "../embedding/embedding-model.ts";

/** The share of the mean paper that is subtracted: half of it ranks best (docs/measurements.md). */
const CENTRING = 0.5;

/** How much the hidden papers' centroid counts against the liked ones'. */
const HIDDEN_WEIGHT = 0.3;

export interface Liked {
  vector: Int8Array;
  /** Above 0. */
  weight: number;
}

export interface Score {
  score: number;
  /** The position of the most similar liked text, and its similarity. */
  nearest: number;
  similarity: number;
}

/** The direction of a vector relative to the mean of all papers; zero if the vector is empty. */
export type Direction = Float32Array;

function normalized(vector: Float32Array): Direction {
  const norm = Math.hypot(...vector);
  return norm === 0 ? vector : vector.map((component) => component / norm);
}

const unitOf = (vector: Int8Array): Direction => normalized(Float32Array.from(vector));

function weightedMean(directions: readonly Direction[], weights: readonly number[]): Float32Array {
  const mean = new Float32Array(DIMENSIONS);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  for (const [place, direction] of directions.entries())
    for (let i = 0; i < DIMENSIONS; i++) mean[i]! += (weights[place]! / total) * direction[i]!;
  return mean;
}

function dot(left: Float32Array, right: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < DIMENSIONS; i++) sum += left[i]! * right[i]!;
  return sum;
}

/** Makes directions relative to the mean of all papers held. */
export function centring(vectors: readonly Int8Array[]): (vector: Int8Array) => Direction {
  const units = vectors.map(unitOf);
  const mean = weightedMean(
    units,
    units.map(() => 1),
  );
  return (vector) => {
    const unit = unitOf(vector);
    return normalized(unit.map((component, i) => component - CENTRING * mean[i]!));
  };
}

/**
 * Scores each paper by its similarity to the weighted centroid of the liked texts, less the centroid of the hidden papers.
 * @param liked at least one.
 */
export function scorePapers(
  papers: readonly Int8Array[],
  liked: readonly Liked[],
  hidden: readonly Int8Array[],
  direct: (vector: Int8Array) => Direction,
): Score[] {
  const likes = liked.map(({ vector }) => direct(vector));
  const wanted = weightedMean(
    likes,
    liked.map(({ weight }) => weight),
  );
  if (hidden.length) {
    const unwanted = weightedMean(
      hidden.map(direct),
      hidden.map(() => 1),
    );
    for (let i = 0; i < DIMENSIONS; i++) wanted[i]! -= HIDDEN_WEIGHT * unwanted[i]!;
  }
  return papers.map((vector) => {
    const direction = direct(vector);
    const similarities = likes.map((like) => dot(like, direction));
    const similarity = Math.max(...similarities);
    return { score: dot(wanted, direction), nearest: similarities.indexOf(similarity), similarity };
  });
}
