/**
 * Measures For you on real listings: `dotnet run --project tests/Benchmarks -- ranking`. Saved papers come from the first five listing
 * days, the papers to rank from each of the last two. A category other than cs.LG and cs.AI stands in for an interest: the six most
 * frequent ones of the seven days. Each interest has eight draws of saved papers.
 */

import { wordsOf } from "../src/embedding/word-reader.ts";
import { createDirectionOf, type Liked, scorePapers } from "../src/for-you/ranking.ts";
import { type Listed, readDays, realData } from "./listings.ts";
import { vectorOf } from "./related.ts";

const TRAINING_DAYS = 5;
const INTERESTS = 6;
const DRAWS = 8;
const SAVED = [1, 3, 8];
const BROAD = ["cs.LG", "cs.AI"];

type Scorer = (papers: Listed[], saved: Listed[]) => number[];

/** A generator of uniform numbers (xorshift32), so that each run draws the same papers. */
function uniform(seed: number): () => number {
  let state = seed | 1;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < 10; i++) next();
  return next;
}

function draw(papers: Listed[], count: number, seed: number): Listed[] {
  const random = uniform(seed);
  return papers
    .map((paper) => ({ paper, key: random() }))
    .sort((a, b) => a.key - b.key)
    .slice(0, count)
    .map(({ paper }) => paper);
}

/** The mean cosine of the words' TF-IDF vectors, for comparison. */
function wordScorer(all: Listed[]): Scorer {
  const counts = all.map((paper) => {
    const count = new Map<string, number>();
    for (const { text } of wordsOf(`${paper.title}. ${paper.abstract}`))
      count.set(text, (count.get(text) ?? 0) + 1);
    return count;
  });
  const papersWith = new Map<string, number>();
  for (const count of counts)
    for (const word of count.keys()) papersWith.set(word, (papersWith.get(word) ?? 0) + 1);
  const vectors = new Map(
    all.map((paper, index) => {
      const weights = [...counts[index]!].map(([word, count]): [string, number] => [
        word,
        (1 + Math.log(count)) * Math.log(all.length / papersWith.get(word)!),
      ]);
      const norm = Math.hypot(...weights.map(([, weight]) => weight));
      return [paper, new Map(weights.map(([word, weight]) => [word, weight / norm]))];
    }),
  );
  return (papers, saved) =>
    papers.map((paper) => {
      let sum = 0;
      for (const [word, weight] of vectors.get(paper)!)
        for (const other of saved) sum += weight * (vectors.get(other)!.get(word) ?? 0);
      return sum;
    });
}

function meaningScorer(all: Listed[]): Scorer {
  const directionOf = createDirectionOf(all.map(vectorOf));
  return (papers, saved) => {
    const liked = saved.map((paper): Liked => ({ vector: vectorOf(paper), weight: 1 }));
    return scorePapers(papers.map(vectorOf), liked, [], directionOf).map(({ score }) => score);
  };
}

/** The share of the wanted papers in the first tenth, and the area under the ROC curve. */
function evaluate(scores: number[], isWanted: boolean[]): { firstTenth: number; auc: number } {
  const ranked = scores
    .map((score, index) => ({ score, wanted: isWanted[index]! }))
    .sort((a, b) => b.score - a.score)
    .map(({ wanted }) => wanted);
  const wanted = ranked.filter(Boolean).length;
  const first = ranked.slice(0, Math.ceil(ranked.length / 10)).filter(Boolean).length;
  let before = 0;
  let pairs = 0;
  for (const hit of ranked) {
    if (hit) before++;
    else pairs += before;
  }
  return { firstTenth: first / wanted, auc: pairs / (wanted * (ranked.length - wanted)) };
}

export async function main(): Promise<void> {
  const folder = realData();
  if (!folder) throw new Error("No listings: set DENOISED_REAL_DATA to a folder that holds arxiv/listings/.");
  const days = readDays(folder)
    .filter(({ papers }) => !papers.some((paper) => paper.odd))
    .sort((a, b) => a.day.localeCompare(b.day));
  const all = days.flatMap(({ papers }) => papers);
  const training = days.slice(0, TRAINING_DAYS).flatMap(({ papers }) => papers);
  const frequency = new Map<string, number>();
  for (const category of all.flatMap(({ categories }) => categories))
    frequency.set(category, (frequency.get(category) ?? 0) + 1);
  const interests = [...frequency]
    .filter(([category]) => !BROAD.includes(category))
    .sort((a, b) => b[1] - a[1])
    .slice(0, INTERESTS)
    .map(([category]) => category);
  const tested = days.slice(TRAINING_DAYS);
  console.log(`Interests: ${interests.join(", ")}. Days ranked: ${tested.map(({ day }) => day).join(", ")}.`);
  console.log("first tenth / AUC after | 1 saved | 3 saved | 8 saved");

  for (const [name, score] of [
    ["words alone (TF-IDF)", wordScorer(all)],
    ["For you (meaning)", meaningScorer(all)],
  ] as const) {
    const cells = SAVED.map((count) => {
      const results: { firstTenth: number; auc: number }[] = [];
      for (const [number, interest] of interests.entries()) {
        const candidates = training.filter(({ categories }) => categories.includes(interest));
        for (let time = 0; time < DRAWS; time++) {
          const saved = draw(candidates, count, 7919 * (time + 1) + 131 * number);
          for (const { papers } of tested) {
            const isWanted = papers.map(({ categories }) => categories.includes(interest));
            if (isWanted.includes(true)) results.push(evaluate(score(papers, saved), isWanted));
          }
        }
      }
      const mean = (value: "firstTenth" | "auc"): string =>
        (results.reduce((sum, result) => sum + result[value], 0) / results.length).toFixed(3);
      return `${mean("firstTenth")} / ${mean("auc")}`;
    });
    console.log(`${name} | ${cells.join(" | ")}`);
  }
}
