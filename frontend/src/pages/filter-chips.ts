/** What the list is narrowed to, as chips above it: each one is removed by pressing it. */
import type { Address } from "./address.ts";

export interface Chip {
  name: string;
  /** The address without this filter. */
  without: Address;
}

/**
 * The filters of an address in the order in which they are shown.
 * @param nameOf the name of a tag's slug.
 * @param theme the theme's title, where the day has it.
 */
export function chipsOf(address: Address, nameOf: (slug: string) => string, theme: string | null): Chip[] {
  const chips = address.tags.map((tag) => ({
    name: nameOf(tag),
    without: { ...address, tags: address.tags.filter((other) => other !== tag) },
  }));
  if (address.theme) chips.unshift({ name: theme ?? address.theme, without: { ...address, theme: null } });
  return chips;
}

/** Makes the buttons. */
export function chipButtons(chips: readonly Chip[], go: (address: Address) => void): HTMLElement[] {
  return chips.map(({ name, without }) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "chip";
    button.setAttribute("aria-label", `Remove the filter ${name}`);
    button.textContent = name;
    button.addEventListener("click", () => go(without));
    return button;
  });
}
