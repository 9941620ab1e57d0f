/**
 * The text is in the page: it is painted first, and what makes it act is loaded after that. A page in a tab that nobody looks at paints
 * nothing, and some browsers do not tell: there a second is waited.
 */
const painted = new Promise<void>((resolve) => {
  if (PerformanceObserver.supportedEntryTypes?.includes("paint"))
    new PerformanceObserver(() => resolve()).observe({ type: "paint", buffered: true });
  setTimeout(resolve, 1_000);
});
void painted.then(() => import("./pages/start.ts"));
