/** Expands a card to the whole paper, in place and under the paper's own address. */

import type { PaperView, RelatedPapers } from "../data/types.ts";
import { paperAt } from "../pages/address.ts";
import { keyOf, openCardContext, paperContext } from "../templates/contexts.ts";
import { fill } from "../templates/fill.ts";
import { template } from "../templates/regions.ts";

export class ExpandedCard {
  private element: HTMLElement | null = null;
  /** The list's title. */
  private title = document.title;

  /**
   * @param load loads a whole paper.
   * @param loadRelated loads the papers related to it.
   * @param reportErrorsTo where readers report errors, if configured.
   * @param onOpen called when the card holds the paper.
   */
  constructor(
    private readonly load: (id: string) => Promise<PaperView | undefined>,
    private readonly loadRelated: (id: string) => Promise<RelatedPapers | undefined>,
    private readonly reportErrorsTo: () => string | undefined,
    private readonly onOpen: (element: HTMLElement, paper: PaperView) => void,
  ) {}

  get current(): HTMLElement | null {
    return this.element;
  }

  /** Expands a card and collapses the previous one, without moving what the reader looks at. */
  async open(card: HTMLElement, write = true): Promise<void> {
    if (this.element === card) return;
    const id = card.dataset["id"]!;
    card.setAttribute("aria-busy", "true");
    const [paper, related] = await Promise.all([this.load(id), this.loadRelated(id)]).finally(() =>
      card.removeAttribute("aria-busy"),
    );
    if (!paper) {
      location.assign(`/papers/${keyOf(id)}/`);
      return;
    }

    const top = card.getBoundingClientRect().top;
    const hadOne = this.element !== null;
    this.collapse();
    this.title = document.title;
    card
      .querySelector(".slot")!
      .replaceChildren(
        fill(template("paper"), paperContext(paper, this.reportErrorsTo(), `${location.origin}/`, related)),
      );
    // The same key points, now with their quotes.
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

  /** Collapses the paper because another list replaces this one. The caller sets the address. */
  leave(): void {
    this.collapse();
  }

  /** Collapses the paper and returns to the list's address. */
  close(): void {
    if (!this.element) return;
    if (history.state?.opened) history.back();
    else this.collapse();
  }

  /** Follows the address after back or forward. Returns whether it is a paper's address. */
  follow(): boolean {
    const id = paperAt(location.pathname);
    if (id === null) {
      this.collapse();
      return false;
    }
    const card = document.getElementById(`p-${keyOf(id)}`);
    if (card) void this.open(card, false);
    else location.reload();
    return true;
  }

  private collapse(): void {
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
    // Collapsing a long card from far below its title would move the reader elsewhere in the list.
    if (top < 0) card.scrollIntoView({ block: "start", behavior: "instant" });
  }
}
