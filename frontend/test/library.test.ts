import { expect, test } from "vitest";
import type { PaperView } from "../src/data/types.ts";
import { BrowserLibrary, cardFieldsOf, LibraryError, parseLibrary } from "../src/library/library.ts";
import { cardOf } from "../src/templates/contexts.ts";

class MemoryStorage {
  readonly draft = new Map<string, string>();
  full = false;
  getItem(key: string): string | null {
    return this.draft.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    if (this.full) throw new DOMException("full", "QuotaExceededError");
    this.draft.set(key, value);
  }
}

const HOUR = 3_600_000;

test("a visit begins after 30 minutes of inactivity, and not before", () => {
  const storage = new MemoryStorage();
  const visits = [0, 10 * 60_000, HOUR, 3 * HOUR].map((at) => {
    const library = new BrowserLibrary(storage, 1_800_000_000_000 + at);
    return library.value.visit.number;
  });
  expect(visits).toEqual([1, 1, 2, 3]);
});

test("two tabs do not overwrite each other", () => {
  const storage = new MemoryStorage();
  const one = new BrowserLibrary(storage, 1);
  const other = new BrowserLibrary(storage, 1);
  one.change((library) => library.hidden.push("a"));
  other.change((library) => library.hidden.push("b"));
  one.reload();
  expect(one.value.hidden).toEqual(["a", "b"]);
});

test("without storage the library lasts as long as the page", () => {
  const library = new BrowserLibrary(null, 1);
  library.change((draft) => draft.hidden.push("a"));
  expect(library.value.hidden).toEqual(["a"]);
});

test("a full storage is reported", () => {
  const storage = new MemoryStorage();
  const library = new BrowserLibrary(storage, 1);
  storage.full = true;
  library.change((draft) => draft.hidden.push("a"));
  expect(library.storageError).toContain("could not store");
  expect(library.value.hidden).toEqual(["a"]);
});

test("an invalid stored library is reported, not thrown", () => {
  const storage = new MemoryStorage();
  storage.draft.set("denoised", "{");
  expect(new BrowserLibrary(storage, 1).storageError).toContain("not JSON");
});

test("a saved paper keeps all fields of its card, and no others", () => {
  const card = {
    id: "2603.00001",
    version: 1,
    title: "A",
    authors: ["Ada"],
    authorCount: 1,
    categories: ["cs.LG"],
    tags: ["NLP"],
    keyPoints: ["It holds."],
    language: "de",
    status: "model",
    reason: "so",
    venue: "ICML 2026",
    withdrawn: true,
    sample: true,
    checks: "All 4 points quoted",
  } as const;
  const { tags, keyPoints, language, ...rest } = card;
  const summary = { tags, keyPoints: keyPoints.map((claim) => ({ claim })), provenance: { language } };
  const paper = { ...rest, abstract: "Long.", summary } as unknown as PaperView;
  expect(cardFieldsOf(cardOf(paper))).toEqual(card);
});

test("a list is shown as cards until the reader chooses to skim", () => {
  const library = new BrowserLibrary(new MemoryStorage(), 1);
  expect(library.value.density).toBe("read");
  library.change((draft) => {
    draft.density = "skim";
  });
  expect(parseLibrary(JSON.stringify(library.value)).density).toBe("skim");
  expect(parseLibrary('{"schema":1,"density":"huge"}').density).toBe("read");
});

test("an export is imported unchanged", () => {
  const library = new BrowserLibrary(new MemoryStorage(), 1);
  library.change((draft) => {
    draft.rules.push({ kind: "keyword", text: "retrieval", muted: false });
    draft.hidden.push("2603.00001");
  });
  expect(parseLibrary(JSON.stringify(library.value))).toEqual(library.value);
});

test.each([
  ["[]", "not an export"],
  ["{", "not JSON"],
  ['{"schema":2}', "not an export"],
  ['{"schema":1,"hidden":[1]}', "'hidden'"],
  ['{"schema":1,"rules":[{"kind":"colour","text":"x"}]}', "'rules'"],
  ['{"schema":1,"saved":{"2603.00001":{"day":"2026-03-17","card":{"id":"x"}}}}', "'saved.2603.00001'"],
])("the import of %s names the invalid field", (text, wrong) => {
  expect(() => parseLibrary(text)).toThrow(LibraryError);
  expect(() => parseLibrary(text)).toThrow(wrong);
});
