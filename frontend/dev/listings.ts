/** Real listings (`../shared/data` beside the repository, or `DENOISED_REAL_DATA`) as the days of a development site. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

export interface Listed {
  id: string;
  title: string;
  authors: string[];
  abstract: string;
  categories: string[];
  primary: string;
  version: number | null;
  published: string | null;
  updated: string | null;
  comment: string | null;
  odd?: string[];
}

/** The folder; null if it is absent. Throws then if `DENOISED_REQUIRE_REAL_DATA=1`. */
export function realData(): string | null {
  const folder = resolve(
    process.env["DENOISED_REAL_DATA"] ?? join(import.meta.dirname, "../../../shared/data"),
  );
  if (existsSync(join(folder, "arxiv/listings"))) return folder;
  if (process.env["DENOISED_REQUIRE_REAL_DATA"] === "1")
    throw new Error(`DENOISED_REQUIRE_REAL_DATA=1, but ${folder} holds no listings.`);
  return null;
}

function lines(path: string): Listed[] {
  return readFileSync(path, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Listed);
}

/** The listing days, newest first. The odd records form the oldest day. */
export function readDays(folder: string, category = "cs.LG"): { day: string; papers: Listed[] }[] {
  const listings = join(folder, "arxiv/listings");
  const days = readdirSync(listings)
    .map((name) => ({ name, day: /^listing_(.+)\.jsonl$/.exec(name)?.[1] }))
    .filter((file): file is { name: string; day: string } => file.day !== undefined)
    .map(({ name, day }) => ({
      day,
      papers: lines(join(listings, name)).filter((paper) => paper.primary === category),
    }));
  days.push({ day: "2026-03-13", papers: lines(join(listings, "odd_cases.jsonl")) });
  return days.sort((a, b) => b.day.localeCompare(a.day));
}
