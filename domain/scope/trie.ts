/** A trie over folded code units, stored in one typed array in which the children of a node lie side by side. */
import { foldText } from './characters.ts';

interface Draft {
  value: number;
  children: Map<number, Draft>;
}

/** Four numbers a node: its label, the place of its first child, the number of children, its value. */
const STRIDE = 4;
/** A root with more children than this gets a lookup table. */
const MANY = 32;
/** More places than these would not fit into the table's 16 bits. */
const MOST_IN_TABLE = 16_383;

/** The node before the first code unit. */
export const ROOT = 0;
/** What `step` returns where no phrase goes on with the code unit. */
export const NOWHERE = -1;

export class Trie {
  readonly #nodes: Int32Array;
  /** By first code unit: the node behind it plus 1, or 0 for none. Only the root has too many children to search through. */
  readonly #first: Uint16Array | null;

  /**
   * @param phrases a phrase's value is its position, from 0; of equal phrases the first counts.
   * @throws RangeError where the phrases have too many different first characters for the table
   */
  constructor(phrases: readonly string[]) {
    const root: Draft = { value: -1, children: new Map() };
    phrases.forEach((phrase, value) => add(root, foldText(phrase), value));
    this.#nodes = flatten(root);
    this.#first = root.children.size > MANY ? this.#table(root.children.size) : null;
  }

  /** The node behind one more code unit. */
  step(node: number, unit: number): number {
    const nodes = this.#nodes;
    if (node === ROOT && this.#first !== null) return this.#first[unit]! - 1;
    let child = nodes[node + 1]!;
    for (const end = child + nodes[node + 2]! * STRIDE; child < end; child += STRIDE) {
      if (nodes[child] === unit) return child;
    }
    return NOWHERE;
  }

  /** The value of the phrase that ends at this node; −1 where none ends. */
  value(node: number): number {
    return this.#nodes[node + 3]!;
  }

  #table(count: number): Uint16Array {
    if (count > MOST_IN_TABLE) throw new RangeError(`${count} first characters are more than the table can hold`);
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
  // Breadth first, so that all children of a node lie side by side.
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
