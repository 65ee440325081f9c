/**
 * What a failed statement may reveal outside this process (第十九条). drizzle puts its values into the message and PostgreSQL
 * the row into `detail`: names, reasons, password hashes. They must not reach logs or Temporal.
 */
import { DrizzleQueryError } from 'drizzle-orm';

/** Characters. The beginning of a long statement is enough to recognise it. */
const LONGEST_QUERY = 1000;

/** Removes the values from an error and its causes; what failed and why stays. @returns the same error. */
export function withoutValues<E>(error: E): E {
  for (let each: unknown = error; each instanceof Error; each = each.cause) {
    if (each instanceof DrizzleQueryError) forgetValues(each);
    if ('detail' in each) delete each.detail;
  }
  return error;
}

function forgetValues(error: DrizzleQueryError): void {
  const message = `Failed query: ${error.query.slice(0, LONGEST_QUERY)}`;
  // The stack begins with the message.
  error.stack = error.stack?.replace(error.message, () => message);
  error.message = message;
  error.query = error.query.slice(0, LONGEST_QUERY);
  error.params = [];
}
