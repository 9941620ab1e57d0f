// @vitest-environment happy-dom
import { describe, expect, test } from "vitest";
import { fill } from "../src/templates/fill.ts";
import cases from "./fill-cases.json";

describe("filling a template", () => {
  for (const { what, template, data, filled, filledOr } of cases as (typeof cases)[number][] &
    { filledOr?: string }[]) {
    test(what, () => {
      const element = document.createElement("template");
      element.innerHTML = template;
      const place = document.createElement("div");
      place.append(fill(element, data));
      expect([filled, filledOr]).toContain(place.innerHTML);
    });
  }

  test("an unknown format is an error that names it", () => {
    const element = document.createElement("template");
    element.innerHTML = '<p data-text="{a|shout}"></p>';
    expect(() => fill(element, { a: 1 })).toThrow("'shout'");
  });
});
