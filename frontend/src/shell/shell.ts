/** The parts that all pages share: library, notifications, dialogs, theme, service worker. */
import { BrowserLibrary, browserStorage, LibraryError } from "../library/library.ts";
import { copyLink } from "./copy-link.ts";
import { nextTheme, showTheme } from "./theme.ts";
import { scriptAddress } from "./trusted-types.ts";

export const library = new BrowserLibrary(browserStorage(), Date.now());

const byId = (id: string): HTMLElement | null => document.getElementById(id);

let clearing: ReturnType<typeof setTimeout> | undefined;

/** Shows a notification, with an Undo button if the action can be undone. */
export function notify(text: string, undo?: () => void): void {
  let toast = byId("toast");
  if (!toast) {
    toast = document.createElement("div");
    toast.id = "toast";
    toast.setAttribute("role", "status");
    document.body.append(toast);
  }
  const message = document.createElement("span");
  message.textContent = text;
  toast.replaceChildren(message);
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

/** Changes the library, and notifies the reader if the browser could not store it. */
export function updateLibrary(change: Parameters<BrowserLibrary["change"]>[0]): void {
  library.change(change);
  if (library.storageError) notify(library.storageError);
}

/** Downloads a file. */
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
  const status = byId("imported")!;
  try {
    library.replace(await file.text());
    const { saved, hidden, rules } = library.value;
    status.textContent =
      library.storageError ??
      `Imported: ${Object.keys(saved).length} saved, ${hidden.length} hidden, ${rules.length} watch rules.`;
  } catch (error) {
    if (!(error instanceof LibraryError)) throw error;
    status.textContent = `${file.name} was not imported. ${error.message}`;
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

/** Starts the shared parts of the page. */
export function startShell(): void {
  document.addEventListener("click", (event) => {
    const action = (event.target as Element).closest<HTMLElement>("[data-do]")?.dataset["do"];
    if (action === "theme") nextTheme();
    else if (action === "help") openDialog("help");
    else if (action === "copy") {
      const id = (event.target as Element).closest<HTMLElement>(".card")?.dataset["id"];
      if (id) void copyLink(id).then(notify);
    } else if (action === "close") (event.target as Element).closest("dialog")?.close();
    else if (action === "export")
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
        // An insecure or private window may refuse; the page works without a service worker.
        navigator.serviceWorker.register(scriptAddress("/sw.js")).catch(() => undefined);
      }, 1_000);
    };
    // This script runs after the first paint, possibly after the load event.
    if (document.readyState === "complete") register();
    else window.addEventListener("load", register);
  }
}
