/** What both kinds of page have: the theme, dialogs, messages, the shelf, maths, keeping the page offline. */
import { BrowserLibrary, browserStorage, LibraryError } from "../library/library.ts";
import { copyLink } from "./copy-link.ts";
import { nextTheme, showTheme } from "./theme.ts";
import { scriptAddress } from "./trusted-types.ts";

export const library = new BrowserLibrary(browserStorage(), Date.now());

const byId = (id: string): HTMLElement | null => document.getElementById(id);

let clearing: ReturnType<typeof setTimeout> | undefined;

/** Tells the reader what happened, with a way to take it back where there is one. */
export function notify(text: string, undo?: () => void): void {
  let toast = byId("toast");
  if (!toast) {
    toast = document.createElement("div");
    toast.id = "toast";
    toast.setAttribute("role", "status");
    document.body.append(toast);
  }
  const words = document.createElement("span");
  words.textContent = text;
  toast.replaceChildren(words);
  if (undo) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Undo";
    button.addEventListener("click", () => {
      toast.replaceChildren();
      undo();
    });
    toast.append(button);
  }
  clearTimeout(clearing);
  clearing = setTimeout(() => toast.replaceChildren(), 8_000);
}

/** Changes the shelf and says so where the browser could not keep it. */
export function updateLibrary(how: Parameters<BrowserLibrary["change"]>[0]): void {
  library.change(how);
  if (library.storageError) notify(library.storageError);
}

/** Offers a file to be saved. */
export function download(name: string, type: string, content: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

async function importLibrary(input: HTMLInputElement): Promise<void> {
  const file = input.files?.[0];
  if (!file) return;
  input.value = "";
  const said = byId("imported")!;
  try {
    library.replace(await file.text());
    const { saved, hidden, rules } = library.value;
    said.textContent =
      library.storageError ??
      `Imported: ${Object.keys(saved).length} saved, ${hidden.length} hidden, ${rules.length} watch rules.`;
  } catch (error) {
    if (!(error instanceof LibraryError)) throw error;
    said.textContent = `${file.name} was not imported. ${error.message}`;
  }
}

export function openDialog(id: string): void {
  const dialog = byId(id) as HTMLDialogElement | null;
  if (dialog && !dialog.open) dialog.showModal();
}

function showCounts(): void {
  for (const place of document.querySelectorAll('[data-count="saved"]')) {
    const count = Object.keys(library.value.saved).length;
    place.textContent = count ? ` ${count}` : "";
  }
}

/** Sets the page's common parts going. */
export function startShell(): void {
  document.addEventListener("click", (event) => {
    const doing = (event.target as Element).closest<HTMLElement>("[data-do]")?.dataset["do"];
    if (doing === "theme") nextTheme();
    else if (doing === "help") openDialog("help");
    else if (doing === "copy") {
      const id = (event.target as Element).closest<HTMLElement>(".card")?.dataset["id"];
      if (id) void copyLink(id).then((said) => notify(said));
    } else if (doing === "close") (event.target as Element).closest("dialog")?.close();
    else if (doing === "export")
      download("denoised.json", "application/json", `${JSON.stringify(library.value, null, 1)}\n`);
    else if (event.target instanceof HTMLDialogElement) event.target.close();
  });
  byId("import")?.addEventListener("change", (event) => void importLibrary(event.target as HTMLInputElement));
  const shortcuts = byId("shortcuts") as HTMLInputElement | null;
  if (shortcuts) {
    shortcuts.checked = library.value.shortcuts;
    shortcuts.addEventListener("change", () =>
      updateLibrary((draft) => {
        draft.shortcuts = shortcuts.checked;
      }),
    );
  }
  showTheme();
  window.addEventListener("storage", () => library.reload());
  library.onChange(showCounts);
  showCounts();
  if (library.storageError) notify(library.storageError);
  if ("serviceWorker" in navigator && isSecureContext) {
    const register = (): void => {
      setTimeout(() => {
        // An insecure or private window may refuse; the page works without.
        navigator.serviceWorker.register(scriptAddress("/sw.js")).catch(() => undefined);
      }, 1_000);
    };
    // This script comes after the first paint, which may be after the page has loaded.
    if (document.readyState === "complete") register();
    else window.addEventListener("load", register);
  }
}
