/** The theme: the system's until the reader chooses light or dark. */
import { browserStorage } from "../library/library.ts";

// Its own key: theme.early.js reads it before anything else is there.
const KEY = "denoised-theme";
const NEXT = { system: "light", light: "dark", dark: "system" } as const;

const chosen = (): keyof typeof NEXT => {
  const theme = document.documentElement.dataset["theme"];
  return theme === "light" || theme === "dark" ? theme : "system";
};

/** Says on the button which theme is on. */
export function showTheme(): void {
  const name = `Theme: ${chosen()}`;
  for (const button of document.querySelectorAll<HTMLElement>('[data-do="theme"]')) {
    button.setAttribute("aria-label", name);
    button.title = name;
  }
}

/** Goes on from system to light to dark to system. */
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
