/** The rows of a table, whatever file they are written to. */

/** A code is a text, whatever it looks like; an instant is shown in UTC+8. */
export type TableCell = string | number | Date | null;
export type TableRow = readonly TableCell[];
/** The header first. */
export type TableRows = Iterable<TableRow> | AsyncIterable<TableRow>;
