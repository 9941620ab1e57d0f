/** Opening a paper in its place in the list, under an address of its own. */

import type { PaperView } from "../data/types.ts";
import { paperAt } from "../pages/address.ts";
import { keyOf, openCardContext, paperContext } from "../templates/contexts.ts";
import { fill } from "../templates/fill.ts";
import { template } from "../templates/regions.ts";

export class ExpandedCard {
  private element: HTMLElement | null = null;
  private readonly title = document.title;

  /**
   * @param find reads a whole paper.
   * @param reportErrorsTo where errors are reported, where that is configured.
   * @param onOpen called with the card once the paper is in it.
   */
  constructor(
    private readonly find: (id: string) => Promise<PaperView | undefined>,
    private readonly reportErrorsTo: () => string | undefined,
    private readonly onOpen: (element: HTMLElement, paper: PaperView) => void,
  ) {}

  get current(): HTMLElement | null {
    return this.element;
  }

  /** Opens a card's paper, and closes the one that was open without moving what the reader looks at. */
  async open(card: HTMLElement, write = true): Promise<void> {
    if (this.element === card) return;
    const id = card.dataset["id"]!;
    card.setAttribute("aria-busy", "true");
    const paper = await this.find(id).finally(() => card.removeAttribute("aria-busy"));
    if (!paper) {
      location.assign(`/papers/${keyOf(id)}/`);
      return;
    }

    const top = card.getBoundingClientRect().top;
    const hadOne = this.element !== null;
    this.fold();
    card
      .querySelector(".slot")!
      .replaceChildren(
        fill(template("paper"), paperContext(paper, this.reportErrorsTo(), `${location.origin}/`)),
      );
    // The same claims, now with their quotes.
    const points = fill(template("card"), openCardContext(paper)).querySelector(".points");
    const shown = card.querySelector<HTMLElement>(".points");
    if (points) shown?.replaceWith(points);
    else if (shown) shown.hidden = true;
    card.classList.add("opened");
    const more = card.querySelector<HTMLElement>(".more");
    if (more) {
      more.firstElementChild!.textContent = "Close";
      more.setAttribute("aria-expanded", "true");
    }
    this.element = card;
    window.scrollBy({ top: card.getBoundingClientRect().top - top, behavior: "instant" });
    if (write) {
      const address = `/papers/${keyOf(id)}/`;
      if (hadOne) history.replaceState({ opened: true }, "", address);
      else history.pushState({ opened: true }, "", address);
    }
    document.title = `${paper.title} · Denoised`;
    this.onOpen(card, paper);
  }

  /** Closes the open paper because the list goes; the address is the caller's. */
  leave(): void {
    this.fold();
  }

  /** Closes the open paper; the address becomes the list's again. */
  close(): void {
    if (!this.element) return;
    if (history.state?.opened) history.back();
    else this.fold();
  }

  /** Follows the address after back or forward. Returns whether the address is a paper's. */
  follow(): boolean {
    const id = paperAt(location.pathname);
    if (id === null) {
      this.fold();
      return false;
    }
    const card = document.getElementById(`p-${keyOf(id)}`);
    if (card) void this.open(card, false);
    else location.reload();
    return true;
  }

  private fold(): void {
    const card = this.element;
    if (!card) return;
    this.element = null;
    const top = card.getBoundingClientRect().top;
    card.classList.remove("opened");
    card.querySelector(".slot")!.replaceChildren();
    for (const evidence of card.querySelectorAll(".points .evidence")) evidence.remove();
    card.querySelector(".points")?.removeAttribute("hidden");
    const more = card.querySelector<HTMLElement>(".more");
    if (more) {
      more.firstElementChild!.textContent = "Read more";
      more.setAttribute("aria-expanded", "false");
    }
    document.title = this.title;
    // Closed from far below its title, the card would leave the reader somewhere else in the list.
    if (top < 0) card.scrollIntoView({ block: "start", behavior: "instant" });
  }
}
