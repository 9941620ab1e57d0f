/**
 * What a reader keeps in this browser: starred, hidden, read and seen papers, the watch list, how the page looks.
 * It lives in localStorage under one key and goes nowhere else.
 */
import type { PaperCard } from "../data/types.ts";

export interface Rule {
  kind: "keyword" | "author" | "topic";
  text: string;
  /** Muted papers are left out; others come first. */
  muted: boolean;
}

/** How a list shows its papers: as rows to skim, or as cards to read. */
export type Density = "skim" | "read";

/** A starred paper, with what is needed to show and cite it after it has left the history. */
export interface Starred {
  card: PaperCard;
  day: string;
  /** All authors, where there are more than the card names. */
  authors?: string[];
  published?: string;
  doi?: string;
  journalReference?: string;
  at: string;
}

export interface Shelf {
  schema: 1;
  starred: Record<string, Starred>;
  /** Identifiers. */
  hidden: string[];
  read: string[];
  /** By listing day: on which visit, counted from 1, a paper was first seen. */
  seen: Record<string, Record<string, number>>;
  visit: { number: number; at: number };
  rules: Rule[];
  watchedFirst: boolean;
  density: Density;
  shortcuts: boolean;
}

/** All that a card has: the compiler asks for what comes to be. */
const FIELDS: Record<keyof PaperCard, true> = {
  id: true,
  version: true,
  title: true,
  authors: true,
  authorCount: true,
  categories: true,
  tags: true,
  keyPoints: true,
  status: true,
  reason: true,
  venue: true,
  withdrawn: true,
  sample: true,
  checks: true,
};

/** Only what a card is: a paper's view has more, and the browser's storage is small. */
export const bare = (card: PaperCard): PaperCard =>
  Object.fromEntries(Object.entries(card).filter(([field]) => field in FIELDS)) as unknown as PaperCard;

const KEY = "denoised";

/** Milliseconds without any sign of the reader after which coming back is a new visit. */
const NEW_VISIT_AFTER = 30 * 60_000;

const empty = (): Shelf => ({
  schema: 1,
  starred: {},
  hidden: [],
  read: [],
  seen: {},
  visit: { number: 1, at: 0 },
  rules: [],
  watchedFirst: true,
  density: "read",
  shortcuts: true,
});

/** A text that is no shelf: says what is wrong with it. */
export class ShelfError extends Error {}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === "string");

/** Reads an exported shelf, field by field. Throws a ShelfError that names the first wrong one. */
export function parseShelf(text: string): Shelf {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ShelfError("The file is not JSON.");
  }
  if (!isRecord(value) || value["schema"] !== 1)
    throw new ShelfError("The file is not an export of this page (schema 1).");
  const shelf = { ...empty(), ...value } as Shelf;
  if (shelf.density !== "skim") shelf.density = "read";
  const demand = (holds: boolean, field: string): void => {
    if (!holds) throw new ShelfError(`'${field}' is not what this page exports.`);
  };
  demand(isTexts(shelf.hidden), "hidden");
  demand(isTexts(shelf.read), "read");
  demand(isRecord(shelf.seen) && Object.values(shelf.seen).every(isRecord), "seen");
  demand(
    isRecord(shelf.visit) && typeof shelf.visit.number === "number" && typeof shelf.visit.at === "number",
    "visit",
  );
  demand(
    Array.isArray(shelf.rules) &&
      shelf.rules.every(
        (rule) =>
          isRecord(rule) &&
          ["keyword", "author", "topic"].includes(rule.kind) &&
          typeof rule.text === "string" &&
          rule.text !== "",
      ),
    "rules",
  );
  demand(isRecord(shelf.starred), "starred");
  for (const [id, starred] of Object.entries(shelf.starred)) {
    const card = isRecord(starred) ? starred.card : undefined;
    demand(
      isRecord(card) &&
        card.id === id &&
        typeof card.title === "string" &&
        typeof card.authorCount === "number" &&
        typeof starred.day === "string" &&
        [card.authors, card.categories, card.tags, card.keyPoints].every(isTexts) &&
        (starred.authors === undefined || isTexts(starred.authors)),
      `starred.${id}`,
    );
  }
  return shelf;
}

/** The shelf in this browser's storage. Where there is none (a private window may refuse it), it lasts as long as the page. */
export class BrowserShelf {
  private shelf: Shelf;
  private readonly listeners: (() => void)[] = [];
  /** Why the last change could not be kept, if so. */
  trouble: string | null = null;

  constructor(
    private readonly storage: Pick<Storage, "getItem" | "setItem"> | null,
    now: number,
  ) {
    this.shelf = this.stored();
    if (now - this.shelf.visit.at > NEW_VISIT_AFTER) {
      const number = this.shelf.visit.at === 0 ? 1 : this.shelf.visit.number + 1;
      this.change((shelf) => {
        shelf.visit = { number, at: now };
      });
    }
  }

  get value(): Readonly<Shelf> {
    return this.shelf;
  }

  /** Changes what is stored now (another tab may have changed it meanwhile), and tells who listens. */
  change(how: (shelf: Shelf) => void): void {
    const next = this.storage ? this.stored() : this.shelf;
    how(next);
    this.shelf = next;
    try {
      this.storage?.setItem(KEY, JSON.stringify(next));
      this.trouble = null;
    } catch (error) {
      this.trouble = `This browser could not keep the change (${error instanceof Error ? error.name : "storage is full"}).`;
    }
    this.tell();
  }

  /** Takes an exported shelf in place of this one. */
  replace(text: string): void {
    const shelf = parseShelf(text);
    this.change((current) => Object.assign(current, shelf));
  }

  /** Reads again what another tab has stored. */
  reload(): void {
    this.shelf = this.stored();
    this.tell();
  }

  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }

  private stored(): Shelf {
    const text = this.storage?.getItem(KEY);
    if (!text) return this.shelf ?? empty();
    try {
      return parseShelf(text);
    } catch (error) {
      if (!(error instanceof ShelfError)) throw error;
      this.trouble = `What this browser had kept could not be read: ${error.message}`;
      return empty();
    }
  }
}

/** The browser's storage, or null where it is refused. */
export function browserStorage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
