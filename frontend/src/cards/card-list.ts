/** The list of cards: filled a few at a time as the reader comes near its end. */

import type { PaperCard } from "../data/types.ts";
import { cardContext } from "../templates/contexts.ts";
import { fill } from "../templates/fill.ts";
import { template } from "../templates/regions.ts";

/** Where cards come from: a day as it is, or what a filter or an order made of it. */
export interface CardSource {
  readonly total: number;
  /** All cards, once they are loaded. */
  readonly loaded?: readonly PaperCard[] | undefined;
  slice(from: number, to: number): Promise<PaperCard[]>;
}

/** Cards that a new list begins with: what most views hold; the others follow in the next frames. */
const FIRST_BATCH = 2;

/** Cards read at a time. Of these as many are filled before the next frame as `BUDGET` allows: one on a slow phone. */
const BATCH = 8;

/** Milliseconds of filling before a frame. */
const FRAME_BUDGET = 3;

export class CardList {
  private source: CardSource = { total: 0, slice: async () => [] };
  private shown: { card: PaperCard | null; element: HTMLElement }[] = [];
  private filling: Promise<void> | null = null;
  private edition = 0;
  /** The card that was the last one when it was last said whether more come. */
  private lastCard: Element | null = null;
  private readonly near: IntersectionObserver;
  private isNearEnd = false;

  /** @param onCards called with what came to the page, before it is painted. */
  constructor(
    private readonly list: HTMLElement,
    private readonly rest: HTMLElement,
    private readonly onCards: (cards: { card: PaperCard | null; element: HTMLElement }[]) => void,
    private readonly onError: (error: unknown) => void,
  ) {
    this.near = new IntersectionObserver(
      (entries) => {
        this.isNearEnd = entries.at(-1)!.isIntersecting;
        if (this.isNearEnd) void this.more();
      },
      { rootMargin: "1500px 0px" },
    );
    this.near.observe(rest);
  }

  get elements(): HTMLElement[] {
    return this.shown.map((entry) => entry.element);
  }

  /** Takes over the cards that came with the page: they are the first ones of the source. */
  adopt(source: CardSource): void {
    this.begin(
      source,
      [...this.list.children].map((element) => ({ card: null, element: element as HTMLElement })),
    );
    this.numberFrom(0);
    this.onCards(this.shown);
    this.setHasMore(this.shown.length < source.total);
    // Rows leave the end of the list near from the start: the observer said so before there was a source.
    if (this.isNearEnd) void this.more();
  }

  /** Shows another list from its beginning. */
  async show(source: CardSource): Promise<void> {
    const edition = ++this.edition;
    const first = await source.slice(0, FIRST_BATCH);
    if (edition !== this.edition) return;
    this.begin(source, []);
    this.list.replaceChildren();
    this.append(first);
    if (this.isNearEnd) void this.more();
  }

  /** Shows no cards but this. */
  clear(instead: HTMLElement): void {
    this.edition++;
    this.begin({ total: 0, slice: async () => [] }, []);
    this.list.replaceChildren(instead);
    this.setHasMore(false);
  }

  /**
   * Takes a newer edition of what is shown: only cards that changed are filled again, and none that `keep` holds on to
   * (a reader may be reading it).
   */
  async update(source: CardSource, keep: (element: HTMLElement) => boolean): Promise<void> {
    const edition = ++this.edition;
    const cards = await source.slice(0, Math.max(this.shown.length, FIRST_BATCH));
    if (edition !== this.edition) return;
    const before = new Map(this.shown.map((entry) => [entry.element.dataset["id"], entry]));
    const fresh: { card: PaperCard; element: HTMLElement }[] = [];
    const shown = cards.map((card) => {
      const known = before.get(card.id);
      if (known && (keep(known.element) || JSON.stringify(known.card) === JSON.stringify(card))) return known;
      const entry = { card, element: this.fillCard(card) };
      fresh.push(entry);
      return entry;
    });
    this.begin(source, shown);
    const wanted = this.shown.map((entry) => entry.element);
    for (const child of [...this.list.children]) if (!wanted.includes(child as HTMLElement)) child.remove();
    wanted.forEach((element, place) => {
      if (this.list.children[place] !== element)
        this.list.insertBefore(element, this.list.children[place] ?? null);
    });
    this.numberFrom(0);
    this.onCards(fresh);
    this.setHasMore(this.shown.length < source.total);
    if (this.isNearEnd) void this.more();
  }

  /** Fills on until the end is far away again, or until `count` cards are there. */
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

  /** Says that the rest is missing, where it said that it was loading. */
  private fail(error: unknown): void {
    this.rest.textContent = "More papers could not be loaded.";
    this.onError(error);
  }

  /** Puts another list in this one's place: who still fills the former one ends, and is not waited for. */
  private begin(source: CardSource, shown: { card: PaperCard | null; element: HTMLElement }[]): void {
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
        // Printing has filled all cards meanwhile.
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

  /** Gives each card its place in the list, which a wide page prints beside it. */
  private numberFrom(first: number): void {
    for (let place = first; place < this.shown.length; place++)
      this.shown[place]!.element.dataset["place"] = String(place + 1);
  }

  /**
   * Says whether more cards come. Where they do, the last one is no other than those before it: it is laid out when it comes near the view.
   * The mark is on that card alone: one on the list would have all of them styled anew.
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
