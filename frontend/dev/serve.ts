/** Serves the built page over real listings with generated summaries, with the headers of Azure's static website endpoint. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";
import type { DailyOverview, DayEntry } from "../src/data/types.ts";
import { idOf } from "../src/templates/contexts.ts";
import { cardFrom, type Edition, makeEdition } from "./edition.ts";
import { readDays, realData } from "./listings.ts";
import { prerenderDay, prerenderMap, prerenderPaper } from "./prerender.ts";

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
  ".webmanifest": "application/manifest+json",
};

const DIST = join(import.meta.dirname, "../dist");

export interface Site {
  /** Without a trailing slash. */
  address: string;
  edition: Edition | null;
  /** Publishes an edition; null publishes nothing. */
  publish(edition: Edition | null): void;
  /** Replaces the files of the built page, as a release does. */
  release(change: (files: Map<string, Buffer>) => Map<string, Buffer>): void;
  close(): Promise<void>;
}

export async function serve(edition: Edition | null, port = 0): Promise<Site> {
  if (!existsSync(join(DIST, "index.html"))) throw new Error("There is no dist/: run `npm run build` first.");
  let built = new Map<string, Buffer>();
  for (const name of readdirSync(DIST, { recursive: true, withFileTypes: true })) {
    if (!name.isFile()) continue;
    const path = join(name.parentPath, name.name);
    built.set(path.slice(DIST.length).replaceAll("\\", "/"), readFileSync(path));
  }
  const template = (): string => built.get("/index.html")!.toString("utf8");
  let current: Edition | null = null;
  let made = new Map<string, Buffer>();
  const packed = new Map<string, { body: Buffer; tag: string }>();

  const renderDay = ({ index, days, files }: Edition, day: DayEntry, isFrontPage: boolean): string => {
    const overview = day.overview ? (JSON.parse(String(files.get(day.overview))) as DailyOverview) : null;
    return prerenderDay(template(), index, day, days.get(day.day)!.map(cardFrom), overview, isFrontPage);
  };
  const keep = (path: string, html: string): Buffer => {
    const page = Buffer.from(html);
    made.set(path, page);
    return page;
  };

  const find = (path: string): Buffer | undefined => {
    const known = made.get(path) ?? built.get(path);
    if (known || !current) return known;
    const day = current.index.days.find((entry) => path === `/days/${entry.day}/index.html`);
    if (day) return keep(path, renderDay(current, day, false));
    const mapped = current.index.days.find((entry) => path === `/days/${entry.day}/map/index.html`);
    if (mapped) return keep(path, prerenderMap(template(), mapped, current.days.get(mapped.day)!));
    const id = /^\/papers\/([^/]+)\/index\.html$/.exec(path)?.[1];
    const paper =
      id &&
      [...current.days.values()].flat().find((candidate) => candidate.id === idOf(decodeURIComponent(id)));
    if (!paper) return undefined;
    return keep(
      path,
      prerenderPaper(template(), paper, null, current.index.reportErrorsTo, current.related.get(paper.id)),
    );
  };

  const server = createServer((request, response) => {
    const asked = decodeURI(new URL(request.url!.replace(/^\/+/, "/"), "http://site").pathname);
    const path = asked.endsWith("/") ? `${asked}index.html` : asked;
    const found = find(path);
    const content = found ?? built.get("/404.html")!;
    const type = TYPES[extname(found ? path : "/404.html")] ?? "application/octet-stream";
    const plain = !/text|json|svg|javascript/.test(type);
    const key = `${path} ${createHash("sha1").update(content).digest("hex")}`;
    let pack = packed.get(key);
    if (!pack) {
      pack = {
        body: plain ? content : gzipSync(content),
        tag: `"${createHash("sha1").update(key).digest("hex")}"`,
      };
      packed.set(key, pack);
    }
    response.setHeader("Content-Type", type);
    response.setHeader("ETag", pack.tag);
    if (!plain) response.setHeader("Content-Encoding", "gzip");
    if (found && request.headers["if-none-match"] === pack.tag) response.writeHead(304).end();
    else
      response
        .writeHead(found ? 200 : 404, { "Content-Length": pack.body.length })
        .end(request.method === "HEAD" ? undefined : pack.body);
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const { port: bound } = server.address() as { port: number };

  const site: Site = {
    address: `http://127.0.0.1:${bound}`,
    edition: null,
    publish(next) {
      current = next;
      site.edition = next;
      made = new Map();
      if (!next) return;
      for (const [name, content] of next.files) made.set(`/data/${name}`, Buffer.from(content));
      const newest = next.index.days[0];
      if (newest) keep("/index.html", renderDay(next, newest, true));
    },
    release(change) {
      built = change(built);
      site.publish(current);
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  site.publish(edition);
  return site;
}

/** `npm run dev`: options `--port=`, `--newest=yyyy-MM-dd` (leaves later days out), `--empty`. */
export async function main(options: string[]): Promise<void> {
  const option = (name: string): string | undefined =>
    options.find((text) => text.startsWith(`--${name}=`))?.split("=")[1];
  const folder = realData();
  if (!folder) throw new Error("No listings: set DENOISED_REAL_DATA to a folder that holds arxiv/listings/.");
  const newest = option("newest") ?? "9999";
  const edition = options.includes("--empty")
    ? null
    : makeEdition(readDays(folder).filter(({ day }) => day <= newest));
  const site = await serve(edition, Number(option("port") ?? 5080));
  console.log(`The page is at ${site.address}/ until this is stopped.`);
}
