/** The two densities of a list: rows to skim, whose first key point comes with the focus or a tap, and cards to read. */

import type { Density } from "../library/library.ts";
import { library, updateLibrary } from "../shell/shell.ts";

/** Lays the list out in the density that this browser remembers. */
export function showDensity(list: HTMLElement): void {
  const { density } = library.value;
  list.classList.toggle("skim", density === "skim");
  for (const button of document.querySelectorAll<HTMLElement>("[data-density]"))
    button.setAttribute("aria-pressed", String(button.dataset["density"] === density));
}

/** Changes the density; the first paper in view stays in view. */
export function chooseDensity(list: HTMLElement, density: Density): void {
  const cards = [...list.querySelectorAll<HTMLElement>(".card:not([hidden])")];
  const first = cards.find((card) => card.getBoundingClientRect().bottom > 80);
  const scrolled = first && first !== cards[0];
  updateLibrary((draft) => {
    draft.density = density;
  });
  if (scrolled) first.scrollIntoView({ block: "start", behavior: "instant" });
}

/** Shows the first key point of a row, and of no other one. */
function show(list: HTMLElement, card: HTMLElement): void {
  for (const other of list.querySelectorAll(".revealed"))
    if (other !== card) other.classList.remove("revealed");
  card.classList.add("revealed");
}

/** Answers a tap on a row's title: the first one shows the key point. Returns whether it did; the next one opens the paper. */
export function revealOnTap(list: HTMLElement, card: HTMLElement, event: MouseEvent): boolean {
  const isTap = event.detail > 0 && (event.target as Element).closest(".title");
  if (!isTap || library.value.density !== "skim" || card.matches(".revealed, .opened")) return false;
  show(list, card);
  return true;
}

export function startSkimRows(list: HTMLElement): void {
  // A row that the pointer presses must not move before the click: only the keyboard's focus shows its key point at once.
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
