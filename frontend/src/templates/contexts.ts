/** What the templates need beyond the data itself. PublishDay derives the same; test/derive-cases.json is run by both. */
import { abstractParts } from "../cards/abstract.ts";
import type {
  DailyOverview,
  Evidence,
  PaperCard,
  PaperView,
  SiteIndex,
  Summary,
  TagCount,
} from "../data/types.ts";

/** A paper's identifier as one path segment. */
export const keyOf = (id: string): string => id.replace("/", "~");

/** The identifier that `keyOf` made a key of. */
export const idOf = (key: string): string => key.replace("~", "/");

/** A tag as it stands in addresses: `Audio & Speech` is `audio-speech`. */
export const slugOf = (tag: string): string => tag.toLowerCase().split(/[ &]+/).filter(Boolean).join("-");

/** What a card shows of an abstract that no model has summarized. */
const SENTENCES_ON_CARD = 2;

/** The template `card`'s data. */
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

const isModelWritten = (paper: PaperView): boolean => paper.summary.provenance.method === "model";

/** The template `card`'s data for an open paper: each key point with what it rests on. */
export function openCardContext(paper: PaperView, page = false): object {
  return {
    ...cardContext(cardOf(paper), page),
    // Without a model they are sentences of the abstract, which marks them.
    points: (isModelWritten(paper) ? paper.summary.keyPoints : []).map(({ claim, evidence }) => ({
      claim,
      evidence: evidenceOf(paper, evidence),
    })),
  };
}

/** A quote with its place: the section's heading, and its address in the HTML that was read, where that has one. */
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

const FIELDS = ["methodology", "results", "implications"] as const;

/** What stands in the place of the sections that a summary has not: why. */
export function missingSections({ provenance, ...summary }: Omit<Summary, "tags" | "keyPoints">): object {
  const read = provenance.source === "abstract" ? "abstract" : "paper";
  return Object.fromEntries(
    FIELDS.filter((field) => !summary[field]).map((field) => [
      field,
      provenance.findings?.some((finding) => finding.startsWith(`Dropped: ${field}`))
        ? "Left out: it did not pass our checks."
        : `Not stated in the ${read}.`,
    ]),
  );
}

/** As C# escapes: nothing is left but letters, digits and `-_.~`. */
const escaped = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * Where a reader reports an error in a paper's summary, already filled in; null where nobody takes reports.
 * @param to what is configured: a new-issue page, a mailbox, or any other page, which is told the paper.
 * @param site the page's own address with a slash at its end, where known.
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
  return {
    ...paper,
    authors: paper.authors.slice(0, 8),
    authorCount: paper.authors.length,
    tags: paper.summary.tags,
    keyPoints: paper.summary.keyPoints.map((point) => point.claim),
  };
}

/** The template `paper`'s data; the other two as `reportOf` has them. */
export function paperContext(paper: PaperView, reportErrorsTo?: string | null, site?: string | null): object {
  return {
    ...paper,
    key: keyOf(paper.id),
    authorCount: paper.authors.length,
    allAuthors: paper.authors.length > 8 ? paper.authors.join(", ") : null,
    resultsEvidence: evidenceOf(paper, paper.summary.resultsEvidence),
    written: isModelWritten(paper),
    blank: isModelWritten(paper) ? missingSections(paper.summary) : null,
    parts: isModelWritten(paper) ? null : abstractParts(paper.abstract, paper.summary),
    inferred: isModelWritten(paper) && Boolean(paper.summary.implications),
    former: [...(paper.former ?? [])].reverse(),
    report: reportOf(reportErrorsTo, paper, site),
    code: repositoriesIn(`${paper.comment ?? ""}\n${paper.abstract}`),
    revised: paper.version > 1 ? paper.updated : null,
    dois: doisIn(paper.doi ?? ""),
    licenceName: paper.license ? licenceName(paper.license) : null,
  };
}

/** The name of a licence by its address; the address itself where it is none of those that arXiv offers. */
export function licenceName(address: string): string {
  const match =
    /^https?:\/\/(creativecommons|arxiv)\.org\/(?:licenses|publicdomain)\/([a-z-]+)\/([0-9.]+)\/?$/.exec(
      address,
    );
  if (!match) return address;
  const [, site, code, version] = match;
  if (site === "arxiv")
    return code === "nonexclusive-distrib" ? `arXiv non-exclusive distribution ${version}` : address;
  return `${code === "zero" ? "CC0" : `CC ${code!.toUpperCase()}`} ${version}`;
}

/** The DOIs that a field of arXiv's holds. */
export const doisIn = (field: string): string[] =>
  [...field.replace(/[,;](?=10\.)/g, " ").matchAll(/10\.\d{4,9}\/[^\s{}]+/g)].map((match) =>
    match[0].replace(/[,;.]+$/, ""),
  );

/** Addresses of code repositories in a text, each once, without what follows the repository's name. */
export function repositoriesIn(text: string): string[] {
  const found = text.matchAll(
    /(?:https?:\/\/)?(github\.com|gitlab\.com|bitbucket\.org|codeberg\.org|huggingface\.co)\/([A-Za-z0-9_-]+\/[A-Za-z0-9_.-]*[A-Za-z0-9_-])/g,
  );
  return [...new Set([...found].map((match) => `https://${match[1]}/${match[2]!.replace(/\.git$/, "")}`))];
}

/** The data of the template `glance`. */
export function overviewContext(glance: DailyOverview): object {
  return {
    ...glance,
    themes: glance.themes.map((theme) => ({
      ...theme,
      count: theme.papers.length,
      papers: theme.papers.map((paper) => ({ ...paper, key: keyOf(paper.id) })),
    })),
  };
}

/** What only the browser knows, for the templates that frame a day. */
export interface Local {
  /** Slugs of the tags that are chosen. */
  chosen: string[];
  /** Whether a day has come since the reader's last visit. */
  isFresh: (day: string) => boolean;
  /** A moment in the reader's time zone. */
  clock: (at: string) => string;
}

/** The data of the templates that frame a day: the index, with the shown day first in scope. */
export function dayContext(index: SiteIndex, shown: string, now: Date, local?: Local): object {
  const day = index.days.find((entry) => entry.day === shown);
  const next = index.upcoming.find((announcement) => new Date(announcement.at) > now);
  return {
    ...index,
    ...day,
    newest: shown === index.days[0]?.day,
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
