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

/** Gives a query the name under which its connection keeps it prepared, where it is worth one. */
export type Preparer = (query: QueryConfig, values: readonly unknown[] | undefined) => QueryConfig;

/** @returns the preparer of one pool, whose connections keep the statements that came first. */
export function createPreparer(): Preparer {
  const names = new Map<string, string>();
  return (query, values) => {
    const { text, name } = query;
    if (name !== undefined || !values?.length || text.length > LONGEST) return query;
    if (LIST.test(text) || OF_ANY_NUMBER.test(text)) return query;
    if (!names.has(text) && names.size < MOST_STATEMENTS) names.set(text, nameOf(text));
    const known = names.get(text);
    return known === undefined ? query : { ...query, name: known };
  };
}

const nameOf = (text: string) => createHash('sha256').update(text).digest('base64url').slice(0, 22);
