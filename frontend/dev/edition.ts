/** Builds from listings what PublishDay would publish. The summaries consist of sentences of the abstracts. */
import { createHash } from "node:crypto";
import type {
  DailyOverview,
  DayEntry,
  DayPart,
  KeyPoint,
  PaperCard,
  PaperStatus,
  PaperView,
  PreviousSummary,
  Provenance,
  RelatedPapers,
  SiteIndex,
} from "../src/data/types.ts";
import type { SearchFile } from "../src/search/search-file.ts";
import { claimsOf, slugOf } from "../src/templates/contexts.ts";
import type { Listed } from "./listings.ts";
import { relatedPapers, vectorsFile } from "./related.ts";
import { textWords } from "./search-words.ts";

/** The taxonomy of src/Denoised/Domain/Tag.cs, with words that indicate a tag. */
const TAGS: [string, RegExp][] = [
  ["Large Language Models", /\bLLMs?\b|language model/i],
  ["NLP", /\btext\b|translation|linguistic|question answering/i],
  ["Efficient ML", /quantiz|prun|distill|efficien|latency|throughput/i],
  ["Theory", /\bprove|theorem|bound|convergence|generalization/i],
  ["Optimization", /optimi[sz]|gradient|\bSGD\b/i],
  ["Time Series", /time.series|forecast|temporal/i],
  ["Interpretability", /interpretab|explain|attribution|mechanistic/i],
  ["Generative Models", /diffusion|generative|flow matching|\bVAE/i],
  ["Reinforcement Learning", /reinforcement|policy|reward/i],
  ["Graph Learning", /graph/i],
  ["Computer Vision", /image|vision|video|segmentation/i],
  ["Multimodal", /multi-?modal|vision-language/i],
  ["Robotics", /robot|manipulation|embodied/i],
  ["Federated Learning", /federated/i],
  ["Audio & Speech", /speech|audio|acoustic/i],
  ["Safety & Alignment", /safety|alignment|jailbreak|adversarial/i],
];

const PART = 32;

export interface Edition {
  index: SiteIndex;
  /** Papers of each day in order. */
  days: Map<string, PaperView[]>;
  /** Contents by name relative to `data/`. */
  files: Map<string, string | Buffer>;
  /** By identifier. */
  related: Map<string, RelatedPapers>;
}

function sentences(text: string): string[] {
  return text
    .replace(/\s+/g, " ")
    .split(/(?<=[.!?])\s+(?=[A-Z$\\])/)
    .filter((sentence) => sentence.length > 20);
}

/** Consecutive sentences from a start, wrapping around, until the word count is reached. */
function passage(all: string[], from: number, words: number): string {
  const taken: string[] = [];
  for (let count = 0, at = from; count < words && taken.length < 12; at++) {
    const sentence = all[at % all.length]!;
    taken.push(sentence);
    count += sentence.split(" ").length;
  }
  return taken.join(" ");
}

/** The beginning of a sentence up to the last comma within 22 words, else the whole sentence. */
function claimOf(sentence: string): string {
  const words = sentence.split(" ");
  if (words.length <= 22) return sentence;
  const comma = words.slice(0, 22).findLastIndex((word) => word.endsWith(","));
  return comma > 6
    ? `${words
        .slice(0, comma + 1)
        .join(" ")
        .slice(0, -1)}.`
    : sentence;
}

function stateOf(place: number, listed: Listed): PaperStatus {
  if (listed.odd) return "model";
  if (place % 87 === 5) return "pending";
  if (place % 131 === 7) return "failed";
  if (place % 41 === 11) return "extractive";
  return "model";
}

export function viewOf(listed: Listed, day: string, place: number): PaperView {
  const all = sentences(listed.abstract);
  if (all.length === 0) all.push(listed.abstract);
  const found = TAGS.filter(([, sign]) => sign.test(`${listed.title} ${listed.abstract}`)).map(
    ([tag]) => tag,
  );
  const status = stateOf(place, listed);
  const written = status === "model";
  const reason = {
    pending: undefined,
    model: undefined,
    extractive: "over the daily token budget",
    failed: "the model's answer named figures that the paper does not have",
  }[status];
  // One model summary in ten lacks a section: the paper does not state it, or it failed the checks.
  const isDropped = written && place % 10 === 3;
  const isUnstated = written && place % 10 === 4;
  const pointOf = (sentence: string, number: number): KeyPoint => ({
    claim: claimOf(sentence),
    ...(written
      ? {
          evidence: {
            quote: sentence.split(" ").slice(0, 38).join(" "),
            section: number % 2 ? "3.1 Setting" : "1 Introduction",
            anchor: number % 2 ? "S3.SS1" : "S1",
            ...(place % 5 === 1 && number === 1 ? { weak: true } : {}),
          },
        }
      : {}),
  });
  const points = all.slice(0, 4).map(pointOf);
  // A summary has no TL;DR if it failed the checks, or was written before there were any.
  const tldr = written && all.length > 4 ? pointOf(all.at(-1)!, 4) : undefined;
  const paper: PaperView = {
    id: listed.id,
    version: listed.version ?? 1,
    day,
    announceType: "new",
    title: listed.title,
    authors: listed.authors,
    abstract: listed.abstract,
    primaryCategory: listed.primary,
    categories: [listed.primary, ...listed.categories.filter((category) => category !== listed.primary)],
    ...(listed.published ? { published: listed.published } : {}),
    ...(listed.updated ? { updated: listed.updated } : {}),
    ...(listed.comment ? { comment: listed.comment } : {}),
    withdrawn: /\bwithdrawn\b/i.test(`${listed.comment ?? ""} ${listed.abstract}`),
    links: {
      abs: `https://arxiv.org/abs/${listed.id}`,
      pdf: `https://arxiv.org/pdf/${listed.id}`,
      html: `https://arxiv.org/html/${listed.id}`,
    },
    status,
    ...(reason ? { reason } : {}),
    ...(isDropped || isUnstated
      ? {
          missingSections: {
            ...(isDropped ? { results: "Left out: it did not pass our checks." } : {}),
            ...(isUnstated ? { implications: "Not stated in the paper." } : {}),
          },
        }
      : {}),
    summary: {
      tags: (found.length ? found : ["Theory"]).slice(0, 3),
      ...(tldr ? { tldr } : {}),
      keyPoints: points,
      summary: passage(all, 0, 130),
      ...(written ? {} : { problem: all[0]!, methodology: all[1] ?? all[0]!, results: all.at(-1)! }),
      ...(written
        ? {
            methodology: passage(all, 1, 45),
            ...(isDropped
              ? {}
              : {
                  results: passage(all, 2, 45),
                  resultsEvidence: {
                    quote: all[0]!.split(" ").slice(0, 38).join(" "),
                    section: "5 Results",
                    anchor: "S5",
                  },
                }),
            ...(isUnstated ? {} : { implications: passage(all, 3, 40) }),
          }
        : {}),
      provenance: {
        method: written ? "model" : "extractive",
        ...(written ? { model: "gpt-5.4-mini-2026-03-17", deployment: "gpt-5.4-mini" } : {}),
        promptVersion: written ? "prompt-1" : "extractive-1",
        source: written ? "html" : "abstract",
        paperVersion: listed.version ?? 1,
        createdAt: `${day}T05:31:00Z`,
        ...(written
          ? {
              tally: {
                claims: points.length,
                quoted: points.length,
                weak: points.filter((point) => point.evidence?.weak).length,
                dropped: isDropped ? 1 : 0,
                numbers: place % 10,
                numbersFound: place % 10,
              },
            }
          : {}),
        ...(isDropped
          ? {
              findings: [
                "Text that readers cannot see was removed: 1 passage.",
                "Dropped: results: the number 98.3 does not stand in the paper.",
              ],
            }
          : {}),
      },
    },
  };
  const checks = checksOf(paper.summary.provenance);
  return {
    ...paper,
    ...(checks ? { checks } : {}),
    ...(written && place % 10 === 4 ? { previous: [formerOf(paper)] } : {}),
  };
}

/** The line that src/Denoised/Publishing/Snapshots/CheckLine.cs writes. */
function checksOf({ tally, source }: Provenance): string | null {
  if (!tally) return null;
  return [
    `${tally.quoted === tally.claims && tally.claims > 1 ? "All" : `${tally.quoted} of`} ${tally.claims} ${tally.claims === 1 ? "point" : "points"} quoted`,
    ...(tally.weak ? [`${tally.weak} weakly supported`] : []),
    ...(tally.dropped ? [`${tally.dropped} dropped`] : []),
    ...(tally.numbersFound < tally.numbers
      ? [`${tally.numbersFound} of ${tally.numbers} ${tally.numbers === 1 ? "number" : "numbers"} found`]
      : []),
    source === "abstract" ? "abstract read" : "full text read",
  ].join(" · ");
}

/** A summary that was redone for a new version. */
function formerOf({ day, summary }: PaperView): PreviousSummary {
  return {
    summary: { ...summary, provenance: { ...summary.provenance, promptVersion: "prompt-0" } },
    reason: "version 2 was announced",
    replacedAt: `${day}T05:21:00Z`,
  };
}

export function cardFrom(paper: PaperView): PaperCard {
  return {
    id: paper.id,
    version: paper.version,
    title: paper.title,
    authors: paper.authors.slice(0, 8),
    authorCount: paper.authors.length,
    categories: paper.categories,
    tags: paper.summary.tags,
    keyPoints: claimsOf(paper.summary).map((point) => point.claim),
    status: paper.status,
    ...(paper.reason ? { reason: paper.reason } : {}),
    ...(paper.withdrawn ? { withdrawn: true } : {}),
    ...(paper.checks ? { checks: paper.checks } : {}),
  };
}

/** The overview of a day: its most frequent topics, each with some of its papers. */
export function overviewOf(day: string, papers: PaperView[]): DailyOverview | null {
  const tags = [...new Set(papers.flatMap((paper) => paper.summary.tags))];
  const themes = tags
    .map((tag) => ({ tag, of: papers.filter((paper) => paper.summary.tags.includes(tag)) }))
    .filter(({ of }) => of.length > 1)
    .sort((a, b) => b.of.length - a.of.length)
    .slice(0, 4)
    .map(({ tag, of }, place) => ({
      title: `${tag} put to ${["work", "the test", "use", "rest"][place]}`,
      slug: `${slugOf(tag)}-${place}`,
      sentence: `${of.length} papers of the day carry this topic, and these are the first of them in arXiv’s order.`,
      papers: of.slice(0, 7).map(({ id, title }) => ({ id, title })),
    }));
  if (themes.length < 3) return null;
  return {
    day,
    paragraph: `Much of the day is about ${themes.map((theme) => theme.title).join("; ")}. Several papers ask how far earlier findings carry over to other settings, and most of them report where their own methods stop working. What is left is spread over many topics, from theory to applications, without a common thread.`,
    themes,
    provenance: {
      method: "model",
      model: "gpt-5.4-mini-2026-03-17",
      deployment: "gpt-5.4-mini",
      promptVersion: "overview-1",
      papers: papers.length,
      createdAt: `${day}T05:45:00Z`,
    },
  };
}

/** The search file: all held papers in columns, newest day first. */
export function searchFile(days: Map<string, PaperView[]>): string {
  const tags = TAGS.map(([tag]) => tag);
  const papers = [...days.values()].flat();
  const dates = [...days.keys()];
  const file: SearchFile = {
    schema: 1,
    days: dates,
    tags,
    id: papers.map((paper) => paper.id),
    version: papers.map((paper) => paper.version),
    day: papers.map((paper) => dates.indexOf(paper.day)),
    title: papers.map((paper) => paper.title),
    authors: papers.map((paper) => paper.authors),
    categories: papers.map((paper) => paper.categories.join(" ")),
    tag: papers.map((paper) => paper.summary.tags.map((tag) => tags.indexOf(tag))),
    keyPoints: papers.map((paper) => claimsOf(paper.summary).map((point) => point.claim)),
    status: papers.map((paper) => paper.status),
    withdrawn: papers.flatMap((paper, place) => (paper.withdrawn ? [place] : [])),
  };
  return JSON.stringify({ ...file, ...textWords(file, papers) });
}

/** @param hasRelated false for a site that is too large for the comparison of all pairs. */
export function makeEdition(days: { day: string; papers: Listed[] }[], hasRelated = true): Edition {
  const files = new Map<string, string | Buffer>();
  const views = new Map<string, PaperView[]>();
  const write = (name: (hash: string) => string, content: string | Buffer): string => {
    const path = name(createHash("sha256").update(content).digest("hex").slice(0, 12));
    files.set(path, content);
    return path;
  };

  const entries = days.map(({ day, papers }): DayEntry => {
    const held = papers.map((paper, place) => viewOf(paper, day, place));
    views.set(day, held);
    const parts: DayPart[] = [];
    for (let start = 0; start < held.length; start += PART) {
      const part = held.slice(start, start + PART);
      parts.push({
        cards: write((hash) => `days/${day}.${hash}.cards.json`, JSON.stringify(part.map(cardFrom))),
        details: write((hash) => `days/${day}.${hash}.json`, JSON.stringify(part)),
        count: part.length,
      });
    }
    const overview = overviewOf(day, held);
    const count = (status: PaperStatus): number => held.filter((paper) => paper.status === status).length;
    const tags = new Map<string, number>();
    for (const tag of held.flatMap((paper) => paper.summary.tags)) tags.set(tag, (tags.get(tag) ?? 0) + 1);
    return {
      day,
      announcedAt: new Date(Date.parse(`${day}T00:00:00Z`)).toISOString(),
      sample: false,
      notes: [],
      counts: {
        announced: held.length,
        summarized: count("model") + count("extractive"),
        pending: count("pending"),
        failed: count("failed"),
        extractive: count("extractive"),
      },
      tags: [...tags]
        .map(([tag, count]) => ({ tag, count }))
        .sort((a, b) => b.count - a.count || slugOf(a.tag).localeCompare(slugOf(b.tag))),
      parts,
      ...(overview
        ? { overview: write((hash) => `days/${day}.overview.${hash}.json`, JSON.stringify(overview)) }
        : {}),
      hasMap: true,
      readAt: `${day}T05:40:00Z`,
    };
  });

  const search = write((hash) => `search.${hash}.json`, searchFile(views));
  const all = [...views.values()].flat();
  const vectors = write((hash) => `vectors.${hash}.bin`, vectorsFile(all));
  const related = hasRelated ? relatedPapers(all) : new Map<string, RelatedPapers>();
  for (const entry of entries) {
    const ofDay = views.get(entry.day)!.filter(({ id }) => related.has(id));
    const file = JSON.stringify(Object.fromEntries(ofDay.map(({ id }) => [id, related.get(id)])));
    if (ofDay.length) entry.related = write((hash) => `related/${entry.day}.${hash}.json`, file);
  }
  const index: SiteIndex = {
    schema: 1,
    generatedAt: `${days[0]?.day ?? "2026-03-24"}T05:41:00Z`,
    categories: ["cs.LG", "stat.ML"],
    updateHours: 8,
    model: "gpt-5.4-mini",
    reportErrorsTo: "https://github.com/example/denoised/issues/new",
    upcoming: [{ day: "2099-01-01", at: "2099-01-01T01:00:00Z" }],
    days: entries,
    search,
    vectors,
  };
  files.set("index.json", JSON.stringify(index));
  return { index, days: views, related, files };
}
