/** Loads and shows what the address asks for: the list, the frame around it and the filter bar. */
import { CardList } from "../cards/card-list.ts";
import { showDensity } from "../cards/density.ts";
import { ExpandedCard } from "../cards/expanded-card.ts";
import { DataError, DayPapers } from "../data/site-data.ts";
import type { DayEntry, PaperView, SiteIndex } from "../data/types.ts";
import { observeMaths } from "../maths/lazy-maths.ts";
import { SearchClient } from "../search/search-client.ts";
import { library, updateLibrary } from "../shell/shell.ts";
import { type Address, paperAt, parseAddress, titleOf } from "./address.ts";
import { CardAnnotations } from "./card-annotations.ts";
import { DayFrame } from "./day-frame.ts";
import { type FilterActions, showFilterBar } from "./filter-bar.ts";
import { clearError, IndexPoller, showError } from "./index-poller.ts";
import {
  computeView,
  emptyMessage,
  shownDayOf,
  shownEntryOf,
  sourceOf,
  topicNameOf,
  type View,
  watchStateOf,
} from "./view.ts";

/** Milliseconds after which a message takes the place of a list that is still loading. */
const SLOW_LOAD = 300;

const byId = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T;

export class DayView {
  address: Address = parseAddress(location);
  index: SiteIndex | null = null;
  view: View | null = null;
  readonly days = new Map<string, DayPapers>();
  readonly searchClient = new SearchClient();
  readonly annotations = new CardAnnotations();
  readonly report = (error: unknown): void => this.reportError(error);
  readonly poller = new IndexPoller(
    (index) => this.acceptIndex(index),
    () => this.showMessage("No listing yet. The first one appears as soon as it is read."),
    this.report,
  );
  readonly listElement = byId("list");
  readonly list = new CardList(
    this.listElement,
    byId("rest"),
    (entries) =>
      this.annotations.annotate(entries, this.view, this.shownDay ?? "", this.address.list !== null),
    this.report,
  );
  readonly expanded = new ExpandedCard(
    (id) => this.loadPaper(id),
    async (id) => this.days.get(this.annotations.dayOf.get(id) ?? "")?.related(id),
    () => this.index?.reportErrorsTo,
    (card) => {
      observeMaths(card);
      for (const part of card.querySelectorAll(".points, .slot")) this.view?.highlighter?.mark(part);
      const id = card.dataset["id"]!;
      card.classList.add("read");
      if (!library.value.read.includes(id)) updateLibrary((draft) => draft.read.push(id));
    },
  );
  private readonly query = byId<HTMLInputElement>("query");
  private readonly frame = new DayFrame();
  /** Counts the lists that were asked for: only the latest one is shown. */
  private version = 0;
  private hasShown = false;
  private watchState = "";
  private hasNewWatchRules = false;

  constructor(private readonly filterActions: Omit<FilterActions, "toggleHidden">) {}

  /** Null before the first index. */
  get shownDay(): string | null {
    return this.index && shownDayOf(this.address, this.index);
  }

  get shownPapers(): DayPapers | undefined {
    return this.days.get(this.shownDay ?? "");
  }

  async loadPaper(id: string): Promise<PaperView | undefined> {
    return this.days.get(this.annotations.dayOf.get(id) ?? "")?.paper(id);
  }

  /** Takes the first index, a newer one, or the same one again if a part of it could not be loaded. */
  private async acceptIndex(index: SiteIndex): Promise<void> {
    const previous = this.index;
    const wasIncomplete = this.poller.isIncomplete;
    if (previous?.generatedAt === index.generatedAt && this.view && !wasIncomplete) return;
    // A newer day has come, or the shown day is no longer held. A reader with an open paper keeps both.
    const isOtherDay = previous !== null && this.entryIn(previous)?.day !== this.entryIn(index)?.day;
    if (isOtherDay && this.view && this.expanded.current) return;
    this.poller.isIncomplete = false;
    this.index = index;
    this.days.clear();
    for (const entry of index.days) this.days.set(entry.day, new DayPapers(entry));
    if (!previous || !this.view) await this.show(!this.hasShown);
    else {
      this.updateFrame();
      if (!this.address.query && !this.address.list)
        await (isOtherDay ? this.show() : this.refresh(previous, index, wasIncomplete));
    }
    if (!this.poller.isIncomplete) clearError();
  }

  /** Updates the shown cards in place, without moving what the reader looks at. */
  private async refresh(previous: SiteIndex, index: SiteIndex, wasIncomplete: boolean): Promise<void> {
    const [before, now] = [previous, index].map((held) => JSON.stringify(this.entryIn(held)?.parts));
    if (now && (wasIncomplete || before !== now)) await this.updateInPlace(this.version);
  }

  private async updateInPlace(version: number): Promise<void> {
    const view = await this.compute();
    // Meanwhile the reader may have asked for another list.
    if (!view || version !== this.version) return;
    // Cards that stay keep their highlights.
    this.view = { ...view, highlighter: this.view?.highlighter ?? view.highlighter };
    await this.list.update(
      view.source,
      (element) => element === this.expanded.current || element.contains(document.activeElement),
    );
  }

  /** Ranks the results of a search again, by meaning too. A reader who already reads the list keeps it as it is. */
  private async rerank(version: number): Promise<void> {
    const isRead =
      this.expanded.current !== null ||
      this.listElement.contains(document.activeElement) ||
      this.listElement.getBoundingClientRect().top < 0;
    if (version !== this.version || isRead) return;
    // Without results there is a message in place of the list.
    if (!this.view) {
      await this.show(false, this.startSearch(), false);
      return;
    }
    this.listElement.ariaBusy = "true";
    try {
      await this.updateInPlace(version);
    } finally {
      if (version === this.version) this.listElement.ariaBusy = null;
    }
    if (version === this.version) this.showFilter();
  }

  private entryIn(index: SiteIndex): DayEntry | undefined {
    return shownEntryOf(this.address, index);
  }

  private compute(): Promise<View | null> {
    this.watchState = watchStateOf();
    return computeView(this.address, {
      index: this.index!,
      days: this.days,
      searchClient: this.searchClient,
    });
  }

  /** Starts the search that the address names; null if it names none. */
  startSearch(): Promise<View | null> | null {
    return this.index && this.address.query ? this.compute() : null;
  }

  /** @param canRerank whether a search may be repeated once it would rank better. */
  async show(isFirst = false, search = this.startSearch(), canRerank = true): Promise<void> {
    if (!this.index) return;
    const version = ++this.version;
    this.listElement.ariaBusy = "true";
    const slow = setTimeout(() => {
      if (version === this.version && this.hasShown) this.showMessage("Loading papers…");
    }, SLOW_LOAD);
    try {
      const view = await this.showView(version, isFirst, search, () => clearTimeout(slow));
      if (canRerank)
        view?.rerankable
          ?.then((isRerankable) => (isRerankable ? this.rerank(version) : undefined))
          .catch(this.report);
      this.hasShown = true;
    } catch (error) {
      // The previous list does not belong under the new heading.
      if (version === this.version) this.showMessage("The papers could not be loaded.");
      throw error;
    } finally {
      clearTimeout(slow);
      if (version === this.version) this.listElement.ariaBusy = null;
    }
  }

  /**
   * @param onLoaded called when the list's first papers are loaded.
   * @returns the shown view; null if there is none or another one replaces it.
   */
  private async showView(
    version: number,
    isFirst: boolean,
    search: Promise<View | null> | null,
    onLoaded: () => void,
  ): Promise<View | null> {
    const index = this.index!;
    this.updateFrame();
    document.title = titleOf(this.address);
    if (document.activeElement !== this.query) this.query.value = this.address.query;
    const paperId = isFirst ? paperAt(location.pathname) : null;
    if (paperId !== null) {
      await this.showOnePaper(paperId);
      return null;
    }
    if (!this.address.query && !this.address.list && !this.entryIn(index)) {
      const [newest, oldest] = [index.days[0]!.day, index.days.at(-1)!.day];
      this.showMessage(`${this.address.day} is not available. Available days: ${oldest} to ${newest}.`);
      return null;
    }
    // The prerendered cards are the day's, not the results of a shared search.
    if (isFirst && search) this.showMessage("Searching…");
    const view = await (search ?? this.compute());
    const { day, part } = this.listElement.dataset;
    const entry = this.entryIn(index);
    const isPrerendered =
      isFirst &&
      view?.cards === null &&
      day === entry?.day &&
      entry?.parts
        .map((each) => each.cards)
        .join(" ")
        .startsWith(part ?? "");
    // The prerendered cards need no data before the reader scrolls beyond them or does something with one.
    if (!isPrerendered) await view?.source.slice(0, 1);
    if (version !== this.version || !view) return null;
    onLoaded();
    this.view = view;
    CSS.highlights?.clear();
    this.annotations.startList();
    this.showFilter();
    if (isPrerendered) this.list.adopt(view.source);
    else await this.list.show(view.source);
    if (view.source.total === 0 && version === this.version)
      this.showMessage(emptyMessage(this.address, this.view));
    return view;
  }

  /** Shows a paper alone and expanded: offline, the service worker answers a paper's address with this page. */
  private async showOnePaper(id: string): Promise<void> {
    for (const papers of this.days.values()) {
      const card = (await papers.all()).find((candidate) => candidate.id === id);
      if (!card) continue;
      this.address = { ...this.address, day: papers.entry.day };
      this.updateFrame();
      await this.list.show(sourceOf([card]));
      await this.expanded.open(this.list.elements[0]!, false);
      return;
    }
    this.showMessage(`arXiv:${id} is not available here.`);
  }

  private updateFrame(): void {
    this.frame.update(this.index!, this.address).catch(this.report);
  }

  /** Shows a sentence in place of the cards. */
  private showMessage(text: string): void {
    this.view = null;
    const paragraph = document.createElement("p");
    paragraph.className = "empty";
    paragraph.textContent = text;
    this.list.clear(paragraph);
    delete this.listElement.dataset["day"];
    this.showFilter();
  }

  private reportError(error: unknown): void {
    if (!(error instanceof DataError)) throw error;
    this.frame.invalidate();
    this.poller.fail();
    showError(error.message, () => this.poller.retryNow());
  }

  /** Brings the page in line with what the reader has saved, hidden and watched. */
  showLibrary(): void {
    const { rules, watchedFirst } = library.value;
    this.showForYou();
    const order = document.querySelector<HTMLElement>('[data-do="order"]')!;
    order.hidden = !rules.some((rule) => !rule.muted);
    order.setAttribute("aria-pressed", String(watchedFirst));
    showDensity(this.listElement);
    const isSavedList = this.address.list !== null;
    for (const element of this.list.elements) this.annotations.showState(element, isSavedList);
    if (!this.view) return;
    if (this.watchState === watchStateOf()) {
      this.showFilter();
      return;
    }
    this.hasNewWatchRules = true;
    this.show()
      .then(() => document.querySelector(".view")!.scrollIntoView({ block: "start", behavior: "instant" }))
      .catch(this.report);
  }

  /** Shows whether the day is ordered for the reader, and the panel that says by what. */
  private showForYou(): void {
    const isOn = library.value.order === "for-you";
    document.querySelector('[data-do="for-you"]')!.setAttribute("aria-pressed", String(isOn));
    if (isOn || byId("for-you"))
      import("../for-you/for-you.ts").then((forYou) => forYou.showPanel()).catch(() => undefined);
  }

  private showFilter(): void {
    const { address, annotations, view } = this;
    const { hidden } = library.value;
    const ids = view?.cards
      ? view.cards.map((card) => card.id)
      : this.list.elements.map((element) => element.dataset["id"]!);
    showFilterBar(
      byId("filter"),
      {
        address,
        caption: view?.caption ?? null,
        names: {
          topic: (slug) => (this.index ? topicNameOf(slug, this.index) : slug),
          themeTitle: view?.themeTitle ?? null,
          newestDay: this.index?.days[0]?.day ?? null,
        },
        hiddenCount: address.list ? 0 : ids.filter((id) => hidden.includes(id)).length,
        showsHidden: annotations.showsHidden,
        hasNewWatchRules: this.hasNewWatchRules,
      },
      {
        ...this.filterActions,
        toggleHidden: () => {
          annotations.showsHidden = !annotations.showsHidden;
          this.showLibrary();
        },
      },
    );
  }
}
