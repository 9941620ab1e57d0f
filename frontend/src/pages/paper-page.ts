/** A paper's own page, which is prerendered: saving, citing, previous and next paper. */

import { savePaper, showSaved } from "../cards/save-and-hide.ts";
import { DayPapers, readIndex } from "../data/site-data.ts";
import type { PaperView } from "../data/types.ts";
import type { CitationFormat } from "../library/citation-formats.ts";
import { citationOf, downloadCitations } from "../library/cite-dialog.ts";
import { observeMaths } from "../maths/lazy-maths.ts";
import { library, notify, updateLibrary } from "../shell/shell.ts";
import { cardOf } from "../templates/contexts.ts";

export function startPaperPage(place: HTMLElement): void {
  const card = place.querySelector<HTMLElement>(".card");
  if (!card) return;
  const id = card.dataset["id"]!;
  let reading: Promise<PaperView | undefined> | undefined;
  const read = (): Promise<PaperView | undefined> => {
    reading ??= readIndex().then((index) => {
      const entry = index?.days.find((day) => day.day === place.dataset["day"]);
      return entry && new DayPapers(entry).paper(id);
    });
    reading.catch(() => {
      reading = undefined;
    });
    return reading;
  };

  observeMaths(place);
  readIndex()
    .then(async (index) => {
      const entry = index?.days.find((day) => day.day === place.dataset["day"]);
      const adjacent = document.getElementById("adjacent");
      if (!entry || !adjacent) return;
      const { showAdjacentPapers } = await import("./adjacent-papers.ts");
      await showAdjacentPapers(adjacent, new DayPapers(entry), id);
      observeMaths(adjacent);
    })
    // The link back to the day's list works without these.
    .catch(() => undefined);
  const show = (): void => showSaved(card, id in library.value.saved);
  library.onChange(show);
  show();
  if (!library.value.read.includes(id)) updateLibrary((draft) => draft.read.push(id));

  place.addEventListener("click", async (event) => {
    const button = (event.target as Element).closest("button");
    const format = button?.dataset["cite"] as CitationFormat | undefined;
    if (!format && button?.dataset["do"] !== "save") return;
    if (!format && id in library.value.saved) {
      updateLibrary((draft) => {
        delete draft.saved[id];
      });
      return;
    }
    const paper = await read().catch(() => undefined);
    if (!paper) {
      notify("The paper could not be loaded. Try again.");
      return;
    }
    if (format) await downloadCitations([citationOf(paper)], format, id.replace("/", "-"));
    else savePaper(cardOf(paper), paper.day, async () => paper);
  });
}
