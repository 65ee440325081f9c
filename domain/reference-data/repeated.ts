/** Rows of a file that have the same key. */
import type { Fault, Read } from './content.ts';

/** One fault for each row but the first that has a value. @param title of the field. */
export function* repeated<Row>(rows: readonly Read<Row>[], field: keyof Row & string, title: string): Generator<Fault> {
  const first = new Map<unknown, number>();
  for (const { line, value } of rows) {
    const before = first.get(value[field]);
    if (before === undefined) first.set(value[field], line);
    else yield { line, path: field, message: `${title}“${String(value[field])}”与第${before}行重复，请删除其一` };
  }
}
