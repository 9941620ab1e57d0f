import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { DIMENSIONS } from "../src/embedding/embedding-model.ts";
import type { RankRequest } from "../src/for-you/for-you.worker.ts";
import type { Score } from "../src/for-you/ranking.ts";

type Message = { id: number; result?: Score[]; error?: string };

/** Delivers a message to the worker. */
let send: (data: { id: number; payload: RankRequest }) => void;
/** By request: resolves with the worker's message. */
let responses: Map<number, (message: Message) => void>;
/** The requests for vectors files; the test responds to them. */
let fetches: { address: string; respond: (response: Response) => void }[];

beforeEach(async () => {
  fetches = [];
  responses = new Map();
  vi.resetModules();
  vi.stubGlobal("addEventListener", (_: string, listener: (event: { data: unknown }) => void) => {
    send = (data) => listener({ data });
  });
  vi.stubGlobal("postMessage", (message: Message) => responses.get(message.id)!(message));
  vi.stubGlobal("fetch", (address: string) =>
    address.endsWith(".json")
      ? Promise.resolve(Response.json({ id: ["2603.00001"] }))
      : new Promise<Response>((respond) => fetches.push({ address, respond })),
  );
  await import("../src/for-you/for-you.worker.ts");
});

afterEach(() => {
  vi.unstubAllGlobals();
});

const vectors = (): Response => new Response(new Uint8Array(DIMENSIONS).fill(1));

/** Sends a request for the index and returns the worker's message. */
function rank(id: number, index: string): Promise<Message> {
  const response = new Promise<Message>((resolve) => responses.set(id, resolve));
  const liked = [{ id: "2603.00001", text: "robots", weight: 1 }];
  const files = { search: `search-${index}.json`, vectors: `vectors-${index}.bin` };
  send({ id, payload: { ...files, papers: ["2603.00001"], liked, hidden: [] } });
  return response;
}

test("a failed load of an older index does not discard the newer one", async () => {
  const older = rank(1, "a");
  const newer = rank(2, "b");
  fetches[0]!.respond(new Response(null, { status: 404 }));
  expect((await older).error).toContain("vectors-a.bin");
  fetches[1]!.respond(vectors());
  expect((await newer).result).toHaveLength(1);

  const again = rank(3, "b");
  expect(fetches.map(({ address }) => address)).toEqual(["/data/vectors-a.bin", "/data/vectors-b.bin"]);
  expect((await again).result).toHaveLength(1);
});

test("a failed load is repeated by the next request", async () => {
  const failed = rank(1, "a");
  fetches[0]!.respond(new Response(null, { status: 503 }));
  expect((await failed).error).toBeDefined();

  const repeated = rank(2, "a");
  fetches[1]!.respond(vectors());
  expect((await repeated).result).toHaveLength(1);
});

test("a vectors file of another length is an error that says so", async () => {
  const response = rank(1, "a");
  fetches[0]!.respond(new Response(new Uint8Array(DIMENSIONS + 1)));
  expect(await response).toEqual({ id: 1, error: "The vectors file does not match the search file." });
});
