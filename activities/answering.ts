/** Who answers for a limit, and who has to act, as the record has it (domain/oversight/answering.ts). */
import type { Executor } from '../db/postgres/client.ts';
import { currentCalendar } from '../db/queries/calendar.ts';
import { passingsOf } from '../db/queries/records.ts';
import type { CaseRow } from '../db/cases/steps.ts';
import { answeringDepartment, partyInDelay, partyOf, partyOfRecord } from '../domain/oversight/answering.ts';
import { legalDateOf, type LegalDate } from '../domain/clock/calendar.ts';
import { LIMITS, type Limit } from '../domain/clock/limits.ts';
import { attributeTime, passingsIn, type TimeAttribution } from '../domain/oversight/time-attribution.ts';
import type { DutyRow } from './duties.ts';
import type { Party } from '../domain/organs/party.ts';

export interface Parties {
  /** Who has to act now. */
  acting: Party;
  /** Who answers for what had come to pass at an instant. */
  answering: Party;
}

/** @param until the instant that is judged: what was done after it, though recorded before, changes nothing. */
export async function partiesOf(tx: Executor, row: CaseRow, duty: DutyRow, until: Date): Promise<Parties> {
  const { limitId } = duty;
  const { holderDays }: Limit = LIMITS[limitId];
  const party = partyOf(row.caseType, row.departmentCode !== null, limitId);
  if (holderDays === undefined) return { acting: party, answering: party };
  const timeUsed = await timeOf(tx, row, duty.startDate);
  return { acting: partyOfRecord(timeUsed()), answering: partyInDelay(limitId, timeUsed(until)) };
}

/** The department that answers, by its code. */
export const answeringOf = ({ answering }: Parties, { limitId }: DutyRow, row: CaseRow): string | null =>
  answeringDepartment(answering, limitId, row);

/** Of the record, from the day on which it came into being: by all that was done, or by what was done before an instant. */
async function timeOf(
  tx: Executor,
  { caseId, openedAt }: CaseRow,
  generatedOn: LegalDate,
): Promise<(until?: Date) => TimeAttribution> {
  const calendar = await currentCalendar(tx);
  const deeds = await passingsOf(tx, caseId);
  return (until) => {
    const isBefore = ({ at }: { at: Date }) => until === undefined || at < until;
    // Received when the instant had passed: until then it lay with the department alone.
    const events = isBefore({ at: openedAt }) ? passingsIn(openedAt, deeds.filter(isBefore)) : [];
    // The last day ends with the instant that is judged.
    const today = until ? legalDateOf(until.getTime() - 1) : (events.at(-1)?.on ?? generatedOn);
    return attributeTime(calendar, generatedOn, events, today);
  };
}
