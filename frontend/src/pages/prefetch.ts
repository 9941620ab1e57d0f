/** Loads the shown day completely once the reader does something, so that it can be read offline. */
import type { DayPapers } from "../data/site-data.ts";

/** 512 papers, one megabyte at most, however large the day is. */
const MAX_PREFETCHED_PARTS = 16;

export function prefetchOnFirstInput(shownPapers: () => DayPapers | undefined): void {
  const saveData = (navigator as { connection?: { saveData?: boolean } }).connection?.saveData;
  if (saveData || !("serviceWorker" in navigator)) return;
  let hasStarted = false;
  const start = (): void => {
    if (hasStarted) return;
    hasStarted = true;
    // Fails offline, where there is nothing to prefetch.
    setTimeout(() => prefetch(shownPapers).catch(() => undefined), 3_000);
  };
  for (const type of ["scroll", "keydown", "pointerdown"])
    window.addEventListener(type, start, { once: true, passive: true });
}

async function prefetch(shownPapers: () => DayPapers | undefined): Promise<void> {
  await navigator.serviceWorker.ready;
  for (const part of shownPapers()?.entry.parts.slice(0, MAX_PREFETCHED_PARTS) ?? []) {
    await fetch(`/data/${part.cards}`);
    await fetch(`/data/${part.details}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
