/** The two densities of a list: rows to skim, which show their lead on focus or tap, and cards to read. */

import type { Density } from "../library/library.ts";
import { library, updateLibrary } from "../shell/shell.ts";

/** Lays out the list in the density that this browser has stored. */
export function showDensity(list: HTMLElement): void {
  const { density } = library.value;
  list.classList.toggle("skim", density === "skim");
  for (const button of document.querySelectorAll<HTMLElement>("[data-density]"))
    button.setAttribute("aria-pressed", String(button.dataset["density"] === density));
}

/** Changes the density and keeps the first visible paper in view. */
export function chooseDensity(list: HTMLElement, density: Density): void {
  const cards = [...list.querySelectorAll<HTMLElement>(".card:not([hidden])")];
  const first = cards.find((card) => card.getBoundingClientRect().bottom > 80);
  const scrolled = first && first !== cards[0];
  updateLibrary((draft) => {
    draft.density = density;
  });
  if (scrolled) first.scrollIntoView({ block: "start", behavior: "instant" });
}

/** Shows the lead of one row only. */
function show(list: HTMLElement, card: HTMLElement): void {
  for (const other of list.querySelectorAll(".revealed"))
    if (other !== card) other.classList.remove("revealed");
  card.classList.add("revealed");
}

/** On the first tap on a row's title, shows its key point and returns true. The second tap opens the paper. */
export function revealOnTap(list: HTMLElement, card: HTMLElement, event: MouseEvent): boolean {
  const isTap = event.detail > 0 && (event.target as Element).closest(".title");
  if (!isTap || library.value.density !== "skim" || card.matches(".revealed, .opened")) return false;
  show(list, card);
  return true;
}

export function startSkimRows(list: HTMLElement): void {
  // A row must not move between pointerdown and click, so only keyboard focus shows the key point at once.
  list.addEventListener("focusin", (event) => {
    const target = event.target as HTMLElement;
    const card = target.closest<HTMLElement>(".card");
    if (card && target.matches(":focus-visible")) show(list, card);
  });
  list.addEventListener("click", (event) => {
    const target = event.target as Element;
    const card = target.closest<HTMLElement>(".card");
    if (card && !target.closest("a, button")) show(list, card);
  });
}
