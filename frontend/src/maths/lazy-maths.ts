/** Renders TeX in the page's texts: lazily near the view, or all of it for printing. */

/** A cheap test, so that the TeX reader is loaded only for a page that needs it. */
const mayContainTex = (text: string): boolean => /[$\\{~]|``|--/.test(text);

const pending = new Set<HTMLElement>();
let rendering: Promise<void> | null = null;

/** What is observed before the reader scrolls; null from then on. */
let unscrolled: Set<HTMLElement> | null = new Set();

const observerWithin = (rootMargin: string): IntersectionObserver =>
  new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) if (isIntersecting) enqueue(target as HTMLElement);
    },
    { rootMargin },
  );

// A reader who does not scroll needs no formula below the view, and many readers leave after the first one.
let observer = observerWithin("0px");
window.addEventListener(
  "scroll",
  () => {
    observer.disconnect();
    observer = observerWithin("800px 0px");
    for (const element of unscrolled ?? []) observer.observe(element);
    unscrolled = null;
  },
  { once: true, passive: true },
);

function enqueue(element: HTMLElement): void {
  observer.unobserve(element);
  unscrolled?.delete(element);
  pending.add(element);
  rendering ??= renderPending().finally(() => {
    rendering = null;
  });
}

/** Renders one text per task, so that a slow phone can scroll in between. */
async function renderPending(): Promise<void> {
  const maths = await import("./maths.ts").catch(() => null);
  if (!maths) {
    // The next text tries again.
    pending.clear();
    return;
  }
  for (const element of pending) {
    await new Promise((resolve) => setTimeout(resolve));
    await maths.renderMaths(element);
    pending.delete(element);
  }
}

const unrenderedIn = (within: ParentNode): HTMLElement[] =>
  [...within.querySelectorAll<HTMLElement>(".tex")].filter(
    (element) => element.childElementCount === 0 && mayContainTex(element.textContent ?? ""),
  );

/** Renders the TeX of an element's texts once they come near the view. */
export function observeMaths(within: Element): void {
  for (const element of unrenderedIn(within)) {
    unscrolled?.add(element);
    observer.observe(element);
  }
}

/** Renders all texts that are on the page. */
export async function renderAllMaths(): Promise<void> {
  for (const element of unrenderedIn(document)) enqueue(element);
  await rendering;
}
