/** The data of the templates, derived from the published data. TemplateContexts.cs derives the same; both pass test/derive-cases.json. */
import { abstractParts } from "../cards/abstract.ts";
import type {
  DailyOverview,
  Evidence,
  KeyPoint,
  PaperCard,
  PaperView,
  RelatedPaper,
  RelatedPapers,
  SiteIndex,
  Summary,
  TagCount,
} from "../data/types.ts";

/** A paper's identifier as one path segment. */
export const keyOf = (id: string): string => id.replace("/", "~");

/** The inverse of `keyOf`. */
export const idOf = (key: string): string => key.replace("~", "/");

/** A tag as addresses contain it: `Audio & Speech` is `audio-speech`. */
export const slugOf = (tag: string): string => tag.toLowerCase().split(/[ &]+/).filter(Boolean).join("-");

/** How many sentences a card shows without a model's summary. */
const SENTENCES_ON_CARD = 2;

/** The data of the template `card`. */
export function cardContext(card: PaperCard, page = false): object {
  const more = card.authorCount - card.authors.length;
  return {
    ...card,
    page,
    key: keyOf(card.id),
    byline: card.authors.join(", ") + (more > 0 ? ` and ${more} more` : ""),
    tags: card.tags.map((name) => ({ name, slug: slugOf(name) })),
    points: (card.status === "model" ? card.keyPoints : card.keyPoints.slice(0, SENTENCES_ON_CARD)).map(
      (claim) => ({ claim }),
    ),
  };
}

/** By a model, or by hand for a sample; otherwise it consists of sentences of the abstract. */
const isWritten = (paper: PaperView): boolean => paper.summary.provenance.method !== "extractive";

/** The language of a summary or overview for `lang`, which only texts in another language than the page's have. */
const languageOf = ({
  provenance: { language },
}: Pick<Summary | DailyOverview, "provenance">): string | undefined =>
  language && !/^en(-|$)/i.test(language) ? language : undefined;

/** The TL;DR, if there is one, then the key points. */
export const claimsOf = ({ tldr, keyPoints }: Summary): KeyPoint[] =>
  tldr ? [tldr, ...keyPoints] : keyPoints;

/** The data of the template `card` for an expanded paper: each claim with its evidence. */
export function openCardContext(paper: PaperView, page = false): object {
  return {
    ...cardContext(cardOf(paper), page),
    // Without a model the key points are sentences of the abstract, which marks them.
    points: (isWritten(paper) ? claimsOf(paper.summary) : []).map(({ claim, evidence }) => ({
      claim,
      evidence: evidenceOf(paper, evidence),
    })),
  };
}

/** A quote with its section's heading, and with a link to the section if the HTML that was read has an anchor. */
export function evidenceOf(
  { id, sample, summary: { provenance } }: Pick<PaperView, "id" | "sample" | "summary">,
  evidence: Evidence | undefined,
): object | null {
  if (!evidence) return null;
  const { quote, section, anchor, weak } = evidence;
  const href =
    anchor && provenance.source === "html" && !sample
      ? `https://arxiv.org/html/${id}v${provenance.paperVersion}#${anchor}`
      : null;
  return { quote, weak: weak ?? false, where: section ?? (href && "In arXiv’s HTML"), href };
}

/** Percent-encodes all but letters, digits and `-_.~`, as C# does. */
const escaped = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * The address at which a reader reports an error in a summary, with the form filled in; null if none is configured.
 * @param to the configured address: a new-issue page, a mailbox, or any other page, which gets the paper's identifier.
 * @param site the site's address with a trailing slash, if known.
 */
export function reportOf(
  to: string | null | undefined,
  { id, version, sample, summary: { provenance } }: Pick<PaperView, "id" | "version" | "sample" | "summary">,
  site: string | null | undefined,
): string | null {
  if (!to || sample) return null;
  const mail = /^mailto:/i.test(to);
  const [base, fragment] = to.split("#") as [string, string?];
  const model = provenance.model ? `, ${provenance.model}` : "";
  const body = [
    "What is wrong:",
    "",
    "",
    `Paper: arXiv:${id}v${version}`,
    `Summary: ${provenance.promptVersion}${model}, of version ${provenance.paperVersion}`,
    ...(site ? [`Page: ${site}papers/${keyOf(id)}/`] : []),
  ].join(mail ? "\r\n" : "\n");
  const query =
    mail || /\/issues\/new(\?|$)/.test(base)
      ? `${mail ? "subject" : "title"}=${escaped(`Error in the summary of arXiv:${id}v${version}`)}&body=${escaped(body)}`
      : `id=${escaped(`${id}v${version}`)}`;
  return `${base}${base.includes("?") ? "&" : "?"}${query}${fragment === undefined ? "" : `#${fragment}`}`;
}

/** The card of a paper, for the paper's own page. */
export function cardOf(paper: PaperView): PaperCard {
  const language = languageOf(paper.summary);
  return {
    ...paper,
    ...(language ? { language } : {}),
    authors: paper.authors.slice(0, 8),
    authorCount: paper.authors.length,
    tags: paper.summary.tags,
    keyPoints: claimsOf(paper.summary).map((point) => point.claim),
  };
}

const withKeys = (papers: readonly RelatedPaper[] = []): object[] =>
  papers.map((paper) => ({ ...paper, key: keyOf(paper.id) }));

/** The data of the template `paper`. For `reportErrorsTo` and `site` see `reportOf`. */
export function paperContext(
  paper: PaperView,
  reportErrorsTo?: string | null,
  site?: string | null,
  related?: RelatedPapers,
): object {
  return {
    ...paper,
    language: languageOf(paper.summary),
    key: keyOf(paper.id),
    authorCount: paper.authors.length,
    allAuthors: paper.authors.length > 8 ? paper.authors.join(", ") : null,
    resultsEvidence: evidenceOf(paper, paper.summary.resultsEvidence),
    written: isWritten(paper),
    parts: isWritten(paper) ? null : abstractParts(paper.abstract, paper.summary),
    inferred: isWritten(paper) && Boolean(paper.summary.implications),
    previous: [...(paper.previous ?? [])].reverse(),
    report: reportOf(reportErrorsTo, paper, site),
    revised: paper.version > 1 ? paper.updated : null,
    related: withKeys(related?.related),
    duplicates: withKeys(related?.duplicates),
  };
}

/** The data of the template `overview`. */
export function overviewContext(overview: DailyOverview): object {
  return {
    ...overview,
    language: languageOf(overview),
    themes: overview.themes.map((theme) => ({
      ...theme,
      count: theme.papers.length,
      papers: theme.papers.map((paper) => ({ ...paper, key: keyOf(paper.id) })),
    })),
  };
}

/** Data for the day's templates that only the browser has. */
export interface Local {
  /** Slugs of the chosen tags. */
  chosen: string[];
  /** Whether a day is newer than the reader's last visit. */
  isFresh: (day: string) => boolean;
  /** A moment in the reader's time zone. */
  clock: (at: string) => string;
}

/** The data of the day's templates: the index, overridden by the shown day. */
export function dayContext(index: SiteIndex, shown: string, now: Date, local?: Local): object {
  const position = index.days.findIndex((entry) => entry.day === shown);
  const day = index.days[position];
  const next = index.upcoming.find((announcement) => new Date(announcement.at) > now);
  return {
    ...index,
    ...day,
    newest: position === 0,
    previousDay: position < 0 ? null : index.days[position + 1]?.day,
    nextDay: index.days[position - 1]?.day,
    kept: index.days.length > 1 ? index.days.length : null,
    next,
    local: (next && local?.clock(next.at)) ?? null,
    days: index.days.map((entry) => ({
      ...entry,
      current: entry.day === shown ? "page" : null,
      fresh: local?.isFresh(entry.day) ?? false,
    })),
    tags: (day?.tags ?? []).map((entry: TagCount) => ({
      ...entry,
      slug: slugOf(entry.tag),
      current: local?.chosen.includes(slugOf(entry.tag)) ? "true" : null,
    })),
  };
}
