/** The day's overview. The newest day's is prerendered, another day's is loaded when it is shown. */

import { readFile } from "../data/site-data.ts";
import type { DailyOverview, DayEntry, OverviewTheme } from "../data/types.ts";
import { observeMaths } from "../maths/lazy-maths.ts";
import { overviewContext } from "../templates/contexts.ts";
import { fillRegion } from "../templates/regions.ts";

/** Shows a day's overview, or none, and marks the theme that the list is filtered by. */
export async function showOverview(entry: DayEntry | undefined, chosen: string | null): Promise<void> {
  const place = document.querySelector<HTMLElement>('[data-fill="overview"]');
  if (!place) return;
  const file = entry?.overview ?? "";
  place.dataset["wanted"] = file;
  if (!file) place.replaceChildren();
  else if (place.dataset["file"] !== file) {
    // The previous day's overview must not stay while this one loads, or if it cannot be loaded.
    place.replaceChildren();
    place.dataset["file"] = "";
    const overview = await readFile<DailyOverview>(file);
    // The reader may have chosen another day in the meantime.
    if (place.dataset["wanted"] !== file) return;
    fillRegion("overview", overviewContext(overview));
  }
  place.dataset["file"] = file;
  for (const link of place.querySelectorAll<HTMLElement>("[data-theme]")) {
    const current = link.dataset["theme"] === chosen;
    if (current) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  observeMaths(place);
}

/** A theme of the day; undefined if the day has no such theme (any more). */
export async function themeOf(entry: DayEntry, slug: string): Promise<OverviewTheme | undefined> {
  if (!entry.overview) return undefined;
  return (await readFile<DailyOverview>(entry.overview)).themes.find((theme) => theme.slug === slug);
}
