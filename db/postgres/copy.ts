/** Rows into a table by COPY, which `pg` speaks but has no statement for: many times as quick as INSERT with parameters. */
import { Query, type Connection, type PoolClient } from 'pg';

export type CopyValue = string | number | boolean | Date | object | null | undefined;

/** What COPY's text format writes otherwise. */
const SPECIAL = /[\\\n\r\t]/;
const WRITTEN: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
/** Bytes sent at once. */
const PIECE = 256 * 1024;

/** A value as COPY reads it. NUL, which PostgreSQL has no text for, must have been refused before. */
function written(value: CopyValue): string {
  if (value === null || value === undefined) return '\\N';
  const text =
    value instanceof Date ? value.toISOString() : typeof value === 'object' ? JSON.stringify(value) : String(value);
  return SPECIAL.test(text) ? text.replaceAll(/[\\\n\r\t]/g, (one) => WRITTEN[one]!) : text;
}

export const copyLine = (values: readonly CopyValue[]): string => `${values.map(written).join('\t')}\n`;

/** The messages of PostgreSQL's protocol that `pg` sends, without types of its own. */
interface CopyConnection {
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
}

class CopyIn extends Query {
  private readonly content: Buffer;

  constructor(statement: string, content: Buffer, done: (error: Error | null | undefined) => void) {
    super(statement, done);
    this.content = content;
  }

  /** Called by `pg` when the server waits for the rows. */
  handleCopyInResponse(connection: Connection & CopyConnection): void {
    for (let from = 0; from < this.content.length; from += PIECE) {
      connection.sendCopyFromChunk(this.content.subarray(from, from + PIECE));
    }
    connection.endCopyFrom();
  }
}

/** @param lines of `copyLine`. @param columns names that need no quotes. */
export function copyIn(
  client: PoolClient,
  table: string,
  columns: readonly string[],
  lines: readonly string[],
): Promise<void> {
  return new Promise((resolve, reject) => {
    const statement = `copy ${table} (${columns.join(', ')}) from stdin`;
    const query = new CopyIn(statement, Buffer.from(lines.join('')), (error) => (error ? reject(error) : resolve()));
    client.query(query);
  });
}
