/** PostgreSQL takes 65,535 parameters a statement. No row of ours has more than thirty. */
const ROWS_A_STATEMENT = 2000;

/** Rows whose number nobody bounds, as many at a time as one statement takes. */
export function* chunksOf<Row>(rows: readonly Row[]): Generator<Row[]> {
  for (let from = 0; from < rows.length; from += ROWS_A_STATEMENT) yield rows.slice(from, from + ROWS_A_STATEMENT);
}
