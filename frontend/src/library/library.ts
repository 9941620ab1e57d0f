/**
 * The reader's library: saved, hidden, read and seen papers, the watch list, display settings.
 * It is stored in localStorage under one key and never leaves the browser.
 */
import type { PaperCard } from "../data/types.ts";

export interface Rule {
  kind: "keyword" | "author" | "topic" | "institution";
  text: string;
  /** Papers that match a muted rule are not shown; papers that match another rule come first. */
  muted: boolean;
}

/** The order of a day: arXiv's, or by what the reader saved, opened and hid. */
export type Order = "arxiv" | "for-you";

/** Rows to skim, or cards to read. */
export type Density = "skim" | "read";

/** A saved paper, with all that is needed to show and cite it after the site has purged its day. */
export interface SavedPaper {
  card: PaperCard;
  day: string;
  /** All authors, if there are more than the card names. */
  authors?: string[];
  published?: string;
  doi?: string;
  journalReference?: string;
  at: string;
}

export interface Library {
  schema: 1;
  saved: Record<string, SavedPaper>;
  /** Identifiers. */
  hidden: string[];
  read: string[];
  /** By listing day and identifier: the visit (counted from 1) on which a paper was first seen. */
  seen: Record<string, Record<string, number>>;
  visit: { number: number; at: number };
  rules: Rule[];
  watchedFirst: boolean;
  density: Density;
  shortcuts: boolean;
  order: Order;
  /** What the reader works on, in their own words. */
  interests: string[];
}

/** All fields of a card. The compiler reports a field that is missing here. */
const FIELDS: Record<keyof PaperCard, true> = {
  id: true,
  version: true,
  title: true,
  authors: true,
  authorCount: true,
  categories: true,
  tags: true,
  keyPoints: true,
  language: true,
  status: true,
  reason: true,
  venue: true,
  withdrawn: true,
  sample: true,
  checks: true,
};

/** Drops the fields that only a whole paper has, because the browser's storage is small. */
export const cardFieldsOf = (card: PaperCard): PaperCard =>
  Object.fromEntries(Object.entries(card).filter(([field]) => field in FIELDS)) as unknown as PaperCard;

const KEY = "denoised";

/** Milliseconds of inactivity after which a new visit begins. */
const NEW_VISIT_AFTER = 30 * 60_000;

const empty = (): Library => ({
  schema: 1,
  saved: {},
  hidden: [],
  read: [],
  seen: {},
  visit: { number: 1, at: 0 },
  rules: [],
  watchedFirst: true,
  density: "read",
  shortcuts: true,
  order: "arxiv",
  interests: [],
});

/** The text is not an exported library. The message says why. */
export class LibraryError extends Error {}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === "string");

/** Parses an exported library. Throws a LibraryError that names the first invalid field. */
export function parseLibrary(text: string): Library {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new LibraryError("The file is not JSON.");
  }
  if (!isRecord(value) || value["schema"] !== 1)
    throw new LibraryError("The file is not an export of this page (schema 1).");
  const library = { ...empty(), ...value } as Library;
  if (library.density !== "skim") library.density = "read";
  if (library.order !== "for-you") library.order = "arxiv";
  const require = (isValid: boolean, field: string): void => {
    if (!isValid) throw new LibraryError(`'${field}' is not what this page exports.`);
  };
  require(isTexts(library.hidden), "hidden");
  require(isTexts(library.read), "read");
  require(isTexts(library.interests), "interests");
  require(isRecord(library.seen) && Object.values(library.seen).every(isRecord), "seen");
  require(isRecord(library.visit) &&
    typeof library.visit.number === "number" &&
    typeof library.visit.at === "number", "visit");
  require(Array.isArray(library.rules) &&
    library.rules.every(
      (rule) =>
        isRecord(rule) &&
        ["keyword", "author", "topic", "institution"].includes(rule.kind) &&
        typeof rule.text === "string" &&
        rule.text !== "",
    ), "rules");
  require(isRecord(library.saved), "saved");
  for (const [id, saved] of Object.entries(library.saved)) {
    const card = isRecord(saved) ? saved.card : undefined;
    require(isRecord(card) &&
      card.id === id &&
      typeof card.title === "string" &&
      typeof card.authorCount === "number" &&
      typeof saved.day === "string" &&
      [card.authors, card.categories, card.tags, card.keyPoints].every(isTexts) &&
      (saved.authors === undefined || isTexts(saved.authors)), `saved.${id}`);
  }
  return library;
}

/** The library in this browser's storage. Without storage (a private window may refuse it) it lasts as long as the page. */
export class BrowserLibrary {
  private library: Library;
  private readonly listeners: (() => void)[] = [];
  /** Why the last change could not be stored; null if it was. */
  storageError: string | null = null;

  constructor(
    private readonly storage: Pick<Storage, "getItem" | "setItem"> | null,
    now: number,
  ) {
    this.library = this.stored();
    if (now - this.library.visit.at > NEW_VISIT_AFTER) {
      const number = this.library.visit.at === 0 ? 1 : this.library.visit.number + 1;
      this.change((library) => {
        library.visit = { number, at: now };
      });
    }
  }

  get value(): Readonly<Library> {
    return this.library;
  }

  /** Changes the stored library, which another tab may have changed in the meantime, and notifies the listeners. */
  change(change: (library: Library) => void): void {
    const next = this.storage ? this.stored() : this.library;
    change(next);
    this.library = next;
    try {
      this.storage?.setItem(KEY, JSON.stringify(next));
      this.storageError = null;
    } catch (error) {
      this.storageError = `This browser could not store the change (${error instanceof Error ? error.name : "storage is full"}).`;
    }
    this.notifyListeners();
  }

  /** Replaces the library by an exported one. */
  replace(text: string): void {
    const library = parseLibrary(text);
    this.change((current) => Object.assign(current, library));
  }

  /** Reads what another tab has stored. */
  reload(): void {
    this.library = this.stored();
    this.notifyListeners();
  }

  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }

  private notifyListeners(): void {
    for (const listener of this.listeners) listener();
  }

  private stored(): Library {
    const text = this.storage?.getItem(KEY);
    if (!text) return this.library ?? empty();
    try {
      return parseLibrary(text);
    } catch (error) {
      if (!(error instanceof LibraryError)) throw error;
      this.storageError = `What this browser had stored could not be read: ${error.message}`;
      return empty();
    }
  }
}

/** The browser's storage; null if the browser refuses it. */
export function browserStorage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
