/** Prerenders pages for development as PublishDay does in C#: the same templates, filled with text only. */
import { Window } from "happy-dom";
import type {
  DailyOverview,
  DayEntry,
  PaperCard,
  PaperView,
  RelatedPapers,
  SiteIndex,
} from "../src/data/types.ts";
import { plainText } from "../src/maths/tex.ts";
import {
  cardContext,
  dayContext,
  keyOf,
  openCardContext,
  overviewContext,
  paperContext,
  slugOf,
} from "../src/templates/contexts.ts";
import { fill, type Value } from "../src/templates/fill.ts";
import { vectorOf } from "./related.ts";

const PRERENDERED = 20;

function parse(html: string): Document {
  const window = new Window({
    settings: { disableJavaScriptFileLoading: true, disableCSSFileLoading: true },
  });
  return new window.DOMParser().parseFromString(html, "text/html") as unknown as Document;
}

const template = (page: Document, id: string): HTMLTemplateElement =>
  page.getElementById(id) as HTMLTemplateElement;

function fillRegion(page: Document, name: string, ...scope: readonly Value[]): void {
  for (const place of page.querySelectorAll(`[data-fill="${name}"]`)) {
    place.replaceChildren(fill(template(page, name), ...scope));
  }
}

/** The beginning of a text on one line, at most 180 characters, cut between two words. */
export function descriptionOf(text: string): string {
  const line = plainText(text).replace(/\s+/g, " ").trim();
  if (line.length <= 180) return line;
  return `${line.slice(0, line.lastIndexOf(" ", 179)).replace(/[,;:.]$/, "")}…`;
}

const write = (page: Document): string => `<!doctype html>\n${page.documentElement.outerHTML}\n`;

function replaceHead(page: Document, name: string, context: object): void {
  const old = [...page.head.querySelectorAll("[data-head]")];
  old[0]!.before(fill(template(page, name), context));
  for (const element of old) element.remove();
}

/** The templates that only the publisher uses: readers do not load them. */
function removePublisherTemplates(page: Document): void {
  for (const id of [
    "day-head",
    "digest-head",
    "digest-page",
    "map-head",
    "map-page",
    "paper-head",
    "paper-page",
  ])
    template(page, id).remove();
}

/** The front page, or the page of a listing day with all its papers. */
export function prerenderDay(
  html: string,
  index: SiteIndex,
  day: DayEntry,
  cards: PaperCard[],
  overview: DailyOverview | null,
  isFrontPage: boolean,
): string {
  const page = parse(html);
  const context = dayContext(index, day.day, new Date());
  for (const region of ["shown", "days", "topics", "day", "foot", "all"]) fillRegion(page, region, context);
  if (overview) {
    fillRegion(page, "overview", overviewContext(overview));
    page.querySelector('[data-fill="overview"]')!.setAttribute("data-file", day.overview!);
  }
  const list = page.getElementById("list")!;
  for (const card of cards.slice(0, isFrontPage ? PRERENDERED : undefined))
    list.append(fill(template(page, "card"), cardContext(card)));
  const parts = isFrontPage ? day.parts.slice(0, 1) : day.parts;
  list.setAttribute("data-day", day.day);
  list.setAttribute("data-part", parts.map((part) => part.cards).join(" "));
  if (!isFrontPage) replaceHead(page, "day-head", context);
  else if (cards.length > PRERENDERED) page.getElementById("rest")!.removeAttribute("hidden");
  removePublisherTemplates(page);
  return write(page);
}

/** The map of a listing day. The publisher projects the vectors; two of their components are enough for development. */
export function prerenderMap(html: string, day: DayEntry, papers: PaperView[]): string {
  const page = parse(html);
  const pointOf = (paper: PaperView): { x: number; y: number } => {
    const [x, y] = vectorOf(paper);
    return { x: 500 + Math.max(-476, Math.min(476, 9 * x!)), y: 320 + Math.max(-296, Math.min(296, 6 * y!)) };
  };
  const topics = [...new Set(papers.map((paper) => paper.summary.tags[0]!))].map((name) => {
    const of = papers.filter((paper) => paper.summary.tags[0] === name);
    const points = of.map((paper) => ({
      key: keyOf(paper.id),
      title: plainText(paper.title),
      ...pointOf(paper),
    }));
    return { name, slug: slugOf(name), count: of.length, points };
  });
  const context = {
    day: day.day,
    count: papers.length,
    topics,
    themes: topics.slice(0, 4).map(({ name, points }) => ({ ...points[0]!, title: name })),
    days: [{ day: day.day }],
    rows: topics.map(({ name, count }) => ({ name, cells: [{ count, length: Math.min(40, count) }] })),
  };
  replaceHead(page, "map-head", context);
  page.getElementById("page")!.replaceChildren(fill(template(page, "map-page"), context));
  for (const used of page.querySelectorAll("template")) used.remove();
  return write(page);
}

/** A paper's own page. */
export function prerenderPaper(
  html: string,
  paper: PaperView,
  site: string | null,
  reportErrorsTo?: string,
  related?: RelatedPapers,
): string {
  const page = parse(html);
  const context = {
    ...paperContext(paper, reportErrorsTo, site, related),
    plainTitle: plainText(paper.title),
    description: descriptionOf(paper.summary.summary ?? paper.abstract),
    page: true,
    site,
  };
  replaceHead(page, "paper-head", context);

  const body = fill(template(page, "paper-page"), context);
  const single = body.querySelector("#single")!;
  single.append(fill(template(page, "card"), openCardContext(paper, true)));
  single.querySelector(".slot")!.append(fill(template(page, "paper"), context));
  single.querySelector(".card")!.classList.add("opened");
  page.getElementById("page")!.replaceChildren(body);
  for (const used of page.querySelectorAll("template")) used.remove();
  return write(page);
}
