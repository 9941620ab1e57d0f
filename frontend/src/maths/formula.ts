/**
 * Formulas as plain data. Loading KaTeX would block a phone's main thread, so it runs in a worker. It calls methods of `document`,
 * which a worker lacks: a recorder stands in for it, and the worker sends the recorded elements to the page.
 */

/** An element or a text node. */
export type FormulaNode = FormulaElement | string;

/** The properties of an element that KaTeX sets. */
export interface FormulaElement {
  name: string;
  /** The namespace; null for HTML's. */
  space: string | null;
  className: string;
  /** By DOM property name (`marginRight`). */
  style: Record<string, string>;
  attributes: [name: string, value: string][];
  children: FormulaNode[];
}

class Recorded implements FormulaElement {
  className = "";
  readonly style: Record<string, string> = {};
  readonly attributes: [string, string][] = [];
  children: FormulaNode[] = [];

  constructor(
    readonly name: string,
    readonly space: string | null,
  ) {}

  setAttribute(name: string, value: unknown): void {
    this.attributes.push([name, String(value)]);
  }

  appendChild(child: Recorded | string): void {
    if (child instanceof Recorded && child.name === FRAGMENT) this.children.push(...child.children);
    else this.children.push(child);
  }

  set textContent(text: string) {
    this.children = text ? [text] : [];
  }
}

const FRAGMENT = "";

/** The methods of `document` that KaTeX calls. */
export const recorder = {
  createElement: (name: string): Recorded => new Recorded(name, null),
  createElementNS: (space: string, name: string): Recorded => new Recorded(name, space),
  createTextNode: (text: string): string => text,
  createDocumentFragment: (): Recorded => new Recorded(FRAGMENT, null),
};

/** Creates the page's element from a recorded one. */
export function build(node: FormulaNode): Node {
  if (typeof node === "string") return document.createTextNode(node);
  const element =
    node.space === null ? document.createElement(node.name) : document.createElementNS(node.space, node.name);
  if (node.className) element.setAttribute("class", node.className);
  if (element instanceof HTMLElement) Object.assign(element.style, node.style);
  for (const [name, value] of node.attributes) element.setAttribute(name, value);
  element.append(...node.children.map(build));
  return element;
}
