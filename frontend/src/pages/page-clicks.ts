/** Maps a click on the day page to what it asks for. */
import { revealOnTap } from "../cards/density.ts";
import type { CitationFormat } from "../library/citation-formats.ts";
import type { Density } from "../library/library.ts";
import type { Address } from "./address.ts";

export interface ClickActions {
  list: HTMLElement;
  /** The address as it is now, with the shown day written out; null before the first index. */
  current: () => { address: Address; day: string; newestDay: string } | null;
  go: (address: Address) => void;
  toggle: (card: HTMLElement) => void;
  save: (card: HTMLElement) => void;
  hide: (card: HTMLElement) => void;
  cite: (format: CitationFormat, id: string | undefined) => void;
  openCiteDialog: () => void;
  openWatchDialog: () => void;
  toggleWatchedFirst: () => void;
  toggleForYou: () => void;
  setDensity: (density: Density) => void;
}

/** Whether the browser is to open a link itself, in a new tab for example. */
const isForBrowser = (event: MouseEvent): boolean =>
  event.defaultPrevented ||
  event.button !== 0 ||
  event.metaKey ||
  event.ctrlKey ||
  event.shiftKey ||
  event.altKey;

export function handleClick(event: MouseEvent, actions: ClickActions): void {
  const target = event.target as Element;
  const card = target.closest<HTMLElement>(".card");
  const button = target.closest("button");
  if (button) handleButton(button, card, actions);
  const link = target.closest("a");
  if (!link || isForBrowser(event)) return;
  if (card && link.matches(".more, .title a") && actions.current()) {
    event.preventDefault();
    if (!revealOnTap(actions.list, card, event)) actions.toggle(card);
    return;
  }
  const address = addressOfLink(link, actions);
  if (!address) return;
  event.preventDefault();
  actions.go(address);
}

/** The address that a link of the page leads to without loading it again. */
function addressOfLink(link: HTMLAnchorElement, actions: ClickActions): Address | null {
  const state = actions.current();
  if (!state) return null;
  const { address, day: shownDay, newestDay } = state;
  const { day, slug, theme, do: action } = link.dataset;
  if (slug !== undefined) {
    const isChosen = address.tags.includes(slug);
    const tags = isChosen ? address.tags.filter((other) => other !== slug) : [...address.tags, slug];
    return { ...address, tags };
  }
  // A theme belongs to one day, so a link to it names the day.
  if (theme !== undefined)
    return { ...address, day: shownDay, theme: theme === address.theme ? null : theme };
  if (day !== undefined)
    return { day: day === newestDay ? null : day, tags: address.tags, theme: null, query: "", list: null };
  if (action === "saved")
    return { day: null, tags: [], theme: null, query: "", list: address.list ? null : "saved" };
  return null;
}

function handleButton(button: HTMLButtonElement, card: HTMLElement | null, actions: ClickActions): void {
  const { do: action, cite, density } = button.dataset;
  if (cite) actions.cite(cite as CitationFormat, card?.dataset["id"]);
  else if (card && action === "save") actions.save(card);
  else if (card && action === "hide") actions.hide(card);
  else if (action === "watch") actions.openWatchDialog();
  else if (action === "cite") actions.openCiteDialog();
  else if (action === "order") actions.toggleWatchedFirst();
  else if (action === "for-you") actions.toggleForYou();
  else if (density) actions.setDensity(density as Density);
}
