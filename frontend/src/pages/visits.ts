/** Records which papers the reader has had in view, for the divider "New since your last visit". */
import { library, updateLibrary } from "../shell/shell.ts";

export class SeenPapers {
  private readonly inView = new Set<HTMLElement>();
  private readonly observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue;
        this.observer.unobserve(target);
        this.inView.add(target as HTMLElement);
      }
    },
    { threshold: 0.5 },
  );

  observe(card: HTMLElement): void {
    this.observer.observe(card);
  }

  /** Stores what came into view since the last call, and forgets days that the site no longer holds. */
  save(heldDays: readonly string[], dayOf: (id: string) => string | undefined): void {
    if (this.inView.size === 0) return;
    const ids = [...this.inView].map((element) => element.dataset["id"]!);
    this.inView.clear();
    updateLibrary((draft) => {
      draft.visit.at = Date.now();
      for (const day of Object.keys(draft.seen)) if (!heldDays.includes(day)) delete draft.seen[day];
      for (const id of ids) {
        const day = dayOf(id);
        if (day && heldDays.includes(day)) (draft.seen[day] ??= {})[id] ??= draft.visit.number;
      }
    });
  }
}

/** Whether an earlier visit had the paper in view. */
export function wasSeenBefore(day: string, id: string): boolean {
  const { seen, visit } = library.value;
  return (seen[day]?.[id] ?? visit.number) < visit.number;
}
