/** The line above the list: what it shows, a chip for each filter, and the way back to the whole day. */
import type { Address } from "./address.ts";
import { chipButtons, chipsOf } from "./filter-chips.ts";

export interface FilterState {
  address: Address;
  caption: string | null;
  themeTitle: string | null;
  /** How many of the list's papers the reader has hidden, and whether they are shown all the same. */
  hiddenCount: number;
  showsHidden: boolean;
  nameOf: (slug: string) => string;
}

export interface FilterActions {
  go: (address: Address) => void;
  clear: () => void;
  toggleHidden: () => void;
}

export function showFilterBar(place: HTMLElement, state: FilterState, actions: FilterActions): void {
  const { address, hiddenCount, themeTitle } = state;
  const text = [state.caption, hiddenCount ? `${hiddenCount} hidden.` : null].filter(Boolean).join(" ");
  const caption = document.createElement("span");
  caption.textContent = text;
  const chips = chipsOf(address, state.nameOf, themeTitle);
  place.hidden = !text;
  place.replaceChildren(caption, ...chipButtons(chips, actions.go));
  document.getElementById("papers")!.classList.toggle("filtered", chips.length > 0);
  if (hiddenCount) place.append(button(state.showsHidden ? "Hide them" : "Show them", actions.toggleHidden));
  if (address.query || address.list) place.append(button("Back to the day", actions.clear));
  else if (address.tags.length || address.theme) place.append(button("Show the whole day", actions.clear));
  if (address.tags.length === 1 && !address.query && !address.list) {
    const feed = document.createElement("a");
    feed.href = `/feeds/${address.tags[0]}.atom`;
    feed.textContent = "Feed of this topic";
    place.append(feed);
  }
}

function button(name: string, act: () => void): HTMLButtonElement {
  const element = document.createElement("button");
  element.type = "button";
  element.textContent = name;
  element.addEventListener("click", act);
  return element;
}
