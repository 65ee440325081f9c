/** The log: lines of JSON. Errors are written without the values of SQL statements. */
import { pino, stdSerializers, type Logger, type LoggerOptions } from 'pino';
import { withoutValues } from '../db/postgres/failed-query.ts';

const err = (error: Error) => stdSerializers.err(withoutValues(error));

/** @param to receives the lines. Absent: standard output. */
export function createLog(options: Pick<LoggerOptions, 'name' | 'level'>, to?: NodeJS.WritableStream): Logger {
  return to ? pino({ ...options, serializers: { err } }, to) : pino({ ...options, serializers: { err } });
}
