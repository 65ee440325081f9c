/** Search of cases by what people type: a number's beginning, a credit code, a part of a name. */
import { like, or, sql, type SQL } from 'drizzle-orm';
import type { Executor } from '../postgres/client.ts';
import { documentNumber } from '../../domain/publicity/document-no.ts';
import { normaliseUscc } from '../../domain/uscc.ts';
import { cases, complaintReports, poolScopes } from '../schema.ts';
import { FORMER_NAMES, NAMES } from './enterprise-names.ts';
import { hasPart, literal, search, type Searched } from './text-search.ts';

/** Traders without a credit code: each complaint names its own. */
const TRADERS: Searched = {
  table: complaintReports,
  key: complaintReports.receiptNo,
  text: complaintReports.traderName,
};
const SCOPES: Searched = { table: poolScopes, key: poolScopes.caseId, text: poolScopes.scope };

/** Characters that numbers and credit codes have and few scopes have: letters, digits, the bracket around a year. */
const OF_NUMBERS = /[0-9A-Za-z〔]/;

/**
 * Cases whose number begins so, whose credit code it is, or whose enterprise's or trader's name, also a former one, has it as a part; also pool entries with
 * the part in their scope, unless it looks like a number. Few names are looked up before and are then a condition on the
 * cases alone, for which indexes lead to the cases. Of a common part, each case's own name is tested.
 */
export async function mentions(db: Executor, text: string): Promise<SQL | undefined> {
  const isNumber = OF_NUMBERS.test(text);
  const names = await search(db, NAMES, text);
  const formerNames = await search(db, FORMER_NAMES, text);
  const traders = await search(db, TRADERS, text);
  const scopes = isNumber ? NONE : await search(db, SCOPES, text);
  return or(
    ...[...new Set([text, documentNumber(text)])].map((number) => like(cases.caseNo, `${literal(number)}%`)),
    isNumber ? sql`${cases.uscc} = ${normaliseUscc(text)}` : undefined,
    names.isCommon ? ownText(NAMES, cases.uscc, text) : isOneOf(cases.uscc, names.keys),
    formerNames.isCommon ? ownText(FORMER_NAMES, cases.uscc, text) : isOneOf(cases.uscc, formerNames.keys),
    traders.isCommon ? ownText(TRADERS, cases.caseNo, text) : isOneOf(cases.caseNo, traders.keys),
    scopes.isCommon ? ownText(SCOPES, cases.caseId, text) : isOneOf(cases.caseId, scopes.keys),
  );
}

const NONE = { keys: [], isCommon: false };

type Column = typeof cases.uscc | typeof cases.caseId | typeof cases.caseNo;

const isOneOf = (column: Column, keys: string[]): SQL | undefined =>
  keys.length > 0 ? sql`${column} = any(${sql.param(keys)}::text[])` : undefined;

/** A lookup by key for each case that a list reads: `offset` keeps PostgreSQL from folding every name there is. */
const ownText = ({ table, key, text }: Searched, column: Column, part: string): SQL =>
  sql`exists (select from ${table} where ${key} = ${column} and ${hasPart(text, part)} offset 0)`;
