/** The ids of a closed table. TypeScript types every key as a string; only this file narrows them. */

/** The keys in the table's order. The table's type must name all of its keys: nothing checks for others. */
export function keysOf<Table extends object>(table: Table): (keyof Table & string)[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Object.keys forgets whose keys they are
  return Object.keys(table) as (keyof Table & string)[];
}

/** Whether a text is an id of the table. Inherited names such as `constructor` are none. */
export const isKeyOf = <Table extends object>(table: Table, text: string): text is keyof Table & string =>
  Object.hasOwn(table, text);

/** The titles of a closed table's rows, by their ids. */
export function titlesOf<K extends string>(rows: Readonly<Record<K, { title: string }>>): Record<K, string> {
  const titles = keysOf(rows).map((id) => [id, rows[id].title]);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Object.fromEntries forgets whose keys they are
  return Object.fromEntries(titles) as Record<K, string>;
}
