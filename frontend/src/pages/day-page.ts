/** The page of a listing day, of a search over all days, and of the reading list. */

import { CardList, type CardSource } from "../cards/card-list.ts";
import { chooseDensity, revealOnTap, showDensity, startSkimRows } from "../cards/density.ts";
import { ExpandedCard } from "../cards/expanded-card.ts";
import { showHidden, showSaved, toggleHidden, toggleSaved } from "../cards/save-and-hide.ts";
import { DataError, DayPapers, readIndex } from "../data/site-data.ts";
import type { DayEntry, PaperCard, PaperView, SiteIndex } from "../data/types.ts";
import type { CitationFormat } from "../library/citation-formats.ts";
import { citationOf, citationOfSaved, downloadCitations } from "../library/cite-dialog.ts";
import type { Density } from "../library/library.ts";
import { setTopicOptions, startWatchDialog } from "../library/watch-dialog.ts";
import { applyWatchRules, type PapersByAuthor } from "../library/watch-rules.ts";
import { highlightIn, setHighlightTerms } from "../search/highlight.ts";
import { SearchClient } from "../search/search-client.ts";
import { library, notify, observeMaths, openDialog, updateLibrary } from "../shell/shell.ts";
import { startShortcuts } from "../shell/shortcuts.ts";
import { dayContext, keyOf, slugOf } from "../templates/contexts.ts";
import { formats, localClock } from "../templates/formats.ts";
import { fillRegion } from "../templates/regions.ts";
import { type Address, formatAddress, paperAt, parseAddress } from "./address.ts";
import { chipButtons, chipsOf } from "./filter-chips.ts";
import { showOverview, themeOf } from "./overview.ts";
import { restoreScrollPosition, saveScrollPosition } from "./scroll-position.ts";

/** Milliseconds between two looks at the index: while the first papers are read, while summaries come in, and else. */
const POLL_INTERVAL = { empty: 4_000, waiting: 15_000, quiet: 300_000 };

/** Milliseconds after which a list gives way to a sentence while its papers are read. */
const SLOW = 300;

/** Milliseconds until what failed is tried again: twice as long each time, and not all browsers at once. */
const retryAfter = (failures: number): number =>
  Math.min(POLL_INTERVAL.quiet, 2_000 * 2 ** failures) * (0.75 + Math.random() / 2);

/** What an address shows. */
interface View {
  source: CardSource;
  /** All cards, where they are known: a day that nothing filters or reorders is read as it is scrolled. */
  cards: PaperCard[] | null;
  reasons: Map<string, string>;
  /** The sentence above the list, or null where the day's own line says all. */
  says: string | null;
  terms: string[];
  /** The title of the theme that it is narrowed to. */
  theme: string | null;
}

const byId = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T;

/** Parts of a day that are kept for reading without a network: 512 papers, a megabyte at most, however large the day. */
const MAX_PREFETCHED_PARTS = 16;

const sourceOf = (cards: PaperCard[]): CardSource => ({
  total: cards.length,
  slice: async (from, to) => cards.slice(from, to),
});

const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? "" : "s"}`;

export class DayPage {
  private index: SiteIndex | null = null;
  private address: Address = parseAddress(location.search);
  private readonly days = new Map<string, DayPapers>();
  private view: View | null = null;
  private edition = 0;
  private showHidden = false;
  /** The listing day of each card on the page. */
  private readonly dayOf = new Map<string, string>();
  private readonly cardOf = new Map<string, PaperCard>();
  private rulesShown = "";
  private lastWasSeen = false;
  private divided = false;
  private readonly seen = new Set<HTMLElement>();
  private hasPrefetched = false;
  private framed = "";
  private filled = "";
  /** What is shown lacks something that could not be read. */
  private behind = false;
  private failures = 0;
  /** Whether anything was shown yet. */
  private begun = false;
  private looking: ReturnType<typeof setTimeout> | undefined;

  private readonly searchClient = new SearchClient();
  private readonly listElement = byId("list");
  private readonly query = byId<HTMLInputElement>("query");
  private readonly list = new CardList(
    this.listElement,
    byId("rest"),
    (cards) => this.onCards(cards),
    (error) => this.complain(error),
  );
  private readonly reading = new ExpandedCard(
    (id) => this.paper(id),
    () => this.index?.reportErrorsTo,
    (card) => {
      observeMaths(card);
      for (const came of card.querySelectorAll(".points, .slot")) highlightIn(came);
      const id = card.dataset["id"]!;
      card.classList.add("read");
      if (!library.value.read.includes(id)) updateLibrary((draft) => draft.read.push(id));
    },
  );
  private readonly visible = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue;
        this.visible.unobserve(target);
        this.seen.add(target as HTMLElement);
      }
    },
    { threshold: 0.5 },
  );

  async start(): Promise<void> {
    document.addEventListener("click", (event) => this.onClick(event));
    window.addEventListener("popstate", () => {
      this.leaving = null;
      if (this.reading.follow()) return;
      const before = formatAddress(this.address);
      this.address = parseAddress(location.search);
      if (formatAddress(this.address) === before) return;
      this.query.value = this.address.query;
      this.show()
        .then(() => restoreScrollPosition(this.list))
        .catch((error) => this.complain(error));
    });
    this.query.addEventListener("focus", () => {
      if (this.index?.search)
        this.searchClient.load(this.index.search).catch((error) => this.complain(error));
    });
    this.query.addEventListener("input", () => this.onQuery());
    library.onChange(() => this.showLibrary());
    setInterval(() => this.saveSeen(), 5_000);
    window.addEventListener("pagehide", () => this.saveSeen());
    window.addEventListener("online", () => this.behind && this.tryAgain());
    for (const sign of ["scroll", "keydown", "pointerdown"]) {
      window.addEventListener(sign, () => this.prefetchDay(), { once: true, passive: true });
    }
    startSkimRows(this.listElement);
    this.showLibrary();
    void this.look();
    // A task of its own, so that a slow phone can draw in between.
    await new Promise((resolve) => setTimeout(resolve));
    startWatchDialog();
    startShortcuts({
      list: this.listElement,
      more: () => this.list.more(this.list.elements.length + 8),
      open: (card) => this.toggle(card),
      star: (card) => this.star(card),
      hide: (card) => toggleHidden(card.dataset["id"]!),
      search: () => this.query.focus(),
      escape: () => this.escape(),
    });
  }

  private async look(): Promise<void> {
    let wait = POLL_INTERVAL.empty;
    try {
      const index = await readIndex();
      if (index && index.days.length > 0) {
        await this.takeAttribute(index);
        wait = index.days.some((day) => day.counts.waiting > 0) ? POLL_INTERVAL.waiting : POLL_INTERVAL.quiet;
      } else if (index) {
        this.say("No listing yet. The first one appears as soon as it is read.");
      }
      if (!this.behind) this.failures = 0;
    } catch (error) {
      this.complain(error);
    }
    this.lookIn(this.behind ? retryAfter(this.failures) : wait);
  }

  private lookIn(wait: number): void {
    clearTimeout(this.looking);
    this.looking = setTimeout(() => void this.look(), wait);
  }

  private tryAgain(): void {
    this.failures = 0;
    this.lookIn(0);
  }

  /** Takes an index, the first or a newer one, or the same one where something of it could not be read. */
  private async takeAttribute(index: SiteIndex): Promise<void> {
    const before = this.index;
    const { behind } = this;
    if (before?.generatedAt === index.generatedAt && this.view && !behind) return;
    // A newer day has come, or the shown one has left the history; who reads a paper keeps it, and its day.
    const isOther = before !== null && this.entryIn(before)?.day !== this.entryIn(index)?.day;
    if (isOther && this.view && this.reading.current) return;
    this.behind = false;
    this.index = index;
    this.days.clear();
    for (const entry of index.days) this.days.set(entry.day, new DayPapers(entry));
    setTopicOptions(index.days.flatMap((day) => day.tags.map((entry) => entry.tag)));
    if (!before || !this.view) await this.show(!this.begun);
    else {
      this.frame();
      if (!this.address.query && !this.address.list)
        await (isOther ? this.show() : this.renew(before, index, behind));
    }
    if (!this.behind) document.getElementById("error")?.remove();
  }

  /** Brings what is shown up to date without moving it under the reader. */
  private async renew(before: SiteIndex, index: SiteIndex, behind: boolean): Promise<void> {
    const [former, now] = [before, index].map((held) => this.entryIn(held)?.parts);
    if (now && (behind || JSON.stringify(former) !== JSON.stringify(now))) {
      const view = await this.compute();
      if (!view) return;
      this.view = view;
      await this.list.update(
        view.source,
        (element) => element === this.reading.current || element.contains(document.activeElement),
      );
    }
  }

  private shownDayIn(index: SiteIndex): string {
    return this.address.day ?? index.days[0]!.day;
  }

  /** The shown day, or undefined where it is not held. */
  private entryIn(index: SiteIndex): DayEntry | undefined {
    return index.days.find((day) => day.day === this.shownDayIn(index));
  }

  /** Has the worker search for what the address asks for; null where it asks for nothing. */
  private ask(): Promise<View | null> | null {
    return this.index && this.address.query ? this.compute() : null;
  }

  private async show(first = false, asked = this.ask()): Promise<void> {
    if (!this.index) return;
    const edition = ++this.edition;
    const slow = setTimeout(() => {
      if (edition === this.edition && this.begun) this.say("Loading papers…");
    }, SLOW);
    try {
      await this.showView(edition, first, asked, () => clearTimeout(slow));
      this.begun = true;
    } catch (error) {
      // What was there before is not what the page's head now says.
      if (edition === this.edition) this.say("The papers could not be loaded.");
      throw error;
    } finally {
      clearTimeout(slow);
    }
  }

  /** @param onRead called when the list's first papers are there. */
  private async showView(
    edition: number,
    first: boolean,
    asked: Promise<View | null> | null,
    onRead: () => void,
  ): Promise<void> {
    const index = this.index!;
    this.frame();
    if (document.activeElement !== this.query) this.query.value = this.address.query;
    const direct = first ? paperAt(location.pathname) : null;
    if (direct !== null) {
      await this.showOne(direct);
      return;
    }
    if (!this.address.query && !this.address.list && !this.days.has(this.shownDayIn(index))) {
      const { days } = index;
      this.say(
        `${this.address.day} is not available. Available days: ${days.at(-1)!.day} to ${days[0]!.day}.`,
      );
      return;
    }
    // Until the answer to a shared search is there, the day's cards that came with the page are not it.
    if (first && asked) this.say("Searching…");
    const view = await (asked ?? this.compute());
    await view?.source.slice(0, 1);
    if (edition !== this.edition || !view) return;
    onRead();
    this.view = view;
    setHighlightTerms(view.terms);
    this.divided = false;
    this.lastWasSeen = false;
    this.showFilter();
    const { day, part } = this.listElement.dataset;
    const entry = this.days.get(this.shownDayIn(index))?.entry;
    const came = first && view.cards === null && day === entry?.day && part === entry?.parts[0]?.cards;
    if (came) this.list.adopt(view.source);
    else await this.list.show(view.source);
    if (view.source.total === 0 && edition === this.edition) this.say(this.whyEmpty());
  }

  /** A paper's address whose own page could not be had (no network): the paper alone, opened. */
  private async showOne(id: string): Promise<void> {
    for (const papers of this.days.values()) {
      const card = (await papers.all()).find((candidate) => candidate.id === id);
      if (!card) continue;
      this.address = { ...this.address, day: papers.entry.day };
      this.frame();
      await this.list.show(sourceOf([card]));
      await this.reading.open(this.list.elements[0]!, false);
      return;
    }
    this.say(`arXiv:${id} is not available here.`);
  }

  /** Finds out what the address shows; null where it shows something else before the answer is there. */
  private async compute(): Promise<View | null> {
    const { query, list, tags, theme: slug } = this.address;
    const { rules, watchedFirst, saved } = library.value;
    this.rulesShown = JSON.stringify([rules, watchedFirst]);
    const fits = (card: PaperCard): boolean =>
      tags.every((wanted) => card.tags.some((tag) => slugOf(tag) === wanted));
    const topics = tags.length ? ` on ${tags.map((tag) => this.nameOf(tag)).join(" and ")}` : "";

    if (list) {
      const cards = Object.values(saved)
        .sort((a, b) => b.at.localeCompare(a.at))
        .map(({ card, day }) => ({ ...card, day }))
        .filter(fits);
      return this.viewOf(cards, `${counted(cards.length, "saved paper")}${topics}.`);
    }

    if (query) {
      const file = this.index!.search;
      if (!file) return this.viewOf([], "Search is not available yet.");
      const found = await this.searchClient.search(file, query, { day: this.address.day, tags });
      if (!found) return null;
      const { cards, total, terms } = found;
      const where = this.address.day
        ? `of ${this.address.day}`
        : `of ${counted(this.index!.days.length, "day")}`;
      const most = total > cards.length ? `The best ${cards.length} of ` : "";
      return this.viewOf(
        cards,
        `${most}${counted(total, "paper")} ${where}${topics} found for “${query}”.`,
        terms,
      );
    }

    const papers = this.days.get(this.shownDayIn(this.index!))!;
    if (tags.length === 0 && rules.length === 0 && !slug) {
      return { source: papers, cards: null, reasons: new Map(), says: null, terms: [], theme: null };
    }
    const theme = slug ? await themeOf(papers.entry, slug) : undefined;
    const all = await papers.all();
    const within = theme ? all.filter((card) => theme.papers.some((paper) => paper.id === card.id)) : all;
    const ordered = applyWatchRules(within.filter(fits), rules, await this.byAuthor(), watchedFirst);
    const parts = [
      ...(theme
        ? [`${ordered.cards.length} of ${counted(papers.total, "paper")}${topics} in “${theme.title}”`]
        : slug
          ? ["This theme no longer exists: the day’s papers have changed"]
          : []),
      ...(tags.length && !theme
        ? [`${ordered.cards.length} of ${counted(papers.total, "paper")}${topics}`]
        : []),
      ...(rules.some((rule) => !rule.muted) ? [`${ordered.reasons.size} on your watch list`] : []),
      ...(ordered.muted ? [`${ordered.muted} muted`] : []),
    ];
    return {
      ...this.viewOf(ordered.cards, parts.length ? `${parts.join(", ")}.` : null),
      reasons: ordered.reasons,
      theme: theme?.title ?? null,
    };
  }

  private viewOf(cards: PaperCard[], says: string | null, terms: string[] = []): View {
    return { source: sourceOf(cards), cards, reasons: new Map(), says, terms, theme: null };
  }

  private async byAuthor(): Promise<PapersByAuthor> {
    const names = library.value.rules.filter((rule) => rule.kind === "author").map((rule) => rule.text);
    return names.length && this.index!.search
      ? this.searchClient.byAuthor(this.index!.search, names)
      : new Map();
  }

  private nameOf(slug: string): string {
    return (
      this.index!.days.flatMap((day) => day.tags).find((entry) => slugOf(entry.tag) === slug)?.tag ?? slug
    );
  }

  private whyEmpty(): string {
    if (this.address.list)
      return "No saved papers yet. Press “Save” under a paper, or the key s. The list stays in this browser.";
    if (this.address.query) return "No results. Try fewer or shorter words.";
    if (this.view?.says) return "No paper of this day matches these filters.";
    return "arXiv announced no papers in these categories for this day.";
  }

  private frame(): void {
    const index = this.index!;
    const elsewhere = this.address.list !== null || (this.address.query !== "" && !this.address.day);
    const { seen, visit } = library.value;
    const shown = this.shownDayIn(index);
    // Each key of a search comes by here, and changes nothing of it.
    const next = index.upcoming.find(({ at }) => Date.parse(at) > Date.now())?.at;
    const filled = JSON.stringify([
      index.generatedAt,
      shown,
      this.address.tags,
      next,
      visit.number,
      Object.keys(seen),
    ]);
    const framed = JSON.stringify([filled, this.address.list, elsewhere]);
    if (framed === this.framed) return;
    this.framed = framed;
    // A search's first letter leaves the day, and all around it as it was: it is to be answered at once.
    const regions = filled !== this.filled ? ["shown", "days", "topics", "foot"] : [];
    if (!regions.length && !elsewhere && !document.querySelector(".days [aria-current]"))
      regions.push("days");
    this.filled = filled;
    if (!elsewhere && this.days.has(shown)) regions.push("day");
    if (regions.length) {
      const context = dayContext(index, shown, new Date(), {
        chosen: this.address.tags,
        isFresh: (day) => visit.number > 1 && !seen[day],
        clock: localClock,
      });
      for (const region of regions) fillRegion(region, context);
    }
    if (!regions.includes("day")) this.showHeading(elsewhere);
    const entry = elsewhere ? undefined : index.days.find((day) => day.day === shown);
    showOverview(entry, this.address.theme).catch((error) => this.complain(error));
    if (elsewhere) {
      for (const link of document.querySelectorAll(".days [aria-current]"))
        link.removeAttribute("aria-current");
    }
    document.querySelector('[data-do="saved"]')?.toggleAttribute("aria-current", this.address.list !== null);
  }

  /** The heading where no day's head stands. */
  private showHeading(elsewhere: boolean): void {
    const heading = document.createElement("h1");
    heading.className = "date";
    heading.textContent = this.address.list
      ? "Saved papers"
      : elsewhere
        ? "Search"
        : Number.isNaN(Date.parse(this.address.day!))
          ? this.address.day!
          : formats["long"]!(this.address.day!);
    document.querySelector('[data-fill="day"]')!.replaceChildren(heading);
  }

  private onCards(entries: { card: PaperCard | null; element: HTMLElement }[]): void {
    const day = this.index ? this.shownDayIn(this.index) : "";
    const { visit, seen, read } = library.value;
    const inOrder = this.view?.cards === null;
    for (const { card, element } of entries) {
      const id = element.dataset["id"]!;
      if (card) this.cardOf.set(id, card);
      const own = (card as { day?: string } | null)?.day ?? day;
      this.dayOf.set(id, own);
      const reason = this.view?.reasons.get(id);
      if (reason !== undefined) {
        const line = document.createElement("p");
        line.className = "reason";
        line.textContent = `matches: ${reason}`;
        element.prepend(line);
      }
      const seenBefore = (seen[own]?.[id] ?? visit.number) < visit.number;
      if (inOrder && this.lastWasSeen && !seenBefore && !this.divided) {
        this.divided = true;
        const divider = document.createElement("p");
        divider.className = "divider";
        divider.textContent = "New since your last visit";
        element.prepend(divider);
      }
      this.lastWasSeen = seenBefore;
      element.tabIndex = -1;
      element.classList.toggle("read", read.includes(id));
      this.showTriage(element);
      this.visible.observe(element);
      observeMaths(element);
      highlightIn(element);
    }
  }

  /** Puts what the library says on the page. */
  private showLibrary(): void {
    const { rules, watchedFirst } = library.value;
    const order = document.querySelector<HTMLElement>('[data-do="order"]')!;
    order.hidden = !rules.some((rule) => !rule.muted);
    order.setAttribute("aria-pressed", String(watchedFirst));
    showDensity(this.listElement);
    for (const element of this.list.elements) this.showTriage(element);
    if (this.view && this.rulesShown !== JSON.stringify([rules, watchedFirst]))
      this.show()
        .then(() => byId("filter").scrollIntoView({ block: "start", behavior: "instant" }))
        .catch((error) => this.complain(error));
    else if (this.view) this.showFilter();
  }

  private showTriage(element: HTMLElement): void {
    const id = element.dataset["id"]!;
    const hidden = library.value.hidden.includes(id);
    showSaved(element, id in library.value.saved);
    showHidden(element, hidden);
    element.hidden = hidden && !this.showHidden && !this.address.list;
  }

  private showFilter(): void {
    const place = byId("filter");
    const { hidden } = library.value;
    const hiddenHere = this.address.list
      ? 0
      : this.view?.cards
        ? this.view.cards.filter((card) => hidden.includes(card.id)).length
        : this.list.elements.filter((element) => hidden.includes(element.dataset["id"]!)).length;
    const says = [this.view?.says, hiddenHere ? `${hiddenHere} hidden.` : null].filter(Boolean).join(" ");
    place.hidden = !says;
    const text = document.createElement("span");
    text.textContent = says;
    place.replaceChildren(text);
    const add = (name: string, act: () => void): void => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = name;
      button.addEventListener("click", act);
      place.append(button);
    };
    const chips = chipsOf(this.address, (slug) => this.nameOf(slug), this.view?.theme ?? null);
    place.append(...chipButtons(chips, (address) => this.go(address)));
    byId("papers").classList.toggle("filtered", chips.length > 0);
    if (hiddenHere) {
      add(this.showHidden ? "Hide them" : "Show them", () => {
        this.showHidden = !this.showHidden;
        this.showLibrary();
      });
    }
    if (this.address.query || this.address.list) add("Back to the day", () => this.clear());
    else if (this.address.tags.length || this.address.theme) add("Show the whole day", () => this.clear());
    const tags = this.address.tags;
    if (tags.length === 1 && !this.address.query && !this.address.list) {
      const feed = document.createElement("a");
      feed.href = `/feeds/${tags[0]}.atom`;
      feed.textContent = "Feed of this topic";
      place.append(feed);
    }
  }

  private onClick(event: MouseEvent): void {
    const target = event.target as Element;
    const button = target.closest("button");
    const card = target.closest<HTMLElement>(".card");
    if (button) this.onButton(button, card);
    if (
      event.defaultPrevented ||
      event.button !== 0 ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey
    )
      return;
    const link = target.closest("a");
    if (!link || !this.index) return;
    const { day, slug, theme, do: doing } = link.dataset;
    if (card && link.matches(".more, .title a")) {
      event.preventDefault();
      if (!revealOnTap(this.listElement, card, event)) this.toggle(card);
    } else if (slug !== undefined) {
      event.preventDefault();
      const tags = this.address.tags.includes(slug)
        ? this.address.tags.filter((other) => other !== slug)
        : [...this.address.tags, slug];
      this.go({ ...this.address, tags });
    } else if (theme !== undefined) {
      event.preventDefault();
      // The day stands in the address, so that it can be passed on.
      const day = this.shownDayIn(this.index);
      this.go({ ...this.address, day, theme: theme === this.address.theme ? null : theme });
    } else if (day !== undefined) {
      event.preventDefault();
      this.go({
        day: day === this.index.days[0]?.day ? null : day,
        tags: this.address.tags,
        theme: null,
        query: "",
        list: null,
      });
    } else if (doing === "saved") {
      event.preventDefault();
      this.go({ day: null, tags: [], theme: null, query: "", list: this.address.list ? null : "saved" });
    }
  }

  private onButton(button: HTMLButtonElement, card: HTMLElement | null): void {
    const { do: doing, cite, density } = button.dataset;
    if (cite) {
      const id = card?.dataset["id"];
      this.cite(cite as CitationFormat, id).catch((error) => this.complain(error));
    } else if (card && doing === "save") this.star(card);
    else if (card && doing === "hide") toggleHidden(card.dataset["id"]!);
    else if (doing === "watch") openDialog("watch");
    else if (doing === "cite") {
      byId("cite-what").textContent = counted(this.view?.source.total ?? 0, "paper");
      openDialog("cite");
    } else if (density) chooseDensity(this.listElement, density as Density);
    else if (doing === "order")
      updateLibrary((draft) => {
        draft.watchedFirst = !draft.watchedFirst;
      });
  }

  private toggle(card: HTMLElement): void {
    this.leaving?.();
    if (this.reading.current === card) this.reading.close();
    else this.reading.open(card).catch((error) => this.complain(error));
  }

  private star(element: HTMLElement): void {
    const id = element.dataset["id"]!;
    const day = this.dayOf.get(id)!;
    const known = this.cardOf.get(id);
    const read = (): Promise<PaperView | undefined> => this.paper(id);
    if (known) toggleSaved(known, day, read);
    else
      this.days
        .get(day)!
        .all()
        .then((cards) => {
          const card = cards.find((candidate) => candidate.id === id);
          if (card) toggleSaved(card, day, read);
        })
        .catch((error) => this.complain(error));
  }

  private async paper(id: string): Promise<PaperView | undefined> {
    return this.days.get(this.dayOf.get(id) ?? "")?.paper(id);
  }

  private async cite(format: CitationFormat, id?: string): Promise<void> {
    if (id) {
      const paper = await this.paper(id);
      if (paper) await downloadCitations([citationOf(paper)], format, keyOf(id));
      return;
    }
    const name = this.address.list
      ? "reading-list"
      : this.address.query
        ? "search"
        : this.shownDayIn(this.index!);
    if (this.address.list) {
      const cards = this.view?.cards ?? [];
      await downloadCitations(
        cards.map((card) => citationOfSaved(library.value.saved[card.id]!)).filter(Boolean),
        format,
        name,
      );
      return;
    }
    const { source } = this.view!;
    const cards = await source.slice(0, source.total);
    const shown = cards.filter((card) => this.showHidden || !library.value.hidden.includes(card.id));
    if (shown.length > 300) notify(`Loading ${shown.length} papers…`);
    const papers = await Promise.all(
      shown.map((card) => {
        const day = (card as { day?: string }).day ?? this.shownDayIn(this.index!);
        return this.days.get(day)?.paper(card.id);
      }),
    );
    await downloadCitations(papers.filter((paper) => paper !== undefined).map(citationOf), format, name);
  }

  private onQuery(): void {
    const query = this.query.value.trim();
    if (query === this.address.query) return;
    // The first letter leaves the day, so that "back" returns to it; each later one refines the same search.
    const began = this.address.query === "" || query === "";
    this.go({ day: null, tags: query ? this.address.tags : [], theme: null, query, list: null }, !began);
  }

  private escape(): void {
    if (this.reading.current) this.reading.close();
    else if (this.address.query || this.address.tags.length || this.address.theme || this.address.list)
      this.clear();
  }

  private clear(): void {
    this.query.value = "";
    this.go({
      day: this.address.query || this.address.list ? null : this.address.day,
      tags: [],
      theme: null,
      query: "",
      list: null,
    });
  }

  private replacing: ReturnType<typeof setTimeout> | undefined;
  /** Leaves the address that a search began at; null where that has been done. */
  private leaving: (() => void) | null = null;

  private go(address: Address, replace = false): void {
    document.querySelector<HTMLElement>(":popover-open")?.hidePopover();
    this.leaving?.();
    if (!replace && !this.reading.current) saveScrollPosition(this.list);
    this.reading.leave();
    this.address = address;
    const pressed = document.activeElement;
    // The worker searches while the address and the frame are seen to here.
    const asked = this.ask();
    clearTimeout(this.replacing);
    if (replace) {
      // Browsers refuse more than a few of these a second.
      this.replacing = setTimeout(() => history.replaceState(null, "", formatAddress(this.address)), 250);
    } else {
      this.leaving = () => {
        this.leaving = null;
        history.pushState(null, "", formatAddress(address));
      };
      // The browser takes its time for this, and a search's first letter is to be answered at once.
      if (!asked) this.leaving();
    }
    this.show(false, asked)
      .then(() => {
        if (!asked) this.showListFromItsBeginning();
        // What was pressed may have gone with the list: the filter that it set is next to it.
        if (pressed !== document.activeElement && document.activeElement === document.body)
          document
            .querySelector<HTMLElement>("#filter .chip, #filter button")
            ?.focus({ preventScroll: true });
      })
      .catch((error) => this.complain(error))
      .finally(() => setTimeout(() => this.leaving?.()));
  }

  /** A new list is read from its beginning: from its head where it has one of its own, from the filter where it is narrowed. */
  private showListFromItsBeginning(): void {
    const isNarrowed = this.address.tags.length > 0 || this.address.theme !== null;
    const head = byId(isNarrowed ? "filter" : "papers");
    const top = head.getBoundingClientRect().top;
    if (top < 0 || isNarrowed) head.scrollIntoView({ block: "start", behavior: "instant" });
  }

  /** Notes what the reader has had in view, for the divider of the next visit. */
  private saveSeen(): void {
    if (this.seen.size === 0 || !this.index) return;
    const ids = [...this.seen].map((element) => element.dataset["id"]!);
    this.seen.clear();
    const held = new Set(this.index.days.map((day) => day.day));
    updateLibrary((draft) => {
      draft.visit.at = Date.now();
      for (const day of Object.keys(draft.seen)) if (!held.has(day)) delete draft.seen[day];
      for (const id of ids) {
        const day = this.dayOf.get(id);
        if (day && held.has(day)) (draft.seen[day] ??= {})[id] ??= draft.visit.number;
      }
    });
  }

  /** Once the reader does something, the shown day (of a very large one the first papers) is read whole, so that it can be read on without a network. */
  private prefetchDay(): void {
    const saving = (navigator as { connection?: { saveData?: boolean } }).connection?.saveData;
    if (this.hasPrefetched || saving || !("serviceWorker" in navigator)) return;
    this.hasPrefetched = true;
    const read = async (): Promise<void> => {
      await navigator.serviceWorker.ready;
      const papers = this.index && this.days.get(this.shownDayIn(this.index));
      for (const part of papers?.entry.parts.slice(0, MAX_PREFETCHED_PARTS) ?? []) {
        await fetch(`/data/${part.cards}`);
        await fetch(`/data/${part.details}`);
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    };
    // Without a network there is nothing to prepare.
    setTimeout(() => read().catch(() => undefined), 3_000);
  }

  /** Says in the list's place why there are no cards. */
  private say(text: string): void {
    this.view = null;
    const paragraph = document.createElement("p");
    paragraph.className = "empty";
    paragraph.textContent = text;
    this.list.clear(paragraph);
    delete this.listElement.dataset["day"];
    this.showFilterOnly();
  }

  private showFilterOnly(): void {
    const { query, tags, theme, list } = this.address;
    byId("papers").classList.toggle("filtered", tags.length > 0 || theme !== null);
    if (!query && !tags.length && !theme && !list) byId("filter").hidden = true;
    else this.showFilter();
  }

  /** Says what could not be read, and sees to it that it is tried again. */
  private complain(error: unknown): void {
    if (!(error instanceof DataError)) throw error;
    this.behind = true;
    this.framed = "";
    this.lookIn(retryAfter(this.failures++));
    let notice = document.getElementById("error");
    if (!notice) {
      notice = document.createElement("p");
      notice.id = "error";
      notice.className = "error";
      notice.setAttribute("role", "status");
      byId("papers").prepend(notice);
    }
    if (notice.firstChild?.textContent === `${error.message} `) return;
    const again = document.createElement("button");
    again.type = "button";
    again.textContent = "Try again";
    again.addEventListener("click", () => this.tryAgain());
    notice.replaceChildren(`${error.message} `, again);
  }
}
