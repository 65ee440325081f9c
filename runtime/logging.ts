/** Lines of a log, as JSON: of an error all but the values that a statement carried. */
import { pino, stdSerializers, type Logger, type LoggerOptions } from 'pino';
import { withoutValues } from '../db/postgres/failed-query.ts';

const err = (error: Error) => stdSerializers.err(withoutValues(error));

/** @param to where lines go; to standard output without. */
export function createLog(options: Pick<LoggerOptions, 'name' | 'level'>, to?: NodeJS.WritableStream): Logger {
  return to ? pino({ ...options, serializers: { err } }, to) : pino({ ...options, serializers: { err } });
}
