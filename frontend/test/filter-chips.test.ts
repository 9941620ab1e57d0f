import { expect, test } from "vitest";
import { type Address, parseAddress } from "../src/pages/address.ts";
import { addressChips } from "../src/pages/filter-chips.ts";

const NAMES = { topic: (slug: string) => slug.toUpperCase(), themeTitle: "A theme", newestDay: "2026-03-17" };

const chipsOf = (search: string): { names: string[]; without: (place: number) => Address } => {
  const went: Address[] = [];
  const chips = addressChips(parseAddress({ pathname: "/", search }), NAMES, (address) => went.push(address));
  return {
    names: chips.map((chip) => chip.name),
    without: (place) => {
      chips[place]!.remove();
      return went.at(-1)!;
    },
  };
};

test("a chip for each filter removes that filter", () => {
  const { names, without } = chipsOf("?day=2026-03-13&theme=a&tag=nlp&tag=theory");
  expect(names).toEqual(["Fri 13 Mar", "A theme", "NLP", "THEORY"]);
  expect(without(0)).toMatchObject({ day: null, theme: null, tags: ["nlp", "theory"] });
  expect(without(1)).toMatchObject({ day: "2026-03-13", theme: null });
  expect(without(2)).toMatchObject({ tags: ["theory"] });
});

test("the newest day is no filter", () => {
  expect(chipsOf("?day=2026-03-17").names).toEqual([]);
});
