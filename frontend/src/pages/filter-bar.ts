/** The line above the list: what it shows, a chip for each filter, and the way back to the whole day. */
import type { Address } from "./address.ts";
import { addressChips, type ChipNames, chipButtons } from "./filter-chips.ts";
import { watchChips } from "./watch-chips.ts";

export interface FilterState {
  address: Address;
  caption: string | null;
  names: ChipNames;
  /** How many of the list's papers the reader has hidden, and whether they are shown all the same. */
  hiddenCount: number;
  showsHidden: boolean;
  /** Whether the reader has changed the watch list on this page. */
  hasNewWatchRules: boolean;
}

export interface FilterActions {
  go: (address: Address) => void;
  clear: () => void;
  toggleHidden: () => void;
}

export function showFilterBar(place: HTMLElement, state: FilterState, actions: FilterActions): void {
  const { address, hiddenCount } = state;
  const isDay = !address.query && !address.list;
  const text = [state.caption, hiddenCount ? `${hiddenCount} hidden.` : null].filter(Boolean).join(" ");
  const caption = document.createElement("span");
  caption.textContent = text;
  const chips = addressChips(address, state.names, actions.go);
  const watched = isDay ? watchChips() : [];
  place.hidden = !text && chips.length === 0;
  // The chip that was pressed is replaced: the focus goes to the one that takes its place.
  const focused = [...place.querySelectorAll("button")].indexOf(document.activeElement as HTMLButtonElement);
  place.replaceChildren(caption, ...chipButtons([...chips, ...watched]));
  collapseOverview(chips.length > 0 || (state.hasNewWatchRules && watched.length > 0));
  if (hiddenCount) place.append(button(state.showsHidden ? "Hide them" : "Show them", actions.toggleHidden));
  if (!isDay) place.append(button("Back to the day", actions.clear));
  else if (address.tags.length || address.theme) place.append(button("Show the whole day", actions.clear));
  if (address.tags.length === 1 && isDay) {
    const feed = document.createElement("a");
    feed.href = `/feeds/${address.tags[0]}.atom`;
    feed.textContent = "Feed of this topic";
    place.append(feed);
  }
  const buttons = place.querySelectorAll("button");
  if (focused >= 0) buttons[Math.min(focused, buttons.length - 1)]?.focus({ preventScroll: true });
}

/** Leaves one line of the overview while the list is filtered; the reader may open it again. */
function collapseOverview(isFiltered: boolean): void {
  const wasFiltered = document.getElementById("papers")!.classList.toggle("filtered", isFiltered);
  if (wasFiltered) document.querySelector(".themes")?.removeAttribute("open");
}

function button(name: string, act: () => void): HTMLButtonElement {
  const element = document.createElement("button");
  element.type = "button";
  element.textContent = name;
  element.addEventListener("click", act);
  return element;
}
