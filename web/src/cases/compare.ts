/** Two versions of a record, field by field. */

export interface ShownField {
  field: string;
  label: string;
  value: string | number;
}

export interface ComparedField {
  field: string;
  label: string;
  before: string | number | undefined;
  after: string | number | undefined;
  changed: boolean;
}

/** Every field of either, in the earlier one's order; what only the later has stands at the end. */
export function compare(before: ShownField[], after: ShownField[]): ComparedField[] {
  const valuesOf = (fields: ShownField[]) => new Map(fields.map(({ field, value }) => [field, value]));
  const [earlier, later] = [valuesOf(before), valuesOf(after)];
  const all = [...before, ...after.filter(({ field }) => !earlier.has(field))];
  return all.map(({ field, label }) => {
    const [was, is] = [earlier.get(field), later.get(field)];
    return { field, label, before: was, after: is, changed: was !== is };
  });
}
