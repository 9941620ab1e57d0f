/**
 * The embedded model: a table of words and word pairs, each with a vector whose length is its weight. A text's vector is the direction
 * of their sum, 64 signed bytes. The same bytes as EmbeddingModel.cs computes: both pass test/embedding-cases.json.
 * docs/embedding-model.md describes the file.
 */
import { wordsOf } from "./word-reader.ts";

export const DIMENSIONS = 64;

const SIGNATURE = 0x314d4544;
const HEADER_LENGTH = 16;
const LENGTH = 127;
const MAX_TEXT_LENGTH = 65_000;

/** The minimum length of a part of an unknown word. */
const MIN_PART_LENGTH = 4;

export class EmbeddingModel {
  private constructor(
    private readonly words: ReadonlyMap<string, number>,
    /** By `first × 65,536 + second`. */
    private readonly pairs: ReadonlyMap<number, number>,
    private readonly weights: Uint8Array,
    private readonly vectors: Int8Array,
  ) {}

  /** Parses a model file. Throws if it is not one of this version. */
  static read(file: ArrayBuffer): EmbeddingModel {
    const header = new DataView(file);
    if (file.byteLength < HEADER_LENGTH || header.getUint32(0, true) !== SIGNATURE)
      throw new Error("The file is no embedded model of version 1.");
    const [wordCount, pairCount, textLength] = [4, 8, 12].map((at) => header.getInt32(at, true)) as [
      number,
      number,
      number,
    ];
    const entryCount = wordCount + pairCount;
    const pairsAt = HEADER_LENGTH + textLength;
    const weightsAt = pairsAt + 4 * pairCount;
    const vectorsAt = weightsAt + entryCount;
    if (file.byteLength !== vectorsAt + entryCount * DIMENSIONS)
      throw new Error("The embedded model's file is cut short.");
    const text = new TextDecoder().decode(new Uint8Array(file, HEADER_LENGTH, textLength));
    const words = new Map<string, number>();
    for (const word of text.trimEnd().split("\n")) words.set(word, words.size);
    const pairs = new Map<number, number>();
    for (let pair = 0; pair < pairCount; pair++) {
      const at = pairsAt + 4 * pair;
      pairs.set(header.getUint16(at, true) * 65_536 + header.getUint16(at + 2, true), wordCount + pair);
    }
    return new EmbeddingModel(
      words,
      pairs,
      new Uint8Array(file, weightsAt, entryCount),
      new Int8Array(file, vectorsAt, entryCount * DIMENSIONS),
    );
  }

  /** The vector of a text; all zero if it has no known word. */
  embed(text: string): Int8Array {
    const sum = new Int32Array(DIMENSIONS);
    for (const entry of this.entriesOf(text.slice(0, MAX_TEXT_LENGTH))) {
      const weight = this.weights[entry]!;
      const start = entry * DIMENSIONS;
      for (let i = 0; i < DIMENSIONS; i++) sum[i]! += weight * this.vectors[start + i]!;
    }
    return normalized(sum);
  }

  /** A known word's entry, and its pair's with the known word before it; of an unknown word, the longest known prefix and the remainder. */
  private *entriesOf(text: string): Generator<number> {
    let previous: number | undefined;
    for (const { text: word, isJoined } of wordsOf(text)) {
      const entry = this.words.get(word);
      if (entry === undefined) {
        previous = undefined;
        yield* this.partsOf(word);
        continue;
      }
      yield entry;
      const pair = previous !== undefined && isJoined ? this.pairs.get(previous * 65_536 + entry) : undefined;
      if (pair !== undefined) yield pair;
      previous = entry;
    }
  }

  private *partsOf(word: string): Generator<number> {
    for (let length = word.length - 1; length >= MIN_PART_LENGTH; length--) {
      const part = this.words.get(word.slice(0, length));
      if (part === undefined) continue;
      yield part;
      const rest = word.length - length >= MIN_PART_LENGTH ? this.words.get(word.slice(length)) : undefined;
      if (rest !== undefined) yield rest;
      return;
    }
  }
}

/** The direction of a sum of vectors; all zero if the sum is. */
export function normalized(sum: Int32Array): Int8Array {
  let square = 0;
  for (const component of sum) square += component * component;
  const vector = new Int8Array(DIMENSIONS);
  if (square === 0) return vector;
  const factor = LENGTH / Math.sqrt(square);
  for (let i = 0; i < DIMENSIONS; i++) vector[i] = Math.floor(sum[i]! * factor + 0.5);
  return vector;
}
