/** The page of a listing day, of a search over all days, and of the saved papers: what the reader does there. */
import { chooseDensity, startSkimRows } from "../cards/density.ts";
import { toggleHidden, toggleSaved } from "../cards/save-and-hide.ts";
import type { PaperView } from "../data/types.ts";
import type { CitationFormat } from "../library/citation-formats.ts";
import { citationOf, downloadCitations } from "../library/cite-dialog.ts";
import { library, notify, openDialog, updateLibrary } from "../shell/shell.ts";
import { startShortcuts } from "../shell/shortcuts.ts";
import { keyOf } from "../templates/contexts.ts";
import { type Address, formatAddress, parseAddress, queryOf } from "./address.ts";
import { AddressHistory } from "./address-history.ts";
import { DayView } from "./day-view.ts";
import { isOtherDay } from "./filter-chips.ts";
import { citeList } from "./list-citations.ts";
import { handleClick } from "./page-clicks.ts";
import { prefetchOnFirstInput } from "./prefetch.ts";
import { startPrinting } from "./printing.ts";
import { restoreScrollPosition, saveScrollPosition } from "./scroll-position.ts";
import { pluralize } from "./view.ts";

const byId = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T;

export class DayPage {
  private readonly query = byId<HTMLInputElement>("query");
  private readonly history = new AddressHistory();
  private readonly day = new DayView({ go: (address) => this.go(address), clear: () => this.clear() });

  async start(): Promise<void> {
    const { day, query } = this;
    document.addEventListener("click", (event) => this.onClick(event));
    window.addEventListener("popstate", () => this.onHistory());
    window.addEventListener("online", () => day.poller.isOutdated && day.poller.retryNow());
    window.addEventListener("pagehide", () => this.saveSeen());
    setInterval(() => this.saveSeen(), 5_000);
    query.addEventListener("focus", () => {
      if (day.index?.search) day.searchClient.load(day.index.search).catch(day.report);
    });
    query.addEventListener("input", () => this.onQuery());
    library.onChange(() => day.showLibrary());
    prefetchOnFirstInput(
      () => day.shownPapers,
      () => day.index?.search,
    );
    startPrinting(() => day.list);
    startSkimRows(day.listElement);
    day.showLibrary();
    void day.poller.poll();
    // A separate task, so that a slow phone can paint in between.
    await new Promise((resolve) => setTimeout(resolve));
    startShortcuts({
      list: day.listElement,
      more: () => day.list.more(day.list.elements.length + 8),
      open: (card) => this.toggle(card),
      save: (card) => this.save(card),
      hide: (card) => toggleHidden(card.dataset["id"]!),
      search: () => query.focus(),
      escape: () => this.escape(),
    });
  }

  private onClick(event: MouseEvent): void {
    handleClick(event, {
      list: this.day.listElement,
      current: () =>
        this.day.index && {
          address: this.day.address,
          day: this.day.shownDay!,
          newestDay: this.day.index.days[0]!.day,
        },
      go: (address) => this.go(address),
      toggle: (card) => this.toggle(card),
      save: (card) => this.save(card),
      hide: (card) => toggleHidden(card.dataset["id"]!),
      cite: (format, id) => void this.cite(format, id).catch(this.day.report),
      openCiteDialog: () => {
        byId("cite-what").textContent = pluralize(this.day.view?.source.total ?? 0, "paper");
        openDialog("cite");
      },
      openWatchDialog: () => {
        const tags = this.day.index?.days.flatMap((day) => day.tags.map(({ tag }) => tag)) ?? [];
        import("../library/watch-dialog.ts")
          .then(({ openWatchDialog }) => openWatchDialog(tags))
          .catch(() => notify("The watch list could not be loaded. Try again."));
      },
      toggleWatchedFirst: () =>
        updateLibrary((draft) => {
          draft.watchedFirst = !draft.watchedFirst;
        }),
      toggleForYou: () =>
        updateLibrary((draft) => {
          draft.order = draft.order === "for-you" ? "arxiv" : "for-you";
        }),
      setDensity: (density) => chooseDensity(this.day.listElement, density),
    });
  }

  private onHistory(): void {
    this.history.discard();
    if (this.day.expanded.follow()) return;
    const before = formatAddress(this.day.address);
    this.day.address = parseAddress(location);
    if (formatAddress(this.day.address) === before) return;
    this.query.value = this.day.address.query;
    this.day
      .show()
      .then(() => restoreScrollPosition(this.day.list))
      .catch(this.day.report);
  }

  private onQuery(): void {
    const query = queryOf(this.query.value);
    if (query === this.day.address.query) return;
    // The first key leaves the day, so that "back" returns to it. Each further key refines the same search.
    const isNew = this.day.address.query === "" || query === "";
    this.go({ day: null, tags: query ? this.day.address.tags : [], theme: null, query, list: null }, !isNew);
  }

  private toggle(card: HTMLElement): void {
    this.history.flush();
    if (this.day.expanded.current === card) this.day.expanded.close();
    else this.day.expanded.open(card).catch(this.day.report);
  }

  private save(element: HTMLElement): void {
    const id = element.dataset["id"]!;
    const day = this.day.annotations.dayOf.get(id)!;
    const known = this.day.annotations.cardOf.get(id);
    const load = (): Promise<PaperView | undefined> => this.day.loadPaper(id);
    if (known) {
      toggleSaved(known, day, load);
      return;
    }
    // The data of a prerendered card is not loaded yet.
    const toggle = async (): Promise<void> => {
      const card = (await this.day.days.get(day)!.all()).find((candidate) => candidate.id === id);
      if (card) toggleSaved(card, day, load);
    };
    toggle().catch(this.day.report);
  }

  private async cite(format: CitationFormat, id: string | undefined): Promise<void> {
    if (!id) {
      const day = this.day.shownDay!;
      await citeList(
        format,
        this.day.address,
        this.day.view!,
        this.day.days,
        day,
        this.day.annotations.showsHidden,
      );
      return;
    }
    const paper = await this.day.loadPaper(id);
    if (paper) await downloadCitations([citationOf(paper)], format, keyOf(id));
  }

  private escape(): void {
    const { query, tags, theme, list } = this.day.address;
    if (this.day.expanded.current) this.day.expanded.close();
    else if (query || tags.length || theme || list) this.clear();
  }

  /** Removes all filters. */
  private clear(): void {
    this.query.value = "";
    const isAcrossDays = this.day.address.query || this.day.address.list;
    this.go({
      day: isAcrossDays ? null : this.day.address.day,
      tags: [],
      theme: null,
      query: "",
      list: null,
    });
  }

  private go(address: Address, replace = false): void {
    document.querySelector<HTMLElement>(":popover-open")?.hidePopover();
    this.history.flush();
    if (!replace && !this.day.expanded.current) saveScrollPosition(this.day.list);
    this.day.expanded.leave();
    this.day.address = address;
    const pressed = document.activeElement;
    // The worker searches while this thread updates the address and the frame.
    const search = this.day.startSearch();
    if (replace) this.history.replace(() => this.day.address);
    else {
      this.history.push(address);
      if (!search) this.history.flush();
    }
    this.day
      .show(false, search)
      .then(() => {
        if (!search) this.scrollToListStart();
        this.keepFocus(pressed);
      })
      .catch(this.day.report)
      .finally(() => setTimeout(() => this.history.flush()));
  }

  /** What was pressed keeps the focus. If it is gone or hidden, the filter that it set is the next best place. */
  private keepFocus(pressed: Element | null): void {
    const { activeElement } = document;
    const isLost = activeElement === document.body || !activeElement?.checkVisibility();
    if (!isLost || pressed === document.body) return;
    document.querySelector<HTMLElement>("#filter .chip, #filter button")?.focus({ preventScroll: true });
  }

  private scrollToListStart(): void {
    const { address, index } = this.day;
    const isNarrowed =
      address.tags.length > 0 || address.theme !== null || isOtherDay(address, index?.days[0]?.day ?? null);
    const start = isNarrowed ? document.querySelector(".view")! : byId("papers");
    if (isNarrowed || start.getBoundingClientRect().top < 0)
      start.scrollIntoView({ block: "start", behavior: "instant" });
  }

  private saveSeen(): void {
    if (!this.day.index) return;
    const held = this.day.index.days.map((day) => day.day);
    this.day.annotations.seen.save(held, (id) => this.day.annotations.dayOf.get(id));
  }
}
