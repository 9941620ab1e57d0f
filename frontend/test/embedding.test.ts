import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readDays, realData } from "../dev/listings.ts";
import { EmbeddingModel } from "../src/embedding/embedding-model.ts";
import cases from "./embedding-cases.json";

/** The bytes of a file in a buffer of their own. */
export function readBuffer(path: string | URL): ArrayBuffer {
  const bytes = readFileSync(path);
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
}

const file = readBuffer(new URL("../../src/Denoised/Embeddings/model.bin", import.meta.url));

describe("the embedded model in the browser", () => {
  const model = EmbeddingModel.read(file);

  test.each(cases)("embeds '$text' as the product does", ({ text, vector }) => {
    expect(Buffer.from(model.embed(text)).toString("base64")).toBe(vector);
  });

  test("refuses a file that is cut short or is something else", () => {
    expect(() => EmbeddingModel.read(file.slice(0, -1))).toThrow("cut short");
    expect(() => EmbeddingModel.read(new ArrayBuffer(20))).toThrow("no embedded model");
  });

  test.skipIf(realData() === null)("embeds each paper of a real day with a vector of length 127", () => {
    for (const { title, abstract } of readDays(realData()!).find(({ day }) => day === "2026-03-17")!.papers) {
      const vector = model.embed(`${title}. ${abstract}`);
      expect(Math.abs(Math.hypot(...vector) - 127)).toBeLessThan(4);
    }
  });
});
