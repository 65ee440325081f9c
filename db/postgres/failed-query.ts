/**
 * What a failed statement may say outside this process (第十九条). drizzle puts its values into the message, PostgreSQL the row
 * into `detail`: names, reasons and password hashes, which belong neither into a log nor into Temporal.
 */
import { DrizzleQueryError } from 'drizzle-orm';

/** Of a statement of thousands of rows the beginning tells which it is. */
const LONGEST_QUERY = 1000;

/** Takes the values out of an error and of what caused it; what failed and why stays. @returns the same error. */
export function withoutValues<E>(error: E): E {
  for (let each: unknown = error; each instanceof Error; each = each.cause) {
    if (each instanceof DrizzleQueryError) forgetValues(each);
    if ('detail' in each) delete each.detail;
  }
  return error;
}

function forgetValues(error: DrizzleQueryError): void {
  const message = `Failed query: ${error.query.slice(0, LONGEST_QUERY)}`;
  // A stack begins with the message.
  error.stack = error.stack?.replace(error.message, () => message);
  error.message = message;
  error.query = error.query.slice(0, LONGEST_QUERY);
  error.params = [];
}
