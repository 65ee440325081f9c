/** The case that a supervision is about, as it stands now. A department that acted later still answers for the delay. */
import { z } from 'zod';
import type { Database } from '../../db/postgres/client.ts';
import { deadlinesOf, findCase, type ListedCase } from '../../db/queries/cases.ts';
import { LIMITS } from '../../domain/clock/limits.ts';
import { CASE_TYPES, STAGES } from '../../domain/case-types/case-types.ts';
import type { Actor } from '../../domain/organs/actor.ts';
import { caseTypeCode, limitCode } from '../views/codes.ts';

export const supervisionOriginSchema = z.object({
  caseId: z.string(),
  caseType: caseTypeCode,
  caseTypeTitle: z.string(),
  stage: z.string(),
  stageTitle: z.string(),
  limitId: limitCode,
  limitTitle: z.string().describe('逾期的期限'),
  dueDate: z.string(),
  settledAt: z.iso.datetime().nullable().describe('补办时间；null 为至今未办'),
});

/** @returns undefined if the actor may not see the case, or if it has no such limit. */
export async function originOf(
  db: Database,
  actor: Actor,
  { caseType, parentCaseId, facts }: ListedCase['case'],
): Promise<z.infer<typeof supervisionOriginSchema> | undefined> {
  if (caseType !== 'supervision' || parentCaseId === null) return undefined;
  const origin = (await findCase(db, actor, parentCaseId))?.case;
  const duty = (await deadlinesOf(db, [parentCaseId])).find(({ limitId }) => limitId === facts.limitId);
  if (!origin || !duty) return undefined;
  const type = origin.caseType;
  return {
    caseId: origin.caseId,
    caseType: type,
    caseTypeTitle: CASE_TYPES[type],
    stage: origin.stage,
    stageTitle: STAGES[type][origin.stage] ?? origin.stage,
    limitId: duty.limitId,
    limitTitle: LIMITS[duty.limitId].title,
    dueDate: duty.dueDate,
    settledAt: duty.settledAt?.toISOString() ?? null,
  };
}
