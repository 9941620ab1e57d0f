/** Splits a text into words as the embedded model spells them. WordReader.cs states the rules; both pass test/embedding-cases.json. */

const MAX_WORD_LENGTH = 40;

/** The base letters of U+00C0 to U+017F; a space marks a character that is not a letter. */
const BASE_LETTERS =
  "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty" +
  "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

const BACKSLASH = 0x5c;

const isAsciiLetter = (code: number): boolean => (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a;

/** The letter in lower case and without its accent; a space for any other character. */
function letterOf(code: number): string {
  if ((code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39)) return String.fromCharCode(code);
  if (code >= 0x41 && code <= 0x5a) return String.fromCharCode(code | 0x20);
  return code >= 0xc0 && code <= 0x17f ? BASE_LETTERS[code - 0xc0]! : " ";
}

/** Braces, dollar signs and combining marks. */
const isInvisible = (code: number): boolean =>
  code === 0x7b || code === 0x7d || code === 0x24 || (code >= 0x300 && code <= 0x36f);

/** White space, the tilde and hyphens. */
const isJoiner = (code: number): boolean =>
  code === 0x20 ||
  code === 0x2d ||
  code === 0x0a ||
  code === 0x0d ||
  code === 0x09 ||
  code === 0x7e ||
  code === 0xa0 ||
  code === 0x2010 ||
  code === 0x2011;

export interface Word {
  text: string;
  /** Whether only white space and hyphens separate the previous word from this one. */
  isJoined: boolean;
}

/** The words of a text, in order. */
export function* wordsOf(text: string): Generator<Word> {
  let position = 0;
  while (position < text.length) {
    let word = "";
    let isJoined = position > 0;
    // Whether a word's end was read, so that the separator after it belongs to the next word.
    let isComplete = false;
    while (position < text.length && !isComplete) {
      const code = text.charCodeAt(position);
      const letter = letterOf(code);
      if (letter !== " ") {
        word += letter;
        position++;
      } else if (isInvisible(code)) {
        position++;
      } else if (code === BACKSLASH && !isAsciiLetter(text.charCodeAt(position + 1))) {
        position += 2;
      } else if (word.length > 0 && word.length <= MAX_WORD_LENGTH) {
        isComplete = true;
      } else {
        // A run that is too long is no word and separates what is around it.
        if (word.length > MAX_WORD_LENGTH) isJoined = false;
        word = "";
        isJoined &&= code === BACKSLASH || isJoiner(code);
        position++;
        while (code === BACKSLASH && isAsciiLetter(text.charCodeAt(position))) position++;
      }
    }
    if (word.length > 0 && word.length <= MAX_WORD_LENGTH) yield { text: word, isJoined };
  }
}
