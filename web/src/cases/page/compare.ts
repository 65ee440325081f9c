/** Compares two versions of a record field by field, in words for codes. */
import type { ShownField as RecordField } from '../../../../domain/publicity/record-fields.ts';

type ShownField = Pick<RecordField, 'field' | 'label' | 'value' | 'meaning'>;

export interface ComparedField {
  field: string;
  label: string;
  before: string | number | undefined;
  after: string | number | undefined;
  changed: boolean;
}

/** Translates a word of the rules into the reader's language. */
type Say = (word: string) => string;

export const valueOf = ({ value, meaning }: Pick<ShownField, 'value' | 'meaning'>, say: Say): string | number =>
  meaning ? say(meaning) : value;

/** Every field of either version: the earlier one's in order, then those that only the later has. */
export function compare(before: ShownField[], after: ShownField[], say: Say): ComparedField[] {
  const valuesOf = (fields: ShownField[]) => new Map(fields.map((shown) => [shown.field, valueOf(shown, say)]));
  const [earlier, later] = [valuesOf(before), valuesOf(after)];
  const all = [...before, ...after.filter(({ field }) => !earlier.has(field))];
  return all.map(({ field, label }) => {
    const [was, is] = [earlier.get(field), later.get(field)];
    return { field, label, before: was, after: is, changed: was !== is };
  });
}
