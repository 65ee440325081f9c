/** PostgreSQL takes 65,535 parameters in a statement; none of our rows has more than thirty. */
const ROWS_A_STATEMENT = 2000;

/** Splits rows of any number into chunks that fit one statement. */
export function* chunksOf<Row>(rows: readonly Row[]): Generator<Row[]> {
  for (let from = 0; from < rows.length; from += ROWS_A_STATEMENT) yield rows.slice(from, from + ROWS_A_STATEMENT);
}
