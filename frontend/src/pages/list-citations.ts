/** Writes the citations of all papers that a list shows. */
import type { DayPapers } from "../data/site-data.ts";
import type { CitationFormat } from "../library/citation-formats.ts";
import { citationOf, citationOfSaved, downloadCitations } from "../library/cite-dialog.ts";
import { library, notify } from "../shell/shell.ts";
import type { Address } from "./address.ts";
import type { View } from "./view.ts";

const fileName = (address: Address, shownDay: string): string =>
  address.list ? "saved-papers" : address.query ? "search" : shownDay;

export async function citeList(
  format: CitationFormat,
  address: Address,
  view: View,
  days: ReadonlyMap<string, DayPapers>,
  shownDay: string,
  showsHidden: boolean,
): Promise<void> {
  const name = fileName(address, shownDay);
  if (address.list) {
    const saved = (view.cards ?? []).map((card) => citationOfSaved(library.value.saved[card.id]!));
    await downloadCitations(saved, format, name);
    return;
  }
  const cards = await view.source.slice(0, view.source.total);
  const shown = cards.filter((card) => showsHidden || !library.value.hidden.includes(card.id));
  if (shown.length > 300) notify(`Loading ${shown.length} papers…`);
  const papers = await Promise.all(
    shown.map((card) => days.get((card as { day?: string }).day ?? shownDay)?.paper(card.id)),
  );
  await downloadCitations(papers.filter((paper) => paper !== undefined).map(citationOf), format, name);
}
