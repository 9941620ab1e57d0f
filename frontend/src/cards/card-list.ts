/** The list of cards. It is filled in batches while the reader scrolls towards its end. */

import type { PaperCard } from "../data/types.ts";
import { cardContext } from "../templates/contexts.ts";
import { fill } from "../templates/fill.ts";
import { template } from "../templates/regions.ts";

/** Where cards come from: a whole day, or a filtered or reordered list. */
export interface CardSource {
  readonly total: number;
  /** All cards, once they are loaded. */
  readonly loaded?: readonly PaperCard[] | undefined;
  slice(from: number, to: number): Promise<PaperCard[]>;
}

/** Cards that a new list shows at once; they fill most screens. The others follow in the next frames. */
const FIRST_BATCH = 2;

/** Cards requested at a time. `FRAME_BUDGET` limits how many are filled before the next frame: one on a slow phone. */
const BATCH = 8;

/** Milliseconds spent on filling before each frame. */
const FRAME_BUDGET = 3;

export class CardList {
  private source: CardSource = { total: 0, slice: async () => [] };
  private shown: { card: PaperCard | null; element: HTMLElement }[] = [];
  private filling: Promise<void> | null = null;
  private version = 0;
  /** The last card when `setHasMore` was last called. */
  private lastCard: Element | null = null;
  private readonly endObserver: IntersectionObserver;
  private isNearEnd = false;

  /** @param onCards called with new cards before they are painted. */
  constructor(
    private readonly list: HTMLElement,
    private readonly rest: HTMLElement,
    private readonly onCards: (cards: { card: PaperCard | null; element: HTMLElement }[]) => void,
    private readonly onError: (error: unknown) => void,
  ) {
    // Without scripts it links the page with all papers.
    rest.textContent = "Loading more papers…";
    this.endObserver = new IntersectionObserver(
      (entries) => {
        this.isNearEnd = entries.at(-1)!.isIntersecting;
        if (this.isNearEnd) void this.more();
      },
      { rootMargin: "1500px 0px" },
    );
    this.endObserver.observe(rest);
  }

  get elements(): HTMLElement[] {
    return this.shown.map((entry) => entry.element);
  }

  /** Takes over the prerendered cards, which are the first ones of the source. */
  adopt(source: CardSource): void {
    this.reset(
      source,
      [...this.list.children].map((element) => ({ card: null, element: element as HTMLElement })),
    );
    this.numberFrom(0);
    this.onCards(this.shown);
    this.setHasMore(this.shown.length < source.total);
    // In a list of rows the end may be near from the start. The observer reported that before there was a source.
    if (this.isNearEnd) void this.more();
  }

  /** Replaces the list by another one. */
  async show(source: CardSource): Promise<void> {
    const version = ++this.version;
    const first = await source.slice(0, FIRST_BATCH);
    if (version !== this.version) return;
    this.reset(source, []);
    this.list.replaceChildren();
    this.append(first);
    if (this.isNearEnd) void this.more();
  }

  /** Replaces all cards by one element. */
  clear(instead: HTMLElement): void {
    this.version++;
    this.reset({ total: 0, slice: async () => [] }, []);
    this.list.replaceChildren(instead);
    this.setHasMore(false);
  }

  /**
   * Updates the shown cards to newer data. Unchanged cards stay, and so do those for which `keep` returns true,
   * because the reader is using them.
   */
  async update(source: CardSource, keep: (element: HTMLElement) => boolean): Promise<void> {
    const version = ++this.version;
    const cards = await source.slice(0, Math.max(this.shown.length, FIRST_BATCH));
    if (version !== this.version) return;
    const before = new Map(this.shown.map((entry) => [entry.element.dataset["id"], entry]));
    const fresh: { card: PaperCard; element: HTMLElement }[] = [];
    const shown = cards.map((card) => {
      const known = before.get(card.id);
      if (known && (keep(known.element) || JSON.stringify(known.card) === JSON.stringify(card))) return known;
      const entry = { card, element: this.fillCard(card) };
      fresh.push(entry);
      return entry;
    });
    this.reset(source, shown);
    const wanted = this.shown.map((entry) => entry.element);
    for (const child of [...this.list.children]) if (!wanted.includes(child as HTMLElement)) child.remove();
    wanted.forEach((element, index) => {
      if (this.list.children[index] !== element)
        this.list.insertBefore(element, this.list.children[index] ?? null);
    });
    this.numberFrom(0);
    this.onCards(fresh);
    this.setHasMore(this.shown.length < source.total);
    if (this.isNearEnd) void this.more();
  }

  /** Fills cards until the end is no longer near the view, and at least `count` cards. */
  more(count = 0): Promise<void> {
    if (this.filling) return this.filling;
    const filling = this.fillWhileNear(count).finally(() => {
      if (this.filling === filling) this.filling = null;
    });
    this.filling = filling;
    return filling;
  }

  /** Fills all cards at once, and loads those that are not loaded yet. */
  async fillAll(): Promise<void> {
    const { source, shown } = this;
    const from = shown.length;
    try {
      const cards = await source.slice(from, source.total);
      if (shown === this.shown) this.append(cards.slice(shown.length - from));
    } catch (error) {
      this.fail(error);
    }
  }

  /** Fills all cards at once if they are loaded: the browser's print dialog waits for nothing else. */
  fillLoaded(): void {
    const { loaded } = this.source;
    if (loaded) this.append(loaded.slice(this.shown.length));
  }

  /** Replaces "Loading…" by a sentence that does not promise anything. */
  private fail(error: unknown): void {
    this.rest.textContent = "More papers could not be loaded.";
    this.onError(error);
  }

  /** Replaces the list. A running `fillWhileNear` of the previous list ends by itself. */
  private reset(source: CardSource, shown: { card: PaperCard | null; element: HTMLElement }[]): void {
    this.source = source;
    this.shown = shown;
    this.filling = null;
  }

  private async fillWhileNear(count: number): Promise<void> {
    const { source, shown } = this;
    this.rest.textContent = "Loading more papers…";
    try {
      while (shown === this.shown && shown.length < source.total) {
        const wanted = this.isNearEnd || shown.length < count;
        if (!wanted) return;
        const from = shown.length;
        const cards = await source.slice(from, from + BATCH);
        if (shown !== this.shown) return;
        // Printing has filled cards in the meantime.
        if (shown.length !== from) continue;
        const until = performance.now() + FRAME_BUDGET;
        for (const card of cards) {
          this.append([card]);
          if (performance.now() > until) break;
        }
        await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      }
    } catch (error) {
      this.fail(error);
    }
  }

  private append(cards: readonly PaperCard[]): void {
    if (cards.length === 0) return;
    const entries = cards.map((card) => ({ card, element: this.fillCard(card) }));
    this.shown.push(...entries);
    this.numberFrom(this.shown.length - entries.length);
    this.list.append(...entries.map((entry) => entry.element));
    this.onCards(entries);
    this.setHasMore(this.shown.length < this.source.total);
  }

  /** Numbers the cards; wide screens show the number beside each card. */
  private numberFrom(first: number): void {
    for (let index = first; index < this.shown.length; index++)
      this.shown[index]!.element.dataset["position"] = String(index + 1);
  }

  /**
   * Shows whether more cards follow. If so, the last card may skip its layout while it is out of view, like those before it.
   * The class is set on that card, because a class on the list would restyle all cards.
   */
  private setHasMore(on: boolean): void {
    this.rest.hidden = !on;
    const last = this.list.lastElementChild;
    if (this.lastCard !== last) this.lastCard?.classList.remove("has-next");
    last?.classList.toggle("has-next", on);
    this.lastCard = last;
  }

  private fillCard(card: PaperCard): HTMLElement {
    return fill(template("card"), cardContext(card)).firstElementChild as HTMLElement;
  }
}
