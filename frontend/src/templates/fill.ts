/**
 * Fills `<template>` elements with data, as text only. PublishDay does the same in C#; both pass test/fill-cases.json.
 * README.md defines the marks.
 */
import { formats } from "./formats.ts";

/** Any JSON value. */
export type Value = string | number | boolean | null | undefined | readonly Value[] | object;

type Scope = readonly Value[];

/** Resolves a dotted path: its first name in the innermost object that has it. `.` is the innermost value itself. */
export function resolvePath(scope: Scope, path: string): Value {
  if (path === ".") return scope.at(-1);
  const [first, ...rest] = path.split(".") as [string, ...string[]];
  for (let depth = scope.length - 1; depth >= 0; depth--) {
    const candidate = scope[depth];
    if (isObject(candidate) && (candidate[first] ?? undefined) !== undefined) {
      return rest.reduce<Value>(
        (value, name) => (isObject(value) ? value[name] : undefined),
        candidate[first],
      );
    }
  }
  return undefined;
}

function isObject(value: Value): value is Record<string, Value> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isTrue(scope: Scope, condition: string): boolean {
  const negated = condition.startsWith("!");
  const [path, expected] = (negated ? condition.slice(1) : condition).split("=") as [string, string?];
  const value = resolvePath(scope, path);
  const truth =
    expected !== undefined
      ? String(value ?? "") === expected
      : Array.isArray(value)
        ? value.length > 0
        : Boolean(value);
  return truth !== negated;
}

/** Replaces the placeholders of a text; null if one of them has no value. */
export function interpolate(scope: Scope, text: string): string | null {
  let missing = false;
  const filled = text.replace(/\{([\w.]+)(?:\|(\w+))?\}/g, (_, path: string, format?: string) => {
    const value = resolvePath(scope, path);
    if (value === undefined || value === null) {
      missing = true;
      return "";
    }
    if (!format) return String(value);
    const write = formats[format];
    if (!write) throw new Error(`A template names the format '${format}', which there is not.`);
    return write(String(value));
  });
  return missing ? null : filled;
}

/** Fills an element and its descendants. `data-if` may remove the element, `data-each` may repeat it. */
export function fillElement(element: Element, scope: Scope): void {
  const each = takeAttribute(element, "data-each");
  if (each !== null) {
    const items = resolvePath(scope, each);
    for (const item of Array.isArray(items) ? items : []) {
      const copy = element.cloneNode(true) as Element;
      element.before(copy);
      fillElement(copy, [...scope, item as Value]);
    }
    element.remove();
    return;
  }

  const condition = takeAttribute(element, "data-if");
  if (condition !== null && !isTrue(scope, condition)) {
    element.remove();
    return;
  }

  for (const { name, value } of [...element.attributes]) {
    if (!name.startsWith("data-attr-")) continue;
    element.removeAttribute(name);
    const filled = interpolate(scope, value);
    if (filled !== null) element.setAttribute(name.slice("data-attr-".length), filled);
  }

  const text = takeAttribute(element, "data-text");
  if (text !== null) {
    element.textContent = interpolate(scope, text) ?? "";
    return;
  }

  for (const child of [...element.children]) fillElement(child, scope);
}

/** A filled copy of a template's content. */
export function fill(template: HTMLTemplateElement, ...scope: Scope): DocumentFragment {
  const content = template.content.cloneNode(true) as DocumentFragment;
  for (const child of [...content.children]) fillElement(child, scope);
  return content;
}

function takeAttribute(element: Element, mark: string): string | null {
  const value = element.getAttribute(mark);
  if (value !== null) element.removeAttribute(mark);
  return value;
}
