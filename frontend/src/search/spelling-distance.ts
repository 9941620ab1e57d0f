/** Counts typing mistakes, as SpellingDistance.cs does. */

const MAX_LENGTH = 40;

const rows = [0, 1, 2].map(() => new Uint8Array(MAX_LENGTH + 3)) as [Uint8Array, Uint8Array, Uint8Array];

/**
 * The number of letters to insert, delete, replace or swap with their neighbour to make a word out of another one
 * (optimal string alignment).
 * @param max the highest number of interest; a higher one is given as `max + 1`.
 * @param isPrefix whether the beginning of `word` is enough.
 */
export function spellingDistance(typed: string, word: string, max: number, isPrefix: boolean): number {
  if (typed.length > MAX_LENGTH) return max + 1;
  const length = Math.min(word.length, typed.length + max);
  let [beforePrevious, previous, current] = rows;
  for (let at = 0; at <= length; at++) previous[at] = at;
  let minEdits = 0;
  for (let row = 1; row <= typed.length; row++) {
    current[0] = minEdits = row;
    const letter = typed.charCodeAt(row - 1);
    for (let at = 1; at <= length; at++) {
      const other = word.charCodeAt(at - 1);
      let edits = Math.min(
        Math.min(previous[at]!, current[at - 1]!) + 1,
        previous[at - 1]! + (letter === other ? 0 : 1),
      );
      if (row > 1 && at > 1 && letter === word.charCodeAt(at - 2) && typed.charCodeAt(row - 2) === other)
        edits = Math.min(edits, beforePrevious[at - 2]! + 1);
      current[at] = edits;
      minEdits = Math.min(minEdits, edits);
    }
    if (minEdits > max) return max + 1;
    [beforePrevious, previous, current] = [previous, current, beforePrevious];
  }
  return Math.min(isPrefix ? minEdits : previous[length]!, max + 1);
}
