/** The watch list's effect on a list as chips: watched papers first, and each muted word. */
import { library, notify, updateLibrary } from "../shell/shell.ts";
import type { Chip } from "./filter-chips.ts";

export function watchChips(): Chip[] {
  const { rules, watchedFirst } = library.value;
  const chips: Chip[] = [];
  if (watchedFirst && rules.some((rule) => !rule.muted))
    chips.push({
      name: "Watched first",
      remove: () =>
        updateLibrary((draft) => {
          draft.watchedFirst = false;
        }),
    });
  for (const rule of rules.filter(({ muted }) => muted))
    chips.push({ name: `Muted: ${rule.text}`, remove: () => unmute(rule.kind, rule.text) });
  return chips;
}

function unmute(kind: string, text: string): void {
  const before = library.value.rules;
  updateLibrary((draft) => {
    draft.rules = draft.rules.filter((rule) => rule.kind !== kind || rule.text !== text || !rule.muted);
  });
  notify(`“${text}” is no longer muted.`, () =>
    updateLibrary((draft) => {
      draft.rules = [...before];
    }),
  );
}
