/**
 * The prerendered page is painted before the scripts load. A background tab paints nothing, and some browsers do not report
 * paints, so a timeout of one second applies.
 */
const painted = new Promise<void>((resolve) => {
  if (PerformanceObserver.supportedEntryTypes?.includes("paint"))
    new PerformanceObserver(() => resolve()).observe({ type: "paint", buffered: true });
  setTimeout(resolve, 1_000);
});
void painted.then(() => import("./pages/start.ts"));
