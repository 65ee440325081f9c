/**
 * Prepares the statements of steps and commands once a connection: planning is more than half of what they cost PostgreSQL.
 * A statement gets its name from its text.
 */
import { createHash } from 'node:crypto';
import type { QueryConfig } from 'pg';

/** Statements that a connection keeps; each takes it some ten kilobytes. */
const MOST_STATEMENTS = 200;
/** Characters. Longer ones insert many rows at once, each time another number of them. */
const LONGEST = 3000;
/** Lists are planned for the values that they are asked with: a rare name and a common one want different plans. */
const LIST = /\blimit \$\d/;
/** Several values in a list, or several rows: each number of them is another text, which is not asked again soon. */
const OF_ANY_NUMBER = / in \(\$\d+, \$|\), \(/;

const names = new Map<string, string>();

/** @returns the query as it is sent: under a name, where it is worth one. */
export function prepared(query: QueryConfig, values: readonly unknown[] | undefined): QueryConfig {
  const { text, name } = query;
  if (name !== undefined || !values?.length || text.length > LONGEST) return query;
  if (LIST.test(text) || OF_ANY_NUMBER.test(text)) return query;
  const known = names.get(text) ?? nameOf(text);
  return known === undefined ? query : { ...query, name: known };
}

function nameOf(text: string): string | undefined {
  if (names.size >= MOST_STATEMENTS) return undefined;
  const name = createHash('sha256').update(text).digest('base64url').slice(0, 22);
  names.set(text, name);
  return name;
}
