/** The state of the page in its address, so that it can be shared and the back button works. */
import { idOf, slugOf } from "../templates/contexts.ts";
import { formats } from "../templates/formats.ts";

export interface Address {
  /** The listing day; null for the newest one. */
  day: string | null;
  /** Slugs of tags. Papers with all of them are shown. */
  tags: string[];
  /** The slug of a theme of the day. Only its papers are shown. */
  theme: string | null;
  query: string;
  /** `saved` shows the saved papers instead of a day. */
  list: "saved" | null;
}

/** Reads `/days/<date>/?tag=…`, and `/?day=<date>`, which links made before the days had pages of their own contain. */
export function parseAddress({ pathname, search }: Pick<URL, "pathname" | "search">): Address {
  const fields = new URLSearchParams(search);
  const day = /^\/days\/([^/]+)/.exec(pathname)?.[1] ?? fields.get("day");
  return {
    day: day && /^\d{4}-\d{2}-\d{2}$/.test(day) ? day : null,
    tags: [...new Set(fields.getAll("tag").map(slugOf).filter(Boolean))],
    theme: fields.get("theme") || null,
    query: queryOf(fields.get("q") ?? ""),
    list: fields.get("list") === "saved" ? "saved" : null,
  };
}

/** A typed query. One blank at its end stays: it says that the last word is complete. */
export const queryOf = (text: string): string => text.trimStart().replace(/\s+$/, " ");

export function formatAddress(address: Address): string {
  const fields = new URLSearchParams();
  if (address.list) fields.set("list", address.list);
  for (const tag of address.tags) fields.append("tag", tag);
  if (address.theme) fields.set("theme", address.theme);
  if (address.query) fields.set("q", address.query);
  const search = fields.toString();
  const path = address.day ? `/days/${address.day}/` : "/";
  return search ? `${path}?${search}` : path;
}

/** The title of the page at an address, as index.html and its template `day-head` have it. */
export const titleOf = ({ day }: Address): string =>
  day && !Number.isNaN(Date.parse(day))
    ? `${formats["long"]!(day)} · Denoised`
    : "Denoised: today’s ML research, without the noise";

/** The identifier in the address of a paper's own page; null for any other address. */
export function paperAt(path: string): string | null {
  const key = /^\/papers\/([^/]+)\/?(?:index\.html)?$/.exec(path)?.[1];
  return key ? idOf(decodeURIComponent(key)) : null;
}
