/** Keyboard shortcuts. */
import { library, openDialog } from "./shell.ts";

export interface ShortcutActions {
  list: HTMLElement;
  /** Fills more cards. */
  more(): Promise<void>;
  open(card: HTMLElement): void;
  save(card: HTMLElement): void;
  hide(card: HTMLElement): void;
  search(): void;
  escape(): void;
}

const visibleCards = (list: HTMLElement): HTMLElement[] => [
  ...list.querySelectorAll<HTMLElement>(".card:not([hidden])"),
];

export function startShortcuts(actions: ShortcutActions): void {
  const { list } = actions;

  /** The focused card. */
  const current = (): HTMLElement | null => {
    const focused = document.activeElement?.closest<HTMLElement>(".card");
    return focused && list.contains(focused) ? focused : null;
  };
  const firstInView = (): HTMLElement | undefined =>
    visibleCards(list).find((card) => card.getBoundingClientRect().bottom > 80);

  const select = (card: HTMLElement | undefined): void => {
    if (!card) return;
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "start", behavior: "instant" });
  };

  const step = async (by: 1 | -1): Promise<void> => {
    const from = current();
    if (!from) {
      select(firstInView());
      return;
    }
    let cards = visibleCards(list);
    const index = cards.indexOf(from);
    if (by === 1 && index >= cards.length - 3) {
      const filling = actions.more();
      if (index === cards.length - 1) {
        await filling;
        cards = visibleCards(list);
      }
    }
    select(cards[index + by]);
  };

  const keys: Record<string, () => void> = {
    j: () => void step(1),
    k: () => void step(-1),
    o: () => {
      const card = current() ?? firstInView();
      if (card) actions.open(card);
    },
    s: () => {
      const card = current() ?? firstInView();
      if (card) actions.save(card);
    },
    x: () => {
      const card = current() ?? firstInView();
      if (!card) return;
      const cards = visibleCards(list);
      const next = cards[cards.indexOf(card) + 1] ?? cards[cards.indexOf(card) - 1];
      actions.hide(card);
      if (card.hidden) select(next);
    },
    "/": () => actions.search(),
    "?": () => openDialog("help"),
  };

  document.addEventListener("keydown", (event) => {
    const target = event.target as HTMLElement;
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (document.querySelector("dialog[open], :popover-open")) return;
    const typing = target.matches("input, textarea, select") || target.isContentEditable;
    if (event.key === "Escape") {
      if (typing) target.blur();
      actions.escape();
      return;
    }
    if (typing || !library.value.shortcuts) return;
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  // Enter opens a focused card, unless the focus is on a link in it.
  list.addEventListener("keydown", (event) => {
    const target = event.target as HTMLElement;
    if (event.key === "Enter" && target.matches(".card")) actions.open(target);
  });
}
