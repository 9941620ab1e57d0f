/** The dialog that edits the watch list. Loaded when it is opened for the first time. */
import { library, openDialog, updateLibrary } from "../shell/shell.ts";
import type { Rule } from "./library.ts";

const byId = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T;

const PLACEHOLDERS: Record<string, string> = {
  author: "e.g. Jane Doe",
  institution: "e.g. ETH Zurich",
};

let isInitialized = false;

/** @param tags the topics offered: the tags of all days in the index. */
export function openWatchDialog(tags: readonly string[]): void {
  if (!isInitialized) initialize();
  isInitialized = true;
  setTopicOptions(tags);
  openDialog("watch");
}

function initialize(): void {
  const kind = byId<HTMLSelectElement>("rule-kind");
  const text = byId<HTMLInputElement>("rule-text");
  const topic = byId<HTMLSelectElement>("rule-topic");
  const list = byId<HTMLUListElement>("rules");

  const renderRules = (): void => {
    list.replaceChildren(
      ...library.value.rules.map((rule, index) => {
        const item = document.createElement("li");
        const label = document.createElement("span");
        label.textContent = `${rule.text} `;
        const kindLabel = document.createElement("small");
        kindLabel.textContent = `${rule.muted ? "muted " : ""}${rule.kind}`;
        const remove = document.createElement("button");
        remove.type = "button";
        remove.textContent = "Remove";
        remove.setAttribute("aria-label", `Remove ${rule.kind} ${rule.text}`);
        remove.addEventListener("click", () => {
          updateLibrary((draft) => {
            draft.rules.splice(index, 1);
          });
          // The list has been rendered again: focus the next Remove button.
          (list.querySelectorAll("button")[index] ?? text).focus();
        });
        label.append(kindLabel);
        item.append(label, remove);
        return item;
      }),
    );
  };

  const add = (muted: boolean): void => {
    const input = kind.value === "topic" ? topic : text;
    const rule: Rule = { kind: kind.value as Rule["kind"], text: input.value.trim(), muted };
    if (!rule.text) {
      input.focus();
      return;
    }
    updateLibrary((draft) => {
      draft.rules = [
        ...draft.rules.filter(
          (other) => other.kind !== rule.kind || other.text.toLowerCase() !== rule.text.toLowerCase(),
        ),
        rule,
      ];
      if (!muted) draft.watchedFirst = true;
    });
    text.value = "";
    input.focus();
  };

  kind.addEventListener("change", () => {
    topic.hidden = kind.value !== "topic";
    text.hidden = !topic.hidden;
    text.placeholder = PLACEHOLDERS[kind.value] ?? "e.g. retrieval";
  });
  byId("watch").addEventListener("click", (event) => {
    const action = (event.target as Element).closest<HTMLElement>("[data-do]")?.dataset["do"];
    if (action === "watch-add") add(false);
    else if (action === "mute-add") add(true);
  });
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter") add(false);
  });
  library.onChange(renderRules);
  renderRules();
}

function setTopicOptions(tags: readonly string[]): void {
  const topic = byId<HTMLSelectElement>("rule-topic");
  const topics = [...new Set(tags)].sort();
  // Unchanged topics keep their selection.
  if (topics.join() !== Array.from(topic.options, (option) => option.value).join())
    topic.replaceChildren(...topics.map((text) => new Option(text)));
}
