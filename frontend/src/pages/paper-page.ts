/** A paper's own page, which came filled: saving and citing it. */

import { putStarred, showStar } from "../cards/save-and-hide.ts";
import { DayPapers, readIndex } from "../data/site-data.ts";
import type { PaperView } from "../data/types.ts";
import type { CitationFormat } from "../library/citation-formats.ts";
import { citedPaper, offerCitations } from "../library/cite-dialog.ts";
import { keep, shelf, tell, watchMaths } from "../shell/shell.ts";
import { cardOf } from "../templates/contexts.ts";
import { showNeighbours } from "./adjacent-papers.ts";

export function startSingle(place: HTMLElement): void {
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

  watchMaths(place);
  readIndex()
    .then(async (index) => {
      const entry = index?.days.find((day) => day.day === place.dataset["day"]);
      const neighbours = document.getElementById("neighbours");
      if (!entry || !neighbours) return;
      await showNeighbours(neighbours, new DayPapers(entry), id);
      watchMaths(neighbours);
    })
    // The way back to the day's list is there all the same.
    .catch(() => undefined);
  const show = (): void => showStar(card, id in shelf.value.starred);
  shelf.onChange(show);
  show();
  if (!shelf.value.read.includes(id)) keep((kept) => kept.read.push(id));

  place.addEventListener("click", async (event) => {
    const button = (event.target as Element).closest("button");
    const format = button?.dataset["cite"] as CitationFormat | undefined;
    if (!format && button?.dataset["do"] !== "star") return;
    if (!format && id in shelf.value.starred) {
      keep((kept) => {
        delete kept.starred[id];
      });
      return;
    }
    const paper = await read().catch(() => undefined);
    if (!paper) {
      tell("The paper could not be loaded. Try again.");
      return;
    }
    if (format) await offerCitations([citedPaper(paper)], format, id.replace("/", "-"));
    else putStarred(cardOf(paper), paper.day, async () => paper);
  });
}
