/** Scores papers by what a reader likes. Runs in a worker; the benchmark measures the same code. */
import { DIMENSIONS } from "../embedding/embedding-model.ts";

/** The fraction of the mean vector that is subtracted. 0.5 ranked best (docs/measurements.md). */
const CENTRING = 0.5;

/** Weight of the hidden papers' centroid, relative to the liked texts' centroid. */
const HIDDEN_WEIGHT = 0.3;

export interface Liked {
  vector: Int8Array;
  /** Above 0. */
  weight: number;
}

export interface Score {
  score: number;
  /** Index of the most similar liked text. */
  nearest: number;
  /** Cosine similarity to that text. */
  similarity: number;
}

/** The direction of a vector relative to the mean of all papers. Zero, that is neutral, for an all-zero vector. */
export type Direction = Float32Array;

function normalized(vector: Float32Array): Direction {
  const norm = Math.hypot(...vector);
  return norm === 0 ? vector : vector.map((component) => component / norm);
}

const unitOf = (vector: Int8Array): Direction => normalized(Float32Array.from(vector));

function weightedMean(directions: readonly Direction[], weights: readonly number[]): Float32Array {
  const mean = new Float32Array(DIMENSIONS);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  for (const [index, direction] of directions.entries())
    for (let i = 0; i < DIMENSIONS; i++) mean[i]! += (weights[index]! / total) * direction[i]!;
  return mean;
}

function dot(left: Float32Array, right: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < DIMENSIONS; i++) sum += left[i]! * right[i]!;
  return sum;
}

/** Returns a function that computes directions relative to the mean of the given papers. */
export function createDirectionOf(vectors: readonly Int8Array[]): (vector: Int8Array) => Direction {
  const units = vectors.map(unitOf);
  const mean = weightedMean(
    units,
    units.map(() => 1),
  );
  return (vector) => {
    const unit = unitOf(vector);
    if (unit.every((component) => component === 0)) return unit;
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
  directionOf: (vector: Int8Array) => Direction,
): Score[] {
  const likedDirections = liked.map(({ vector }) => directionOf(vector));
  const likedCentroid = weightedMean(
    likedDirections,
    liked.map(({ weight }) => weight),
  );
  if (hidden.length) {
    const hiddenCentroid = weightedMean(
      hidden.map(directionOf),
      hidden.map(() => 1),
    );
    for (let i = 0; i < DIMENSIONS; i++) likedCentroid[i]! -= HIDDEN_WEIGHT * hiddenCentroid[i]!;
  }
  return papers.map((vector) => {
    const direction = directionOf(vector);
    const similarities = likedDirections.map((like) => dot(like, direction));
    const similarity = Math.max(...similarities);
    return { score: dot(likedCentroid, direction), nearest: similarities.indexOf(similarity), similarity };
  });
}
