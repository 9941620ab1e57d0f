/** The dialog that edits the watch list. Loaded when it is opened for the first time. */
import { library, openDialog, updateLibrary } from "../shell/shell.ts";
import type { Rule } from "./library.ts";

const byId = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T;

let isStarted = false;

/** @param tags the topics that a rule can choose from: those of all held days. */
export function openWatchDialog(tags: readonly string[]): void {
  if (!isStarted) startWatchDialog();
  isStarted = true;
  setTopicOptions(tags);
  openDialog("watch");
}

function startWatchDialog(): void {
  const kind = byId<HTMLSelectElement>("rule-kind");
  const text = byId<HTMLInputElement>("rule-text");
  const topic = byId<HTMLSelectElement>("rule-topic");
  const list = byId<HTMLUListElement>("rules");

  const show = (): void => {
    list.replaceChildren(
      ...library.value.rules.map((rule, place) => {
        const item = document.createElement("li");
        const label = document.createElement("span");
        label.textContent = `${rule.text} `;
        const what = document.createElement("small");
        what.textContent = `${rule.muted ? "muted " : ""}${rule.kind}`;
        const remove = document.createElement("button");
        remove.type = "button";
        remove.textContent = "Remove";
        remove.setAttribute("aria-label", `Remove ${rule.kind} ${rule.text}`);
        remove.addEventListener("click", () => {
          updateLibrary((draft) => {
            draft.rules.splice(place, 1);
          });
          (list.querySelectorAll("button")[place] ?? text).focus();
        });
        label.append(what);
        item.append(label, remove);
        return item;
      }),
    );
  };

  const add = (muted: boolean): void => {
    const chosen = kind.value === "topic" ? topic : text;
    const rule: Rule = { kind: kind.value as Rule["kind"], text: chosen.value.trim(), muted };
    if (!rule.text) {
      chosen.focus();
      return;
    }
    updateLibrary((draft) => {
      draft.rules = [
        ...draft.rules.filter(
          (other) => other.kind !== rule.kind || other.text.toLowerCase() !== rule.text.toLowerCase(),
        ),
        rule,
      ];
      draft.watchedFirst = true;
    });
    text.value = "";
    chosen.focus();
  };

  kind.addEventListener("change", () => {
    topic.hidden = kind.value !== "topic";
    text.hidden = !topic.hidden;
    text.placeholder = kind.value === "author" ? "such as Jane Doe" : "such as retrieval";
  });
  byId("watch").addEventListener("click", (event) => {
    const action = (event.target as Element).closest<HTMLElement>("[data-do]")?.dataset["do"];
    if (action === "watch-add") add(false);
    else if (action === "mute-add") add(true);
  });
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter") add(false);
  });
  library.onChange(show);
  show();
}

function setTopicOptions(tags: readonly string[]): void {
  const topic = byId<HTMLSelectElement>("rule-topic");
  const options = [...new Set(tags)].sort().map((tag) => new Option(tag));
  if (options.length !== topic.options.length) topic.replaceChildren(...options);
}
