/** The scroll position in a list, stored in the history entry: "back" restores the cards and the position. */
import type { CardList } from "../cards/card-list.ts";

interface ScrollPosition {
  /** The first visible card, and the distance of its top from the top of the window. */
  card: string;
  top: number;
  /** The number of cards in the list. */
  count: number;
}

/** Stores the position in the current history entry, which the page is about to leave. */
export function saveScrollPosition(list: CardList): void {
  const first = list.elements.find((card) => !card.hidden && card.getBoundingClientRect().bottom > 80);
  if (!first || window.scrollY === 0) return;
  const position: ScrollPosition = {
    card: first.dataset["id"]!,
    top: first.getBoundingClientRect().top,
    count: list.elements.length,
  };
  history.replaceState({ ...history.state, position }, "");
}

/** Scrolls to the position that the current history entry stores, or to the top. */
export async function restoreScrollPosition(list: CardList): Promise<void> {
  const position = (history.state as { position?: ScrollPosition } | null)?.position;
  if (!position) {
    window.scrollTo({ top: 0, behavior: "instant" });
    return;
  }
  await list.more(position.count);
  const card = list.elements.find((element) => element.dataset["id"] === position.card);
  if (!card) return;
  // Cards above it are laid out when they come into view, and their estimated heights change: this takes some frames.
  for (let frames = 0, held = 0; frames < 30 && held < 4; frames++) {
    const away = card.getBoundingClientRect().top - position.top;
    held = Math.abs(away) < 1 ? held + 1 : 0;
    if (held === 0) window.scrollBy({ top: away, behavior: "instant" });
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}
