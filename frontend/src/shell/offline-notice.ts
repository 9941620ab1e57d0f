/** A quiet line above the day while the page shows a stored copy: "Offline: copy from 07:58". */
import { localClock } from "../templates/formats.ts";

/** @param storedAt when the copy was stored; null if the page is up to date. */
export function showOfflineNotice(storedAt: Date | null, now = new Date()): void {
  const place = document.getElementById("offline");
  if (!place) return;
  place.hidden = storedAt === null;
  place.textContent = storedAt ? offlineText(storedAt, now) : "";
}

/** The time alone if the copy is of today, else with the weekday. */
export function offlineText(storedAt: Date, now: Date): string {
  const clock = localClock(storedAt.toISOString());
  const isToday = storedAt.toDateString() === now.toDateString();
  return `Offline: copy from ${isToday ? clock.split(" ")[1] : clock}`;
}
