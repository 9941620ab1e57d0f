/** Loads the shown day and the search once the reader does something, so that both work offline. */
import type { DayPapers } from "../data/site-data.ts";
import { searchWorkerAddress } from "../search/search-client.ts";

/** 512 papers, one megabyte at most, however large the day is. */
const MAX_PREFETCHED_PARTS = 16;

/** Whether the reader has asked the browser to load less. */
export const savesData = (): boolean =>
  (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true;

/**
 * @param shownPapers the shown day's papers.
 * @param searchFile the file that the search reads, relative to `data/`.
 */
export function prefetchOnFirstInput(
  shownPapers: () => DayPapers | undefined,
  searchFile: () => string | undefined,
): void {
  if (savesData() || !("serviceWorker" in navigator)) return;
  const prefetch = async (): Promise<void> => {
    await navigator.serviceWorker.ready;
    const papers = shownPapers();
    const parts = papers?.entry.parts ?? [];
    for (const part of parts.slice(0, MAX_PREFETCHED_PARTS)) {
      await fetchAndPause(`/data/${part.cards}`);
      await fetchAndPause(`/data/${part.details}`);
    }
    // Printing needs the cards in memory: it cannot wait for them.
    if (parts.length <= MAX_PREFETCHED_PARTS) await papers?.all();
    const file = searchFile();
    if (!file) return;
    await fetchAndPause(searchWorkerAddress);
    await fetchAndPause(`/data/${file}`);
  };
  let hasStarted = false;
  const start = (): void => {
    if (hasStarted) return;
    hasStarted = true;
    // Fails offline, where there is nothing to prefetch.
    setTimeout(() => prefetch().catch(() => undefined), 3_000);
  };
  for (const type of ["scroll", "keydown", "pointerdown"])
    window.addEventListener(type, start, { once: true, passive: true });
}

async function fetchAndPause(address: string): Promise<void> {
  await fetch(address);
  await new Promise((resolve) => setTimeout(resolve, 200));
}
