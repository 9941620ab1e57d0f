/** Saves and hides papers. */

import type { PaperCard, PaperView } from "../data/types.ts";
import { cardFieldsOf } from "../library/library.ts";
import { library, notify, updateLibrary } from "../shell/shell.ts";

/** Shows on a card's button whether its action is in effect. */
function setButtonState(element: Element, doing: string, word: string, on: boolean): void {
  const button = element.querySelector(`[data-do="${doing}"]`);
  if (!button) return;
  button.toggleAttribute("data-on", on);
  button.querySelector("[data-word]")!.textContent = word;
}

export const showSaved = (element: Element, saved: boolean): void =>
  setButtonState(element, "save", saved ? "Saved" : "Save", saved);

export const showHidden = (element: Element, hidden: boolean): void =>
  setButtonState(element, "hide", hidden ? "Hidden" : "Hide", hidden);

/** Saves a paper at once, and adds the fields that only citations need when they are loaded. */
export function savePaper(card: PaperCard, day: string, read: () => Promise<PaperView | undefined>): void {
  const { id } = card;
  updateLibrary((draft) => {
    draft.saved[id] = { card: cardFieldsOf(card), day, at: new Date().toISOString() };
  });
  read().then(
    (paper) => {
      if (!paper) return;
      updateLibrary((draft) => {
        const saved = draft.saved[id];
        if (!saved) return;
        if (paper.authors.length > card.authors.length) saved.authors = paper.authors;
        if (paper.published) saved.published = paper.published;
        const doi = paper.dois?.[0] ?? paper.doi;
        if (doi) saved.doi = doi;
        if (paper.journalReference) saved.journalReference = paper.journalReference;
      });
    },
    () => notify("Saved. Its citation names only the authors on the card: the others could not be loaded."),
  );
}

export function toggleSaved(card: PaperCard, day: string, read: () => Promise<PaperView | undefined>): void {
  if (card.id in library.value.saved) {
    const before = library.value.saved[card.id]!;
    updateLibrary((draft) => {
      delete draft.saved[card.id];
    });
    notify("Removed from saved papers.", () =>
      updateLibrary((draft) => {
        draft.saved[card.id] = before;
      }),
    );
  } else {
    savePaper(card, day, read);
  }
}

export function toggleHidden(id: string): void {
  const hide = !library.value.hidden.includes(id);
  updateLibrary((draft) => {
    draft.hidden = draft.hidden.filter((other) => other !== id);
    if (hide) draft.hidden.push(id);
  });
  if (hide) notify("Hidden.", () => toggleHidden(id));
}
