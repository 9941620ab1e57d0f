/** Fills what surrounds the list: the bar, the days, the topics, the day's heading and its overview. */
import type { SiteIndex } from "../data/types.ts";
import { library } from "../shell/shell.ts";
import { dayContext } from "../templates/contexts.ts";
import { formats, localClock } from "../templates/formats.ts";
import { fillRegion } from "../templates/regions.ts";
import type { Address } from "./address.ts";
import { showOverview } from "./overview.ts";
import { shownDayOf, shownEntryOf } from "./view.ts";

/** Whether the list is not one day's: saved papers, or a search over all days. */
const isAcrossDays = (address: Address): boolean =>
  address.list !== null || (address.query !== "" && !address.day);

export class DayFrame {
  private filledState = "";
  private shownState = "";

  /** Has the next update fill all regions again. */
  invalidate(): void {
    this.shownState = "";
  }

  /** Resolves when the overview is loaded. Each key of a search calls this, so it does nothing if nothing changed. */
  async update(index: SiteIndex, address: Address): Promise<void> {
    const acrossDays = isAcrossDays(address);
    const { seen, visit } = library.value;
    const day = shownDayOf(address, index);
    const entry = shownEntryOf(address, index);
    const next = index.upcoming.find(({ at }) => Date.parse(at) > Date.now())?.at;
    const toFill = JSON.stringify([
      index.generatedAt,
      day,
      address.tags,
      next,
      visit.number,
      Object.keys(seen),
    ]);
    const toShow = JSON.stringify([toFill, address.list, acrossDays]);
    if (toShow === this.shownState) return;
    this.shownState = toShow;

    // The first key of a search must answer at once: the regions around the list stay as they are.
    const regions = toFill !== this.filledState ? ["shown", "days", "topics", "foot"] : [];
    if (!regions.length && !acrossDays && !document.querySelector(".days [aria-current]"))
      regions.push("days");
    this.filledState = toFill;
    if (!acrossDays && entry) regions.push("day");
    if (regions.length) {
      const context = dayContext(index, day, new Date(), {
        chosen: address.tags,
        isFresh: (candidate) => visit.number > 1 && !seen[candidate],
        clock: localClock,
      });
      for (const region of regions) fillRegion(region, context);
    }
    if (!regions.includes("day")) showHeading(address, acrossDays);
    if (acrossDays) {
      for (const link of document.querySelectorAll(".days [aria-current]"))
        link.removeAttribute("aria-current");
    }
    document.querySelector('[data-do="saved"]')?.toggleAttribute("aria-current", address.list !== null);
    await showOverview(acrossDays ? undefined : entry, address.theme);
  }
}

/** The heading of a list that is not a held day's. */
function showHeading(address: Address, acrossDays: boolean): void {
  const heading = document.createElement("h1");
  heading.className = "date";
  const day = address.day!;
  if (address.list) heading.textContent = "Saved papers";
  else if (acrossDays) heading.textContent = "Search";
  else heading.textContent = Number.isNaN(Date.parse(day)) ? day : formats["long"]!(day);
  document.querySelector('[data-fill="day"]')!.replaceChildren(heading);
}
