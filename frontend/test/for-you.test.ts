import { expect, test } from "vitest";
import { readModel } from "../dev/related.ts";
import { createDirectionOf, type Liked, scorePapers } from "../src/for-you/ranking.ts";
import { parseLibrary } from "../src/library/library.ts";

const model = readModel();
const texts = [
  "Robots learn to grasp objects from human demonstrations",
  "Imitation learning for robotic manipulation",
  "Differential privacy for federated learning on patient records",
  "Regret bounds for stochastic multi-armed bandits",
  "Machine translation of low-resource languages",
];
const papers = texts.map((text) => model.embed(text));
const directionOf = createDirectionOf(papers);
const like = (text: string, weight = 1): Liked => ({ vector: model.embed(text), weight });

const order = (liked: Liked[], hidden: Int8Array[] = []): number[] => {
  const scores = scorePapers(papers, liked, hidden, directionOf);
  return scores.map((_, index) => index).sort((a, b) => scores[b]!.score - scores[a]!.score);
};

test("papers like the liked ones come first, and each names the most similar one", () => {
  const liked = [like("robot manipulation policies"), like("privacy-preserving learning in hospitals")];
  expect(new Set(order(liked).slice(0, 3))).toEqual(new Set([0, 1, 2]));
  const scores = scorePapers(papers, liked, [], directionOf);
  expect(scores.map(({ nearest }) => nearest).slice(0, 3)).toEqual([0, 0, 1]);
});

test("weight decides between two subjects", () => {
  expect(order([like("bandit regret", 1), like("neural machine translation", 0.1)])[0]).toBe(3);
  expect(order([like("bandit regret", 0.1), like("neural machine translation", 1)])[0]).toBe(4);
});

test("a hidden paper moves papers like it down, and leaves none out", () => {
  const liked = [like("robot manipulation"), like("federated learning with differential privacy", 0.9)];
  const before = order(liked);
  const after = order(liked, [papers[2]!]);
  expect(after.indexOf(2)).toBeGreaterThan(before.indexOf(2));
  expect([...after].sort()).toEqual([0, 1, 2, 3, 4]);
});

test("an empty vector is neutral: it has no direction, no score and no similarity", () => {
  const empty = new Int8Array(64);
  expect(directionOf(empty).every((component) => component === 0)).toBe(true);
  const [score] = scorePapers([empty], [like("robots")], [papers[3]!], directionOf);
  expect(score).toEqual({ score: 0, nearest: 0, similarity: 0 });
});

test("a library of an earlier release has arXiv's order and no interests", () => {
  const { order, interests } = parseLibrary('{"schema":1}');
  expect([order, interests]).toEqual(["arxiv", []]);
  expect(() => parseLibrary('{"schema":1,"interests":[1]}')).toThrow("'interests'");
});
