/** Prints the whole list: cards are filled while the reader scrolls, so the others are filled before the dialog opens. */
import type { CardList } from "../cards/card-list.ts";
import { renderAllMaths } from "../maths/lazy-maths.ts";

export function startPrinting(list: () => CardList): void {
  const print = async (): Promise<void> => {
    await list().fillAll();
    await renderAllMaths();
    window.print();
  };
  document.addEventListener("keydown", (event) => {
    if (event.key !== "p" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    void print();
  });
  // Printing from the browser's menu.
  window.addEventListener("beforeprint", () => list().fillLoaded());
  document.addEventListener("click", (event) => {
    if ((event.target as Element).closest('[data-do="print"]')) void print();
  });
}
