/** Saving and hiding papers. */

import type { PaperCard, PaperView } from "../data/types.ts";
import { bare } from "../library/library.ts";
import { keep, shelf, tell } from "../shell/shell.ts";

/** Says on a card's button what it has done. */
function showOn(element: Element, doing: string, word: string, on: boolean): void {
  const button = element.querySelector(`[data-do="${doing}"]`);
  if (!button) return;
  button.toggleAttribute("data-on", on);
  button.querySelector("[data-word]")!.textContent = word;
}

export const showStar = (element: Element, starred: boolean): void =>
  showOn(element, "star", starred ? "Saved" : "Save", starred);

export const showHidden = (element: Element, hidden: boolean): void =>
  showOn(element, "hide", hidden ? "Hidden" : "Hide", hidden);

/** Saves a paper; what a citation needs beyond the card is read and added when it is there. */
export function putStarred(card: PaperCard, day: string, read: () => Promise<PaperView | undefined>): void {
  const { id } = card;
  keep((kept) => {
    kept.starred[id] = { card: bare(card), day, at: new Date().toISOString() };
  });
  read().then(
    (paper) => {
      if (!paper) return;
      keep((kept) => {
        const starred = kept.starred[id];
        if (!starred) return;
        if (paper.authors.length > card.authors.length) starred.authors = paper.authors;
        if (paper.published) starred.published = paper.published;
        if (paper.doi) starred.doi = paper.doi;
        if (paper.journalReference) starred.journalReference = paper.journalReference;
      });
    },
    () => tell("Saved. Its citation names only the authors on the card: the others could not be loaded."),
  );
}

export function toggleStar(card: PaperCard, day: string, read: () => Promise<PaperView | undefined>): void {
  if (card.id in shelf.value.starred) {
    const before = shelf.value.starred[card.id]!;
    keep((kept) => {
      delete kept.starred[card.id];
    });
    tell("Removed from saved papers.", () =>
      keep((kept) => {
        kept.starred[card.id] = before;
      }),
    );
  } else {
    putStarred(card, day, read);
  }
}

export function toggleHidden(id: string): void {
  const hide = !shelf.value.hidden.includes(id);
  keep((kept) => {
    kept.hidden = kept.hidden.filter((other) => other !== id);
    if (hide) kept.hidden.push(id);
  });
  if (hide) tell("Hidden.", () => toggleHidden(id));
}
