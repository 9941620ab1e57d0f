// @vitest-environment happy-dom
import { readFileSync } from "node:fs";
import { beforeEach, expect, test, vi } from "vitest";
import { openWatchDialog } from "../src/library/watch-dialog.ts";
import { library } from "../src/shell/shell.ts";

// happy-dom has no Option constructor.
function option(text: string): HTMLOptionElement {
  return Object.assign(document.createElement("option"), { textContent: text });
}
vi.stubGlobal("Option", option);

const html = readFileSync("index.html", "utf8");
document.body.innerHTML = html.slice(html.indexOf('<dialog id="watch"'), html.indexOf('<dialog id="cite"'));
const topic = document.getElementById("rule-topic") as HTMLSelectElement;
const topics = (): string[] => [...topic.options].map((option) => option.value);

beforeEach(() => {
  library.change((draft) => {
    draft.rules = [];
    draft.watchedFirst = false;
  });
});

const add = (text: string, action: "watch-add" | "mute-add"): void => {
  (document.getElementById("rule-text") as HTMLInputElement).value = text;
  document.querySelector<HTMLElement>(`[data-do="${action}"]`)!.click();
};

test("the topics are those of the index, also if their number is the same as before", () => {
  openWatchDialog(["Robotics", "Theory", "Robotics"]);
  expect(topics()).toEqual(["Robotics", "Theory"]);
  openWatchDialog(["Theory", "Audio & Speech"]);
  expect(topics()).toEqual(["Audio & Speech", "Theory"]);
});

test("a topic stays chosen while the topics are the same", () => {
  openWatchDialog(["Robotics", "Theory"]);
  topic.value = "Theory";
  openWatchDialog(["Theory", "Robotics"]);
  expect(topic.value).toBe("Theory");
});

test("watching puts watched papers first, muting keeps the reader's order", () => {
  openWatchDialog([]);
  add("retrieval", "mute-add");
  expect(library.value.watchedFirst).toBe(false);
  add("federated", "watch-add");
  expect(library.value.watchedFirst).toBe(true);
  expect(library.value.rules.map(({ text, muted }) => [text, muted])).toEqual([
    ["retrieval", true],
    ["federated", false],
  ]);
});
