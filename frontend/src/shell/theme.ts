/** The theme: system by default, or light or dark. */
import { browserStorage } from "../library/library.ts";

// A separate key, which early-theme.js reads before the first paint.
const KEY = "denoised-theme";
const NEXT = { system: "light", light: "dark", dark: "system" } as const;

const chosen = (): keyof typeof NEXT => {
  const theme = document.documentElement.dataset["theme"];
  return theme === "light" || theme === "dark" ? theme : "system";
};

/** Shows the current theme on the button. */
export function showTheme(): void {
  const name = `Theme: ${chosen()}`;
  for (const button of document.querySelectorAll<HTMLElement>('[data-do="theme"]')) {
    button.setAttribute("aria-label", name);
    button.title = name;
  }
}

/** Cycles through system, light and dark. */
export function nextTheme(): void {
  const next = NEXT[chosen()];
  if (next === "system") {
    delete document.documentElement.dataset["theme"];
    browserStorage()?.removeItem(KEY);
  } else {
    document.documentElement.dataset["theme"] = next;
    browserStorage()?.setItem(KEY, next);
  }
  showTheme();
}
