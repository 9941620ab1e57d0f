import { expect, test } from "vitest";
import { descriptionOf } from "../dev/prerender.ts";
import { abstractParts } from "../src/cards/abstract.ts";
import type { Evidence, PaperCard, PaperView, Provenance, SiteIndex } from "../src/data/types.ts";
import { formatAddress, paperAt, parseAddress } from "../src/pages/address.ts";
import {
  cardContext,
  cardOf,
  dayContext,
  evidenceOf,
  idOf,
  keyOf,
  openCardContext,
  paperContext,
  reportOf,
  slugOf,
} from "../src/templates/contexts.ts";
import { formats } from "../src/templates/formats.ts";
import cases from "./derive-cases.json";

test.each(cases.key)("the key of %s is %s, and back", (id, key) => {
  expect(keyOf(id!)).toBe(key);
  expect(idOf(key!)).toBe(id);
});

test.each(cases.slug)("the slug of %s is %s", (tag, slug) => expect(slugOf(tag!)).toBe(slug));

test.each(cases.byline)("$authorCount authors read '$byline'", ({ authors, authorCount, byline }) => {
  const card: PaperCard = {
    id: "2603.00001",
    version: 1,
    title: "",
    authors,
    authorCount,
    categories: [],
    tags: [],
    keyPoints: [],
    status: "model",
  };
  expect(cardContext(card)).toMatchObject({ byline });
});

test.each(cases.description)("the description of '$text'", ({ text, description }) =>
  expect(descriptionOf(text)).toBe(description),
);

/** A paper with only the fields of a test case. */
const paperOf = (said: object, provenance: object): PaperView =>
  ({
    ...said,
    authors: [],
    categories: [],
    abstract: "",
    summary: { tags: [], keyPoints: [], provenance: provenance as Provenance },
  }) as unknown as PaperView;

test.each(cases.evidence)("evidence of $id read from $source", (said) => {
  expect(evidenceOf(paperOf(said, said), said.evidence as Evidence | undefined)).toEqual(said.becomes);
});

test.each(cases.report)("errors in $id are reported to '$to'", ({ to, site, report, ...said }) => {
  expect(reportOf(to, paperOf(said, said), site)).toBe(report);
});

test.each(cases.abstract)("the abstract '$text' is marked", ({ text, summary, parts }) => {
  const made = abstractParts(text, summary);
  expect(made.map((part) => [part.label, part.text])).toEqual(parts);
  expect(made.map((part) => part.text).join("")).toBe(text);
});

test("without a model a card has two sentences, and an open paper only its abstract", () => {
  const paper = paperOf(
    { id: "2603.15569", status: "extractive" },
    { method: "extractive", source: "abstract" },
  );
  paper.summary.keyPoints = [{ claim: "One." }, { claim: "Two." }, { claim: "Three." }];
  expect(cardContext(cardOf(paper))).toMatchObject({ points: [{ claim: "One." }, { claim: "Two." }] });
  expect(openCardContext(paper)).toMatchObject({ points: [] });
  expect(paperContext(paper)).toMatchObject({ written: false });
});

test("the TL;DR leads a card and an open paper, and the key points follow it", () => {
  const paper = paperOf({ id: "2603.15569", status: "model" }, { method: "model", source: "html" });
  paper.summary.tldr = { claim: "In short, it works.", evidence: { quote: "it works" } };
  paper.summary.keyPoints = [{ claim: "It is new." }];
  expect(cardContext(cardOf(paper))).toMatchObject({
    points: [{ claim: "In short, it works." }, { claim: "It is new." }],
  });
  expect(openCardContext(paper)).toMatchObject({
    points: [
      { claim: "In short, it works.", evidence: { quote: "it works" } },
      { claim: "It is new.", evidence: null },
    ],
  });
});

test("a text in another language than the page's names it", () => {
  const paper = paperOf({ id: "2603.15569", status: "model" }, { method: "model", language: "de" });
  expect(cardContext(cardOf(paper))).toMatchObject({ language: "de" });
  expect(paperContext(paper)).toMatchObject({ language: "de" });
  paper.summary.provenance.language = "en-GB";
  expect(cardOf(paper).language).toBeUndefined();
  expect(paperContext(paper)).toMatchObject({ language: undefined });
});

test("an open paper has quotes, previous summaries latest first, and marks inferences", () => {
  const paper = paperOf(
    { id: "2603.15569", version: 1, previous: [{ reason: "first" }, { reason: "second" }] },
    { method: "model", source: "html", paperVersion: 1, promptVersion: "prompt-1" },
  );
  paper.summary.implications = "More of it may help.";
  paper.summary.keyPoints = [
    { claim: "It works.", evidence: { quote: "it works" } },
    { claim: "It is new." },
  ];
  expect(openCardContext(paper)).toMatchObject({
    points: [
      { claim: "It works.", evidence: { quote: "it works" } },
      { claim: "It is new.", evidence: null },
    ],
  });
  expect(paperContext(paper)).toMatchObject({
    previous: [{ reason: "second" }, { reason: "first" }],
    inferred: true,
    report: null,
  });
  paper.summary.provenance.method = "extractive";
  expect(paperContext(paper)).toMatchObject({ inferred: false });
});

test("an address is unchanged after it is parsed and formatted", () => {
  for (const address of [
    "/",
    "/days/2026-03-17/",
    "/days/2026-03-17/?tag=nlp&tag=audio-speech&q=flow+matching",
    "/days/2026-03-17/?theme=offline-policies",
    "/?list=saved",
  ]) {
    expect(formatAddress(parseAddress(new URL(address, "http://site")))).toBe(address);
  }
});

test("the day in a query, as earlier links have it, is that day's address", () => {
  const earlier = new URL("http://site/?day=2026-03-17&tag=nlp");
  expect(formatAddress(parseAddress(earlier))).toBe("/days/2026-03-17/?tag=nlp");
});

test("a day names its neighbours, and the first and the last name one", () => {
  const days = ["2026-03-17", "2026-03-16", "2026-03-13"].map((day) => ({ day, tags: [] }));
  const neighbours = (day: string): unknown => {
    const index = { days, upcoming: [] } as unknown as SiteIndex;
    const { previousDay, nextDay } = dayContext(index, day, new Date()) as Record<string, string | null>;
    return [previousDay, nextDay];
  };
  expect(neighbours("2026-03-17")).toEqual(["2026-03-16", undefined]);
  expect(neighbours("2026-03-16")).toEqual(["2026-03-13", "2026-03-17"]);
  expect(neighbours("2026-03-13")).toEqual([undefined, "2026-03-16"]);
  expect(neighbours("1999-01-01")).toEqual([null, undefined]);
});

test("invalid parts of an address are ignored", () => {
  expect(parseAddress(new URL("http://site/days/tomorrow/?tag=&tag=nlp&tag=nlp&list=all&q=%20"))).toEqual({
    day: null,
    tags: ["nlp"],
    theme: null,
    query: "",
    list: null,
  });
});

test("a paper's address names the paper", () => {
  expect(paperAt("/papers/2603.15569/")).toBe("2603.15569");
  expect(paperAt("/papers/math~0211159/index.html")).toBe("math/0211159");
  expect(paperAt("/")).toBeNull();
});

test("New York's time agrees with the time zone database", () => {
  const clock = new Intl.DateTimeFormat("en-US", {
    timeZone: "America/New_York",
    weekday: "long",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  for (let time = Date.UTC(2024, 0, 1); time < Date.UTC(2032, 0, 1); time += 3_600_000) {
    const at = new Date(time).toISOString();
    expect(formats["eastern"]!(at), at).toBe(
      `${clock.format(time).replace(",", "").replace(" at", "")} Eastern`,
    );
  }
});
