/**
 * The JSON under `data/`. The types mirror the C# records in src/Denoised/Publishing and src/Denoised/Domain;
 * a null value there is an absent property here.
 */

/** The schema version that this page reads. */
export const SCHEMA = 1;

/** `data/index.json`: the only mutable file, which names all others. */
export interface SiteIndex {
  schema: number;
  generatedAt: string;
  categories: string[];
  updateHours: number;
  model?: string;
  api?: string;
  reportErrorsTo?: string;
  upcoming: Announcement[];
  /** Newest first. */
  days: DayEntry[];
  /** Relative to `data/`. */
  search?: string;
  /** Relative to `data/`: 64 signed bytes a paper, in the order of `search`. */
  vectors?: string;
}

export interface Announcement {
  day: string;
  at: string;
  /** Why there is no announcement on the evenings before this one. */
  quiet?: string;
}

export interface DayEntry {
  /** `yyyy-MM-dd` */
  day: string;
  announcedAt: string;
  sample?: boolean;
  notes?: string[];
  counts: DayCounts;
  tags: TagCount[];
  parts: DayPart[];
  /** The file of the day's overview, relative to `data/`. */
  overview?: string;
  /** The file of the related papers, relative to `data/`; missing if no paper has any. */
  related?: string;
  /** Whether `/days/<date>/map/` exists. */
  hasMap?: boolean;
  readAt: string;
}

/** The overview of a listing day. */
export interface DailyOverview {
  day: string;
  paragraph: string;
  themes: OverviewTheme[];
  provenance: {
    method: "extractive" | "model" | "sample";
    model?: string;
    deployment?: string;
    promptVersion: string;
    /** A BCP 47 tag. */
    language?: string;
    papers: number;
    createdAt: string;
    findings?: string[];
    note?: string;
  };
}

/** A paper that resembles another one. */
export interface RelatedPaper {
  id: string;
  title: string;
  day: string;
  similarity: number;
}

/** The papers of the days held that resemble a paper. */
export interface RelatedPapers {
  /** At most three, the most similar first. */
  related: RelatedPaper[];
  /** Nearly the same paper by the same authors under another identifier. */
  duplicates: RelatedPaper[];
}

/** What several papers of a day have in common. */
export interface OverviewTheme {
  title: string;
  /** The title as addresses contain it. */
  slug: string;
  /** Missing without a model. */
  sentence?: string;
  papers: { id: string; title: string }[];
}

export interface DayCounts {
  announced: number;
  summarized: number;
  pending: number;
  failed: number;
  extractive: number;
}

export interface TagCount {
  tag: string;
  count: number;
}

/** Up to 32 consecutive papers in two files relative to `data/`. */
export interface DayPart {
  cards: string;
  details: string;
  count: number;
}

export type PaperStatus = "pending" | "model" | "extractive" | "failed";

export interface PaperCard {
  id: string;
  version: number;
  title: string;
  /** The first eight. */
  authors: string[];
  authorCount: number;
  /** The primary one first. */
  categories: string[];
  tags: string[];
  /** The claims: the TL;DR, if there is one, and the key points. */
  keyPoints: string[];
  /** The language of the claims; missing for English. */
  language?: string;
  status: PaperStatus;
  reason?: string;
  /** Where it appears ("ICML 2026"), if the authors say so. */
  venue?: string;
  withdrawn?: boolean;
  sample?: boolean;
  checks?: string;
}

export interface PaperView {
  id: string;
  version: number;
  day: string;
  announceType: "new" | "cross" | "replace" | "replaceCross";
  title: string;
  authors: string[];
  /** The authors' institutions as the full text names them. */
  affiliations?: string[];
  abstract: string;
  primaryCategory: string;
  categories: string[];
  published?: string;
  updated?: string;
  comment?: string;
  venue?: string;
  doi?: string;
  dois?: string[];
  journalReference?: string;
  license?: string;
  licenseName?: string;
  /** Addresses. */
  codeRepositories?: string[];
  withdrawn?: boolean;
  sample?: boolean;
  links: { abs: string; pdf: string; html: string };
  status: PaperStatus;
  reason?: string;
  summary: Summary;
  /** By section that a model's summary lacks: the reason. */
  missingSections?: { methodology?: string; results?: string; implications?: string };
  /** The result of the checks and the text that was read, in one line. */
  checks?: string;
  /** The latest last. */
  previous?: PreviousSummary[];
}

/** A summary that a newer one replaced. */
export interface PreviousSummary {
  summary: Summary;
  reason: string;
  replacedAt: string;
}

export interface Summary {
  tags: string[];
  /** The main result in one sentence; only from a model or by hand. */
  tldr?: KeyPoint;
  keyPoints: KeyPoint[];
  summary?: string;
  /** Only in extractive summaries. */
  problem?: string;
  methodology?: string;
  results?: string;
  implications?: string;
  resultsEvidence?: Evidence;
  provenance: Provenance;
}

export interface KeyPoint {
  claim: string;
  evidence?: Evidence;
}

export interface Evidence {
  quote: string;
  section?: string;
  anchor?: string;
  weak?: boolean;
}

export interface Provenance {
  method: "extractive" | "model" | "sample";
  model?: string;
  deployment?: string;
  promptVersion: string;
  /** A BCP 47 tag. */
  language?: string;
  source: "abstract" | "html" | "pdf";
  paperVersion: number;
  createdAt: string;
  tally?: CheckTally;
  verification?: Verification;
  findings?: string[];
  note?: string;
}

/** The verifier's counts. Sentences that it found unsupported are not shown. */
export interface Verification {
  pairs: number;
  contradicted: number;
  notStated: number;
  inputTokens: number;
  outputTokens: number;
}

/** The counts of the checks on a model's summary as shown. */
export interface CheckTally {
  claims: number;
  quoted: number;
  weak: number;
  dropped: number;
  numbers: number;
  numbersFound: number;
}
