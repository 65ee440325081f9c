/** How a case begins: by whoever inserts its row (db/cases/first-steps.ts) or, for cases of earlier commits, by its workflow. */
import type { LegalDate } from '../clock/calendar.ts';
import type { LimitId } from '../clock/limits.ts';
import type { NoticeRequest } from '../notices/notices.ts';
import type { CaseOpening, NewCase } from './case.ts';
import type { LimitChange } from './case-step.ts';

/** `from`: the earlier day to count from. `atRest`: the limit was met by the opening, in time or late. */
export type FirstLimit = LimitId | { limitId: LimitId; from: LegalDate; atRest?: boolean };

/** Step 1 of a case, by the system. */
export interface FirstStep {
  article: string;
  /** Who is told of the opening. */
  notify: NoticeRequest[];
  /** The limits that begin with the case. */
  limits: FirstLimit[];
  /** The cases that begin with it. */
  followUps: CaseOpening[];
}

/** The token of the first step, and its action in the audit log. */
export const OPEN = 'open';

/** @param startedAt engine time, epoch ms. @returns the changes in the order of the log, and the limits that come to rest. */
export function firstChanges(limits: readonly FirstLimit[], startedAt: number) {
  const atRest: LimitId[] = [];
  const armed = limits.map((limit): LimitChange => {
    if (typeof limit === 'string') return { limitId: limit, change: 'arm', startedAt };
    if (limit.atRest) atRest.push(limit.limitId);
    return { limitId: limit.limitId, change: 'arm', startedAt, startDate: limit.from };
  });
  const changes = [...armed, ...atRest.map((limitId): LimitChange => ({ limitId, change: 'settle' }))];
  return { changes, atRest };
}

/**
 * What the audit log says of a case at its opening. It keeps holder and case type, because the assessment is computed from
 * the log alone (第十六条).
 */
export const openedContent = ({ stage, caseType, departmentCode, facts }: NewCase) => ({
  stage,
  caseType,
  departmentCode,
  ...facts,
});
