/**
 * What readers need to know of a case that stands in other rows: why a push was returned, what the enterprise of a pool
 * entry does.
 */
import { eq, inArray, sql } from 'drizzle-orm';
import type { CaseType } from '../../domain/case/id.ts';
import type { registrationPushBodies } from '../../domain/case-types/registration-push/commands.ts';
import type { BodyOf } from '../../domain/case/bodies.ts';
import type { ReturnReason } from '../../domain/worklist/case-filter.ts';
import type { Database } from '../postgres/client.ts';
import { cases, departments, registrations } from '../schema.ts';
import type { ListedCase } from './cases.ts';

/** Characters of a scope: somewhat more than a list's line shows. */
const SCOPE_BEGINNING = 120;

export interface Background {
  /** 回退: by whom and why. The reason is stored in the returned push only. */
  returned?: {
    caseId: string;
    departmentCode: string | null;
    departmentName: string | null;
    reasonCode: ReturnReason | null;
    reason: string | null;
  };
  /** The beginning of the business scope. */
  scope?: string;
}

/** By case id. */
export async function backgroundsOf(db: Database, rows: ListedCase[]): Promise<Map<string, Background>> {
  const ofType = (caseType: CaseType) => rows.filter((row) => row.case.caseType === caseType).map((row) => row.case);
  const [rollbacks, entries] = [ofType('rollback'), ofType('poolEntry')];
  const [pushes, scopes] = await Promise.all([
    returnedPushes(
      db,
      rollbacks.flatMap(({ parentCaseId }) => parentCaseId ?? []),
    ),
    scopeBeginnings(
      db,
      entries.map(({ caseNo }) => caseNo),
    ),
  ]);
  return new Map([
    ...rollbacks.map(({ caseId, parentCaseId }): [string, Background] => [
      caseId,
      { returned: pushes.get(parentCaseId ?? '') },
    ]),
    ...entries.map(({ caseId, caseNo }): [string, Background] => [caseId, { scope: scopes.get(caseNo) }]),
  ]);
}

async function returnedPushes(db: Database, caseIds: string[]): Promise<Map<string, Background['returned']>> {
  if (caseIds.length === 0) return new Map();
  const rows = await db
    .select({
      caseId: cases.caseId,
      departmentCode: cases.departmentCode,
      departmentName: departments.name,
      facts: cases.facts,
    })
    .from(cases)
    .leftJoin(departments, eq(departments.code, cases.departmentCode))
    .where(inArray(cases.caseId, caseIds));
  return new Map(
    rows.map(({ facts, ...push }) => {
      const { reasonCode = null, reason = null } = (facts['returnReason'] ?? {}) as Partial<
        BodyOf<typeof registrationPushBodies, 'return'>
      >;
      return [push.caseId, { ...push, reasonCode, reason }];
    }),
  );
}

async function scopeBeginnings(db: Database, registrationNos: string[]): Promise<Map<string, string>> {
  if (registrationNos.length === 0) return new Map();
  const rows = await db
    .select({
      no: registrations.registrationNo,
      scope: sql<string>`left(${registrations.scope}, ${SCOPE_BEGINNING})`,
    })
    .from(registrations)
    .where(inArray(registrations.registrationNo, registrationNos));
  return new Map(rows.map(({ no, scope }) => [no, scope]));
}
