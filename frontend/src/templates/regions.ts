/** The regions of the page that a template fills. */
import { fill, type Value } from "./fill.ts";

export function template(id: string): HTMLTemplateElement {
  const found = document.getElementById(id);
  if (!(found instanceof HTMLTemplateElement)) throw new Error(`The page has no template '${id}'.`);
  return found;
}

/** Fills each region marked `data-fill="name"`. Unchanged regions are left alone, so that nothing flashes or moves. */
export function fillRegion(name: string, ...scope: readonly Value[]): void {
  for (const place of document.querySelectorAll<HTMLElement>(`[data-fill="${name}"]`)) {
    const content = document.createElement("div");
    content.append(fill(template(name), ...scope));
    if (content.innerHTML === place.innerHTML) continue;
    // The link or button that was pressed keeps the focus.
    const focused = [...place.querySelectorAll("a, button")].indexOf(document.activeElement!);
    place.replaceChildren(...content.childNodes);
    if (focused >= 0)
      place.querySelectorAll<HTMLElement>("a, button")[focused]?.focus({ preventScroll: true });
  }
}
