/** The filters of a list as chips above it. Pressing a chip removes its filter. */
import { formats } from "../templates/formats.ts";
import type { Address } from "./address.ts";

export interface Chip {
  name: string;
  remove: () => void;
}

export interface ChipNames {
  /** The topic's name by its slug. */
  topic: (slug: string) => string;
  /** Null if the day has no such theme. */
  themeTitle: string | null;
  newestDay: string | null;
}

/** Whether the address shows another day than the newest one. */
export const isOtherDay = ({ day }: Address, newestDay: string | null): boolean =>
  day !== null && day !== newestDay;

/** "Fri 13 Mar"; an address may name a day that does not exist. */
const dayName = (day: string): string =>
  Number.isNaN(Date.parse(day)) ? day : `${formats["weekday"]!(day)} ${formats["short"]!(day)}`;

/** The filters of an address: the day, the theme, the topics. */
export function addressChips(address: Address, names: ChipNames, go: (address: Address) => void): Chip[] {
  const chips: Chip[] = [];
  const add = (name: string, without: Partial<Address>): void => {
    chips.push({ name, remove: () => go({ ...address, ...without }) });
  };
  // A theme belongs to its day.
  if (isOtherDay(address, names.newestDay)) add(dayName(address.day!), { day: null, theme: null });
  if (address.theme) add(names.themeTitle ?? address.theme, { theme: null });
  for (const tag of address.tags)
    add(names.topic(tag), { tags: address.tags.filter((other) => other !== tag) });
  return chips;
}

export function chipButtons(chips: readonly Chip[]): HTMLElement[] {
  return chips.map(({ name, remove }) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "chip";
    button.setAttribute("aria-label", `Remove the filter ${name}`);
    button.textContent = name;
    button.addEventListener("click", remove);
    return button;
  });
}
