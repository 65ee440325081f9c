/** Whether PostgreSQL could not be reached at all: then nothing has been decided and the request may be repeated. */

/**
 * Connection exceptions by class (https://www.postgresql.org/docs/current/errcodes-appendix.html), except 08P01: with it
 * PostgreSQL refuses what no repetition makes right, e.g. more parameters than it takes.
 */
const CONNECTION_CLASS = /^08(?!P01)[0-9A-Z]{3}$/;

/** Too many connections; shut down by an administrator or by a crash; starting or stopping. */
const SERVER_CODE = /^(53300|57P0[123])$/;
const NETWORK_CODE =
  /^(ECONNREFUSED|ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$/;
const CODES = [CONNECTION_CLASS, SERVER_CODE, NETWORK_CODE];

/** Messages of `pg` without a code, for a connection that was lost or not opened in time. */
const MESSAGES =
  /^(Connection terminated|Query read timeout|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed)/;

/** Looks at this error only, not at its causes. */
export function isConnectionLoss(error: Error): boolean {
  // The file store's client has network errors too; they carry `$metadata`.
  if ('$metadata' in error) return false;
  const code = 'code' in error ? String(error.code) : '';
  return CODES.some((known) => known.test(code)) || MESSAGES.test(error.message);
}

/** Looks at the error and its causes. */
export function isUnavailable(error: unknown): boolean {
  // drizzle wraps the error of the database as the cause of its own.
  for (let each = error; each instanceof Error; each = each.cause) {
    if ('$metadata' in each) return false;
    if (isConnectionLoss(each)) return true;
  }
  return false;
}
