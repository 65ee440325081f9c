/** Whether PostgreSQL could not be asked at all: then nothing has been decided, and the same request may be made again. */

/**
 * By class (https://www.postgresql.org/docs/current/errcodes-appendix.html): connection exceptions, but for 08P01, by which
 * PostgreSQL refuses what no repetition makes right, as more parameters than it takes.
 */
const CONNECTION_CLASS = /^08(?!P01)[0-9A-Z]{3}$/;

/** Too many connections; shut down by its administrator, by a crash; starting or stopping. */
const SERVER_CODE = /^(53300|57P0[123])$/;
const NETWORK_CODE =
  /^(ECONNREFUSED|ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$/;
const CODES = [CONNECTION_CLASS, SERVER_CODE, NETWORK_CODE];

/** What `pg` says without a code, of a connection lost or not had in time. */
const MESSAGES =
  /^(Connection terminated|Query read timeout|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed)/;

/** Of one error alone, without what caused it. */
export function isConnectionLoss(error: Error): boolean {
  // A bucket's client has errors of the network too, and marks them.
  if ('$metadata' in error) return false;
  const code = 'code' in error ? String(error.code) : '';
  return CODES.some((known) => known.test(code)) || MESSAGES.test(error.message);
}

export function isUnavailable(error: unknown): boolean {
  // drizzle names the query, and keeps what happened as its cause.
  for (let each = error; each instanceof Error; each = each.cause) {
    if ('$metadata' in each) return false;
    if (isConnectionLoss(each)) return true;
  }
  return false;
}
