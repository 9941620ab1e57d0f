/** The reader's place in a list, kept with the list's address: "back" brings the cards and the place back. */
import type { CardList } from "../cards/card-list.ts";

interface Place {
  /** The first card in view, and how far below the top of the window it begins. */
  card: string;
  top: number;
  /** How many cards were there. */
  count: number;
}

/** Notes the place in the history's entry that is about to be left. */
export function saveScrollPosition(list: CardList): void {
  const first = list.elements.find((card) => !card.hidden && card.getBoundingClientRect().bottom > 80);
  if (!first || window.scrollY === 0) return;
  const place: Place = {
    card: first.dataset["id"]!,
    top: first.getBoundingClientRect().top,
    count: list.elements.length,
  };
  history.replaceState({ ...history.state, place }, "");
}

/** Goes to the place that the history's present entry notes, or to the page's beginning. */
export async function restoreScrollPosition(list: CardList): Promise<void> {
  const place = (history.state as { place?: Place } | null)?.place;
  if (!place) {
    window.scrollTo({ top: 0, behavior: "instant" });
    return;
  }
  await list.more(place.count);
  const card = list.elements.find((element) => element.dataset["id"] === place.card);
  if (!card) return;
  // Cards above it are laid out as they come into view, and then have other heights than estimated: a busy browser takes some frames.
  for (let frames = 0, held = 0; frames < 30 && held < 4; frames++) {
    const away = card.getBoundingClientRect().top - place.top;
    held = Math.abs(away) < 1 ? held + 1 : 0;
    if (held === 0) window.scrollBy({ top: away, behavior: "instant" });
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}
