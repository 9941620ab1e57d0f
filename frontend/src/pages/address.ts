/** The page's state that an address carries, so that it can be shared and the back button works. */
import { idOf, slugOf } from "../templates/contexts.ts";

export interface Address {
  /** The listing day, or null for the newest. */
  day: string | null;
  /** Slugs of tags; papers with all of them are shown. */
  tags: string[];
  /** The slug of a theme of the day; only its papers are shown. */
  theme: string | null;
  query: string;
  /** `reading` shows the reading list instead of a day. */
  list: "saved" | null;
}

export function parseAddress(search: string): Address {
  const fields = new URLSearchParams(search);
  const day = fields.get("day");
  return {
    day: day && /^\d{4}-\d{2}-\d{2}$/.test(day) ? day : null,
    tags: [...new Set(fields.getAll("tag").map(slugOf).filter(Boolean))],
    theme: fields.get("theme") || null,
    query: fields.get("q")?.trim() ?? "",
    list: fields.get("list") === "saved" ? "saved" : null,
  };
}

export function formatAddress(address: Address): string {
  const fields = new URLSearchParams();
  if (address.list) fields.set("list", address.list);
  if (address.day) fields.set("day", address.day);
  for (const tag of address.tags) fields.append("tag", tag);
  if (address.theme) fields.set("theme", address.theme);
  if (address.query) fields.set("q", address.query);
  const search = fields.toString();
  return search ? `/?${search}` : "/";
}

/** The identifier of the paper whose own address this is, or null. */
export function paperAt(path: string): string | null {
  const key = /^\/papers\/([^/]+)\/?(?:index\.html)?$/.exec(path)?.[1];
  return key ? idOf(decodeURIComponent(key)) : null;
}
