/** Fetches the embedded model. Runs in workers. */
import modelAddress from "../../../src/Denoised/Embeddings/model.bin?url";
import { EmbeddingModel } from "./embedding-model.ts";

let model: Promise<EmbeddingModel> | null = null;

export async function fetchFile(address: string): Promise<Response> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} responded with ${response.status}.`);
  return response;
}

/** Loads once; a failure is not kept. */
export function loadModel(): Promise<EmbeddingModel> {
  model ??= fetchFile(modelAddress)
    .then((response) => response.arrayBuffer())
    .then((file) => EmbeddingModel.read(file));
  model.catch(() => {
    model = null;
  });
  return model;
}
