/** Decides which papers an address shows, in which order, and the sentence above the list. */
import type { CardSource } from "../cards/card-list.ts";
import type { DayPapers } from "../data/site-data.ts";
import type { DayEntry, PaperCard, SiteIndex } from "../data/types.ts";
import { applyWatchRules, type PapersByRule } from "../library/watch-rules.ts";
import type { Highlighter } from "../search/highlight.ts";
import type { SearchClient } from "../search/search-client.ts";
import type { SearchResult } from "../search/search-file.ts";
import { library } from "../shell/shell.ts";
import { slugOf } from "../templates/contexts.ts";
import type { Address } from "./address.ts";
import { themeOf } from "./overview.ts";
import { savesData } from "./prefetch.ts";

export interface View {
  source: CardSource;
  /** All cards; null for an unfiltered day in listing order, which is loaded while the reader scrolls. */
  cards: PaperCard[] | null;
  /** By identifier: the watch rules that a paper matches. */
  reasons: Map<string, string>;
  /** By identifier: a line that says why a paper stands where it does; null in arXiv's order. */
  why: Map<string, HTMLElement> | null;
  /** The sentence above the list; null where the day's own heading says it all. */
  caption: string | null;
  /** Highlights the matches of a search. */
  highlighter: Highlighter | null;
  /** Resolves to true when the embeddings are loaded and the search should run again; null if no rerun is needed. */
  rerankable: Promise<boolean> | null;
  /** The title of the theme that the list is narrowed to. */
  themeTitle: string | null;
}

export interface SiteState {
  index: SiteIndex;
  days: ReadonlyMap<string, DayPapers>;
  searchClient: SearchClient;
}

export const sourceOf = (cards: PaperCard[]): CardSource => ({
  total: cards.length,
  loaded: cards,
  slice: async (from, to) => cards.slice(from, to),
});

/** "1 paper", "2 papers" */
export const pluralize = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

export const shownDayOf = (address: Address, index: SiteIndex): string => address.day ?? index.days[0]!.day;

/** Undefined if the site no longer holds the day. */
export const shownEntryOf = (address: Address, index: SiteIndex): DayEntry | undefined =>
  index.days.find((entry) => entry.day === shownDayOf(address, index));

export const topicNameOf = (slug: string, index: SiteIndex): string =>
  index.days.flatMap((day) => day.tags).find((entry) => slugOf(entry.tag) === slug)?.tag ?? slug;

/** Identifies the watch rules and the order: a list computed from others is out of date. */
export function watchStateOf(): string {
  const { rules, watchedFirst, order, interests, saved } = library.value;
  // Further saved papers change the next list: the one that the reader looks at must not move.
  const isForYou = order === "for-you" && [interests, Object.keys(saved).length > 0];
  return JSON.stringify([rules, watchedFirst, isForYou]);
}

/** Returns null if a newer search has replaced this one. */
export async function computeView(address: Address, site: SiteState): Promise<View | null> {
  if (address.list) return savedView(address);
  if (address.query) return searchView(address, site);
  return dayView(address, site);
}

const viewOf = (cards: PaperCard[], caption: string | null): View => ({
  source: sourceOf(cards),
  cards,
  reasons: new Map(),
  why: null,
  caption,
  highlighter: null,
  rerankable: null,
  themeTitle: null,
});

const hasTags = (card: PaperCard, slugs: readonly string[]): boolean =>
  slugs.every((slug) => card.tags.some((tag) => slugOf(tag) === slug));

function savedView(address: Address): View {
  const cards = Object.values(library.value.saved)
    .sort((a, b) => b.at.localeCompare(a.at))
    .map(({ card, day }) => ({ ...card, day }))
    .filter((card) => hasTags(card, address.tags));
  return viewOf(cards, `${pluralize(cards.length, "saved paper")}.`);
}

async function searchView(address: Address, site: SiteState): Promise<View | null> {
  const { day, query, tags } = address;
  const { days, search: file, vectors } = site.index;
  if (!file) return viewOf([], "Search is not available yet.");
  const [result, highlighting] = await Promise.all([
    site.searchClient.search(file, query, { day, tags }),
    import("../search/highlight.ts").catch(() => null),
  ]);
  if (!result) return null;
  const view = viewOf(
    result.cards,
    searchCaption(result, query.trim(), day ?? pluralize(days.length, "day")),
  );
  if (highlighting) view.highlighter = new highlighting.Highlighter(result.terms);
  // The model is large, so a reader who saves data searches by words alone.
  if (result.lacksEmbeddings && vectors && !savesData())
    view.rerankable = site.searchClient.loadEmbeddings(file, vectors);
  return view;
}

/** @param scope the searched day or the number of days. */
export function searchCaption(result: SearchResult, query: string, scope: string): string {
  const { cards, total, byWords, matchesAllTerms } = result;
  const parts: string[] = [];
  if (byWords === 0 && total > 0) parts.push(`No paper of ${scope} has a word of “${query}”`);
  else if (byWords > 0 && !matchesAllTerms)
    parts.push(`No paper of ${scope} has all words of “${query}”`, `${byWords} have some of them`);
  else parts.push(`${pluralize(byWords, "paper")} of ${scope} found for “${query}”`);
  if (total > byWords)
    parts.push(byWords === 0 ? "these are close in meaning" : "others are close in meaning");
  if (total > cards.length) parts.push(`the best ${cards.length} are shown`);
  return `${parts.join(", ")}.`;
}

async function dayView(address: Address, site: SiteState): Promise<View> {
  const { tags, theme: themeSlug } = address;
  const { rules, watchedFirst, order } = library.value;
  const papers = site.days.get(shownDayOf(address, site.index))!;
  if (tags.length === 0 && rules.length === 0 && !themeSlug && order === "arxiv")
    return {
      source: papers,
      cards: null,
      reasons: new Map(),
      why: null,
      caption: null,
      highlighter: null,
      rerankable: null,
      themeTitle: null,
    };

  const theme = themeSlug ? await themeOf(papers.entry, themeSlug) : undefined;
  const all = await papers.all();
  const inTheme = theme ? all.filter((card) => theme.papers.some((paper) => paper.id === card.id)) : all;
  const forYou = order === "for-you" ? await import("../for-you/for-you.ts") : null;
  const ranked = await forYou?.orderForYou(inTheme, site.index);
  const ordered = applyWatchRules(
    (ranked?.cards ?? inTheme).filter((card) => hasTags(card, tags)),
    rules,
    await findByNames(site),
    watchedFirst,
  );
  const parts: string[] = [];
  // The chips name the theme and the topics.
  if (themeSlug && !theme) parts.push("This theme no longer exists: the day’s papers have changed");
  else if (theme || tags.length) parts.push(`${ordered.cards.length} of ${pluralize(papers.total, "paper")}`);
  if (rules.some((rule) => !rule.muted)) parts.push(`${ordered.reasons.size} on your watch list`);
  if (ordered.muted) parts.push(`${ordered.muted} muted`);
  return {
    ...viewOf(ordered.cards, parts.length ? `${parts.join(", ")}.` : null),
    reasons: ordered.reasons,
    why: ranked?.why ?? null,
    themeTitle: theme?.title ?? null,
  };
}

async function findByNames({ index, searchClient }: SiteState): Promise<PapersByRule> {
  const rules = library.value.rules
    .filter(({ kind }) => kind === "author" || kind === "institution")
    .map(({ kind, text }) => ({ kind, text }));
  return rules.length && index.search ? searchClient.byNames(index.search, rules) : new Map();
}

/** The sentence in place of an empty list. */
export function emptyMessage(address: Address, view: View | null): string {
  if (address.list)
    return "No saved papers yet. Press “Save” under a paper, or the key s. The list stays in this browser.";
  if (address.query) return "No results. Try fewer or shorter words.";
  if (view?.caption) return "No paper of this day matches these filters.";
  return "arXiv announced no papers in these categories for this day.";
}
