/** A trie over folded code units, flattened so that the children of a node lie side by side in one typed array. */
import { foldText } from './characters.ts';

interface Draft {
  value: number;
  children: Map<number, Draft>;
}

/** Of a node: its label, its first child, how many children, its value. */
const STRIDE = 4;
/** A root with more children than this gets a table. */
const MANY = 32;

/** Before the first code unit of any phrase. */
export const ROOT = 0;
/** No phrase goes on like this. */
export const NOWHERE = -1;

export class Trie {
  readonly #nodes: Int32Array;
  /** Node after each possible first code unit, 0 for none: the root alone has too many children to look through. */
  readonly #first: Uint16Array | null;

  /**
   * @param phrases value 0 upwards by position. A later equal phrase keeps the first one's value.
   * @throws RangeError where they have too many first characters for the table
   */
  constructor(phrases: readonly string[]) {
    const root: Draft = { value: -1, children: new Map() };
    phrases.forEach((phrase, value) => add(root, foldText(phrase), value));
    this.#nodes = flatten(root);
    this.#first = root.children.size > MANY ? this.#table(root.children.size) : null;
  }

  /** Node after one more code unit. */
  step(node: number, unit: number): number {
    const nodes = this.#nodes;
    if (node === ROOT && this.#first !== null) return this.#first[unit]! - 1;
    let child = nodes[node + 1]!;
    for (const end = child + nodes[node + 2]! * STRIDE; child < end; child += STRIDE) {
      if (nodes[child] === unit) return child;
    }
    return NOWHERE;
  }

  /** Value of the phrase that ends at this node, −1 where none does. */
  value(node: number): number {
    return this.#nodes[node + 3]!;
  }

  #table(count: number): Uint16Array {
    if (count * STRIDE >= 0xffff) throw new RangeError(`${count} first characters are more than the table can hold`);
    const first = new Uint16Array(0x10000);
    for (let child = STRIDE; child <= count * STRIDE; child += STRIDE) first[this.#nodes[child]!] = child + 1;
    return first;
  }
}

function add(root: Draft, folded: string, value: number): void {
  let node = root;
  for (let index = 0; index < folded.length; index++) {
    const unit = folded.charCodeAt(index);
    const next = node.children.get(unit) ?? { value: -1, children: new Map() };
    node.children.set(unit, next);
    node = next;
  }
  if (node !== root && node.value === -1) node.value = value;
}

function flatten(root: Draft): Int32Array {
  // Breadth first: all children of a node get their places together.
  const order: { label: number; draft: Draft; first: number }[] = [{ label: 0, draft: root, first: 0 }];
  for (let place = 0; place < order.length; place++) {
    const entry = order[place]!;
    entry.first = order.length;
    for (const [label, draft] of entry.draft.children) order.push({ label, draft, first: 0 });
  }
  const nodes = new Int32Array(order.length * STRIDE);
  order.forEach(({ label, draft, first }, place) => {
    nodes.set([label, first * STRIDE, draft.children.size, draft.value], place * STRIDE);
  });
  return nodes;
}
