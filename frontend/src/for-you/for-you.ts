/** "For you": the day ordered by what the reader saved, opened, hid and typed. Loaded when it is switched on; nothing leaves the browser. */
import { DataError } from "../data/site-data.ts";
import type { PaperCard, SiteIndex } from "../data/types.ts";
import type { Library } from "../library/library.ts";
import { library, updateLibrary } from "../shell/shell.ts";
import { WorkerClient } from "../shell/worker-client.ts";
import type { RankRequest } from "./for-you.worker.ts";
import workerUrl from "./for-you.worker.ts?worker&url";
import type { Score } from "./ranking.ts";

const worker = new WorkerClient<RankRequest>(workerUrl);

/** A saved paper counts half as much after so many days. */
const HALF_LIFE_DAYS = 30;

/** How much an opened paper counts, and how many of the latest ones do. */
const OPENED_WEIGHT = 0.25;
const MAX_OPENED = 30;

/** The minimum similarity, relative to the mean paper, at which a paper is said to be like another one. */
const MIN_SIMILARITY = 0.3;

interface LikedText {
  id: string | null;
  text: string;
  title: string;
  weight: number;
  /** What the reader did with the paper; null for a typed interest. */
  verb: "saved" | "opened" | null;
}

/** What the reader likes: saved papers, typed interests and, beside these, opened papers. */
function likedTexts(
  { saved, interests, read, hidden }: Readonly<Library>,
  titles: ReadonlyMap<string, string>,
  now: number,
): LikedText[] {
  const liked = Object.values(saved).map(({ card, at }): LikedText => {
    const days = Math.max(0, (now - Date.parse(at)) / 86_400_000) || 0;
    return {
      id: card.id,
      text: `${card.title}. ${card.keyPoints.join(" ")}`,
      title: card.title,
      weight: 0.5 ** (days / HALF_LIFE_DAYS),
      verb: "saved",
    };
  });
  for (const text of interests) liked.push({ id: null, text, title: text, weight: 1, verb: null });
  if (liked.length === 0) return liked;
  for (const id of read.slice(-MAX_OPENED)) {
    const title = titles.get(id);
    if (title !== undefined && !saved[id] && !hidden.includes(id))
      liked.push({ id, text: title, title, weight: OPENED_WEIGHT, verb: "opened" });
  }
  return liked;
}

/** A line above a card; the title may contain TeX. */
function lineOf(before: string, title?: string, after = ""): HTMLElement {
  const line = document.createElement("p");
  line.className = "reason";
  line.append(before);
  if (title !== undefined) {
    const resembled = document.createElement("span");
    resembled.className = "tex";
    resembled.textContent = title;
    line.append(resembled, after);
  }
  return line;
}

/**
 * Orders the papers of a day, the most interesting ones first and the saved ones last. No paper is left out.
 * @returns null if the reader has neither saved a paper nor typed an interest.
 */
export async function orderForYou(
  cards: readonly PaperCard[],
  { search, vectors }: SiteIndex,
): Promise<{ cards: PaperCard[]; why: Map<string, HTMLElement> } | null> {
  const titles = new Map(cards.map(({ id, title }) => [id, title]));
  const liked = likedTexts(library.value, titles, Date.now());
  if (!search || !vectors || liked.length === 0) return null;
  const request: RankRequest = {
    search,
    vectors,
    papers: cards.map(({ id }) => id),
    liked: liked.map(({ id, text, weight }) => ({ id, text, weight })),
    hidden: library.value.hidden,
  };
  const scores = (await worker.request(request).catch((error: Error) => {
    throw new DataError(`The papers could not be ordered for you: ${error.message}`);
  })) as Score[];
  const why = new Map<string, HTMLElement>();
  const ordered = cards.map((card, index) => {
    const { score, nearest, similarity } = scores[index]!;
    const { id, title, verb } = liked[nearest]!;
    if (card.id === id) why.set(id, lineOf(`You ${verb} it`));
    else if (similarity < MIN_SIMILARITY)
      why.set(card.id, lineOf("Little in common with your interests and saved papers"));
    else if (verb) why.set(card.id, lineOf("Like ", title, `, which you ${verb}`));
    else why.set(card.id, lineOf("Matches your interest: ", title));
    return { card, score };
  });
  // Saved papers come last: the reader knows them.
  const { saved } = library.value;
  ordered.sort((a, b) => Number(a.card.id in saved) - Number(b.card.id in saved) || b.score - a.score);
  return { cards: ordered.map(({ card }) => card), why };
}

/** Shows the panel below the view's buttons while For you is on: what the order rests on, and the typed interests. */
export function showPanel(): void {
  let panel = document.getElementById("for-you");
  if (library.value.order !== "for-you") {
    panel?.remove();
    return;
  }
  if (!panel) {
    panel = document.createElement("section");
    panel.id = "for-you";
    panel.setAttribute("aria-label", "For you");
    const text = document.createElement("p");
    text.className = "filter";
    const form = document.createElement("div");
    form.className = "add";
    const label = document.createElement("label");
    label.className = "wide";
    label.textContent = "What do you work on? ";
    const input = document.createElement("input");
    input.type = "text";
    input.autocomplete = "off";
    input.placeholder = "e.g. federated learning in hospitals";
    label.append(input);
    const add = document.createElement("button");
    add.type = "button";
    add.textContent = "Add";
    const submit = (): void => {
      const interest = input.value.trim();
      if (interest)
        updateLibrary((draft) => {
          draft.interests = [...draft.interests.filter((other) => other !== interest), interest];
        });
      input.value = "";
      input.focus();
    };
    add.addEventListener("click", submit);
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") submit();
    });
    form.append(label, add);
    panel.append(text, form);
    document.querySelector(".view")!.after(panel);
  }
  const { interests, saved } = library.value;
  const hasSignal = interests.length > 0 || Object.keys(saved).length > 0;
  const caption = document.createElement("span");
  caption.textContent = hasSignal
    ? "Ordered by your interests and by what you saved, opened and hid. Nothing leaves this browser. "
    : "Save a paper or add an interest; until then, papers are in arXiv’s order. Nothing leaves this browser. ";
  const chips = interests.map((interest) => {
    const chip = document.createElement("button");
    chip.type = "button";
    chip.className = "chip";
    chip.textContent = interest;
    chip.setAttribute("aria-label", `Remove the interest ${interest}`);
    chip.addEventListener("click", () => {
      updateLibrary((draft) => {
        draft.interests = draft.interests.filter((other) => other !== interest);
      });
      panel.querySelector("input")!.focus();
    });
    return chip;
  });
  panel.querySelector(".filter")!.replaceChildren(caption, ...chips);
}
