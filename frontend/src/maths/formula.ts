/**
 * Formulas as plain data. KaTeX draws with a document's own methods and takes a phone's processor for a moment when it is loaded, so it
 * works where there is no document: in a worker, which gives it a recorder for one, and sends what it drew to the page.
 */

/** An element, or a text. */
export type FormulaNode = FormulaElement | string;

/** What of an element KaTeX sets. */
export interface FormulaElement {
  name: string;
  /** The namespace; null for HTML's. */
  space: string | null;
  className: string;
  /** By the names that scripts use (`marginRight`). */
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

/** The methods of `document` that KaTeX draws with. */
export const recorder = {
  createElement: (name: string): Recorded => new Recorded(name, null),
  createElementNS: (space: string, name: string): Recorded => new Recorded(name, space),
  createTextNode: (text: string): string => text,
  createDocumentFragment: (): Recorded => new Recorded(FRAGMENT, null),
};

/** Makes a recorded element one of this page. */
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
