/** The page of a listing day. */
import { type Address, formatAddress, parseAddress } from "./address.ts";
import { DataError, DayPapers, readIndex } from "./data.ts";
import { dayContext } from "./derive.ts";
import { CardList } from "./list.ts";
import { OpenPaper } from "./reading.ts";
import { fillRegion } from "./regions.ts";
import type { SiteIndex } from "./site.ts";

/** Milliseconds between two looks at the index: while the first papers are read, while summaries come in, and else. */
const LOOK_AGAIN = { empty: 4_000, waiting: 15_000, quiet: 300_000 };

export class DayPage {
  private index: SiteIndex | null = null;
  private address: Address = parseAddress(location.search);
  private papers: DayPapers | null = null;
  private readonly listElement = document.getElementById("list")!;
  private readonly list = new CardList(
    this.listElement,
    document.getElementById("rest")!,
    () => {},
    (error) => this.complain(error),
  );
  private readonly reading = new OpenPaper(
    async (id) => this.papers?.paper(id),
    () => {},
  );

  async start(): Promise<void> {
    document.addEventListener("click", (event) => this.onClick(event));
    window.addEventListener("popstate", () => {
      if (this.reading.follow()) return;
      const before = formatAddress(this.address);
      this.address = parseAddress(location.search);
      if (formatAddress(this.address) !== before) void this.show();
    });
    await this.look();
  }

  private async look(): Promise<void> {
    let wait = LOOK_AGAIN.empty;
    try {
      const index = await readIndex();
      if (index && index.days.length > 0) {
        await this.take(index);
        wait = index.days.some((day) => day.counts.waiting > 0) ? LOOK_AGAIN.waiting : LOOK_AGAIN.quiet;
      }
    } catch (error) {
      this.complain(error);
    }
    setTimeout(() => void this.look(), wait);
  }

  /** Takes an index, the first or a newer one. */
  private async take(index: SiteIndex): Promise<void> {
    const before = this.index;
    this.index = index;
    document.getElementById("trouble")?.remove();
    if (!before) {
      await this.show(true);
      return;
    }
    if (before.generatedAt === index.generatedAt) return;
    const shown = this.papers?.entry.day;
    const entry = index.days.find((day) => day.day === (this.address.day ?? index.days[0]!.day));
    this.frame(entry?.day ?? index.days[0]!.day);
    if (!entry || entry.day !== shown) {
      // A newer day has come, or the shown one has left the history; who reads a paper keeps it.
      if (!this.reading.current) await this.show();
      return;
    }
    if (JSON.stringify(entry.parts) === JSON.stringify(this.papers!.entry.parts)) return;
    this.papers = new DayPapers(entry);
    await this.list.update(
      this.papers,
      (element) => element === this.reading.current || element.contains(document.activeElement),
    );
  }

  private async show(first = false): Promise<void> {
    const index = this.index;
    if (!index) return;
    const wanted = this.address.day ?? index.days[0]!.day;
    const entry = index.days.find((day) => day.day === wanted);
    if (!entry) {
      fillRegion("days", dayContext(index, "", new Date()));
      this.papers = null;
      this.say(
        `${wanted} is not held: the history goes from ${index.days.at(-1)!.day} to ${index.days[0]!.day}.`,
      );
      return;
    }
    this.frame(entry.day);
    this.papers = new DayPapers(entry);
    const { day, part } = this.listElement.dataset;
    if (first && day === entry.day && part === entry.parts[0]?.cards) this.list.adopt(this.papers);
    else await this.list.show(this.papers);
    if (this.papers.total === 0) this.say("arXiv announced no papers in these categories for this day.");
  }

  private frame(shown: string): void {
    const context = dayContext(this.index!, shown, new Date());
    for (const region of ["figures", "days", "topics", "day", "foot"]) fillRegion(region, context);
  }

  private onClick(event: MouseEvent): void {
    if (
      event.defaultPrevented ||
      event.button !== 0 ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey
    )
      return;
    const link = (event.target as Element).closest("a");
    if (!link) return;
    const card = link.closest<HTMLElement>(".card");
    if (card && link.matches(".more, .title a")) {
      event.preventDefault();
      if (this.reading.current === card) this.reading.close();
      else this.reading.open(card).catch((error) => this.complain(error));
    } else if (link.dataset["day"] && this.index) {
      event.preventDefault();
      this.go({
        ...this.address,
        day: link.dataset["day"] === this.index.days[0]?.day ? null : link.dataset["day"]!,
      });
    }
  }

  private go(address: Address): void {
    this.reading.leave();
    this.address = address;
    history.pushState(null, "", formatAddress(address));
    this.show().catch((error) => this.complain(error));
  }

  /** Says in the day's place why there are no cards. */
  private say(text: string): void {
    const paragraph = document.createElement("p");
    paragraph.className = "empty";
    paragraph.textContent = text;
    this.listElement.replaceChildren(paragraph);
    document.getElementById("rest")!.hidden = true;
  }

  private complain(error: unknown): void {
    if (!(error instanceof DataError)) throw error;
    let trouble = document.getElementById("trouble");
    if (!trouble) {
      trouble = document.createElement("p");
      trouble.id = "trouble";
      trouble.className = "trouble";
      trouble.setAttribute("role", "status");
      document.getElementById("papers")!.prepend(trouble);
    }
    trouble.textContent = error.message;
  }
}
