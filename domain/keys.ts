/** The ids of a closed table. JavaScript calls every key a string; here alone it is said which strings they are. */

/** In the order in which the table lists them. The table's type must name all of its keys: nothing checks for others. */
export function keysOf<Table extends object>(table: Table): (keyof Table & string)[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Object.keys forgets whose keys they are
  return Object.keys(table) as (keyof Table & string)[];
}

/** Whether a text from elsewhere is an id of the table: `constructor` is none. */
export const isKeyOf = <Table extends object>(table: Table, text: string): text is keyof Table & string =>
  Object.hasOwn(table, text);
