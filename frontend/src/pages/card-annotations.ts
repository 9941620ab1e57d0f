/** Adds to cards what only this browser knows: saved, hidden, read, the watch rule that matched, the last visit's end. */
import { showHidden, showSaved } from "../cards/save-and-hide.ts";
import type { PaperCard } from "../data/types.ts";
import { observeMaths } from "../maths/lazy-maths.ts";
import { library } from "../shell/shell.ts";
import type { View } from "./view.ts";
import { SeenPapers, wasSeenBefore } from "./visits.ts";

export class CardAnnotations {
  /** By identifier: what is known of the cards on the page. */
  readonly cardOf = new Map<string, PaperCard>();
  readonly dayOf = new Map<string, string>();
  showsHidden = false;
  readonly seen = new SeenPapers();
  private previousWasSeen = false;
  private hasDivider = false;

  /** Forgets where the last visit ended, because another list begins. */
  startList(): void {
    this.hasDivider = false;
    this.previousWasSeen = false;
  }

  /** @param day the listing day of cards that name none. */
  annotate(
    entries: readonly { card: PaperCard | null; element: HTMLElement }[],
    view: View | null,
    day: string,
    isSavedList: boolean,
  ): void {
    const isListingOrder = view?.cards === null;
    for (const { card, element } of entries) {
      const id = element.dataset["id"]!;
      const ownDay = (card as { day?: string } | null)?.day ?? day;
      if (card) this.cardOf.set(id, card);
      this.dayOf.set(id, ownDay);
      const reason = view?.reasons.get(id);
      const why = view?.why?.get(id);
      if (reason !== undefined)
        prependLine(element, "reason", `${why ? "On your watch list" : "matches"}: ${reason}`);
      else if (why) element.prepend(why);
      const seenBefore = wasSeenBefore(ownDay, id);
      if (isListingOrder && this.previousWasSeen && !seenBefore && !this.hasDivider) {
        this.hasDivider = true;
        prependLine(element, "divider", "New since your last visit");
      }
      this.previousWasSeen = seenBefore;
      element.tabIndex = -1;
      element.classList.toggle("read", library.value.read.includes(id));
      this.showState(element, isSavedList);
      this.seen.observe(element);
      observeMaths(element);
      view?.highlighter?.mark(element);
    }
  }

  /** Shows whether a paper is saved or hidden. */
  showState(element: HTMLElement, isSavedList: boolean): void {
    const id = element.dataset["id"]!;
    const isHidden = library.value.hidden.includes(id);
    showSaved(element, id in library.value.saved);
    showHidden(element, isHidden);
    element.hidden = isHidden && !this.showsHidden && !isSavedList;
  }
}

function prependLine(element: HTMLElement, className: string, text: string): void {
  const line = document.createElement("p");
  line.className = className;
  line.textContent = text;
  element.prepend(line);
}
