/**
 * Answers queries as the page does, for `dotnet run --project tests/Benchmarks -- search`. The folder contains `search.json` and
 * `vectors.bin` as published, and `queries.json`; `results.json` is written to it: by mode, the identifiers found for each query.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { EmbeddingRanker } from "../src/search/embedding-ranker.ts";
import { PaperSearch, type SearchMode } from "../src/search/paper-search.ts";
import type { SearchFile } from "../src/search/search-file.ts";
import { readModel } from "./related.ts";

export async function main([folder]: [string]): Promise<void> {
  const read = <T>(name: string): T => JSON.parse(readFileSync(join(folder, name), "utf8")) as T;
  const search = new PaperSearch(read<SearchFile>("search.json"));
  const vectors = new Int8Array(readFileSync(join(folder, "vectors.bin")));
  search.embeddings = new EmbeddingRanker(readModel(), vectors, search.file.id.length);
  const queries = read<string[]>("queries.json");
  const modes: SearchMode[] = ["both", "words", "meaning"];
  const results = modes.map((mode): [SearchMode, string[][]] => [
    mode,
    queries.map((query) =>
      search.find(query, mode, () => true).positions.map((position) => search.file.id[position]!),
    ),
  ]);
  writeFileSync(join(folder, "results.json"), JSON.stringify(Object.fromEntries(results)));
}
