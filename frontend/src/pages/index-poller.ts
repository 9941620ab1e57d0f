/** Reads the index again and again, more often while papers are pending, and retries what failed. */
import { indexStoredAt, readIndex } from "../data/site-data.ts";
import type { SiteIndex } from "../data/types.ts";
import { showOfflineNotice } from "../shell/offline-notice.ts";

/** Milliseconds between two reads of the index: before the first listing, while summaries are pending, and otherwise. */
const POLL_INTERVAL = { empty: 4_000, pending: 15_000, complete: 300_000 };

/** Exponential back-off with jitter, so that not all browsers retry at the same moment. */
const retryDelay = (failures: number): number =>
  Math.min(POLL_INTERVAL.complete, 2_000 * 2 ** failures) * (0.75 + Math.random() / 2);

export class IndexPoller {
  /** Whether a part of what is shown could not be loaded. */
  isIncomplete = false;

  /** Whether an index from the network would bring something new. */
  get isOutdated(): boolean {
    return this.isIncomplete || indexStoredAt !== null;
  }

  private failures = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly onIndex: (index: SiteIndex) => Promise<void>,
    private readonly onEmpty: () => void,
    private readonly onError: (error: unknown) => void,
  ) {}

  async poll(): Promise<void> {
    let delay = POLL_INTERVAL.empty;
    try {
      const index = await readIndex();
      showOfflineNotice(indexStoredAt);
      if (index && index.days.length > 0) {
        await this.onIndex(index);
        // A stored copy is replaced soon after the network is back.
        const isPending = indexStoredAt !== null || index.days.some((day) => day.counts.pending > 0);
        delay = isPending ? POLL_INTERVAL.pending : POLL_INTERVAL.complete;
      } else if (index) this.onEmpty();
      if (!this.isIncomplete) this.failures = 0;
    } catch (error) {
      this.onError(error);
    }
    this.schedule(this.isIncomplete ? retryDelay(this.failures) : delay);
  }

  /** Marks what is shown as incomplete and schedules a retry. */
  fail(): void {
    this.isIncomplete = true;
    this.schedule(retryDelay(this.failures++));
  }

  retryNow(): void {
    this.failures = 0;
    this.schedule(0);
  }

  private schedule(delay: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.poll(), delay);
  }
}

/** Shows an error above the list, with a button that retries. */
export function showError(message: string, retry: () => void): void {
  let notice = document.getElementById("error");
  if (!notice) {
    notice = document.createElement("p");
    notice.id = "error";
    notice.className = "error";
    notice.setAttribute("role", "status");
    document.getElementById("papers")!.prepend(notice);
  }
  if (notice.firstChild?.textContent === `${message} `) return;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Try again";
  button.addEventListener("click", retry);
  notice.replaceChildren(`${message} `, button);
}

export const clearError = (): void => document.getElementById("error")?.remove();
