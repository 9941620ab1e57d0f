/** Reads each file of a folder (.bib, .ris, .json) by a library, and prints what it found: `[{file, items: [{title, authors, DOI}]}]`. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Cite } from "@citation-js/core";
import "@citation-js/plugin-bibtex";
import "@citation-js/plugin-ris";

const folder = process.argv[2];
const read = readdirSync(folder)
  .sort()
  .map((file) => {
    const text = readFileSync(join(folder, file), "utf8");
    try {
      const data = file.endsWith(".json") ? JSON.parse(text) : new Cite(text).data;
      return {
        file,
        items: data.map(({ title, author, DOI }) => ({ title, authors: author?.length ?? 0, DOI })),
      };
    } catch (error) {
      return { file, error: String(error) };
    }
  });
console.log(JSON.stringify(read));
