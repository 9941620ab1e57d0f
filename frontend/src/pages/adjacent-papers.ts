/** Links on a paper's own page to the previous and the next paper of its day. */
import type { DayPapers } from "../data/site-data.ts";
import { keyOf } from "../templates/contexts.ts";

/** Fills the navigation, which stays hidden if the day no longer holds the paper. */
export async function showAdjacentPapers(place: HTMLElement, papers: DayPapers, id: string): Promise<void> {
  const cards = await papers.all();
  const at = cards.findIndex((card) => card.id === id);
  if (at < 0) return;
  for (const [rel, name, card] of [
    ["prev", "Previous", cards[at - 1]],
    ["next", "Next", cards[at + 1]],
  ] as const) {
    if (!card) continue;
    const link = document.createElement("a");
    link.href = `/papers/${keyOf(card.id)}/`;
    link.rel = rel;
    const title = document.createElement("span");
    title.className = "tex";
    title.textContent = card.title;
    link.append(`${name}: `, title);
    place.append(link);
  }
  place.hidden = false;
}
