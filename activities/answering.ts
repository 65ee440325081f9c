/** Who answers for a limit and who has to act, judged from what PostgreSQL holds (domain/oversight/answering.ts). */
import type { Executor } from '../db/postgres/client.ts';
import { currentCalendar } from '../db/queries/calendar.ts';
import { passingsOf } from '../db/queries/records.ts';
import type { CaseRow } from '../db/cases/steps.ts';
import { answeringDepartment, partyInDelay, partyOf, partyOfRecord } from '../domain/oversight/answering.ts';
import { legalDateOf, type LegalDate } from '../domain/clock/calendar.ts';
import { LIMITS, type Limit } from '../domain/clock/limits.ts';
import { attributeTime, passingsIn, type TimeAttribution } from '../domain/oversight/time-attribution.ts';
import type { DeadlineRow } from './deadlines.ts';
import type { PublicationFacts } from '../domain/case-types/publication/opening.ts';
import type { Party } from '../domain/organs/party.ts';

export interface Parties {
  /** Who has to act now. */
  acting: Party;
  /** Who answers for a limit that had passed at the instant that is judged. */
  answering: Party;
}

/** @param until the instant that is judged. Later deeds change nothing, even if they are written already. */
export async function partiesOf(tx: Executor, row: CaseRow, deadline: DeadlineRow, until: Date): Promise<Parties> {
  const { limitId } = deadline;
  const { holderDays }: Limit = LIMITS[limitId];
  const party = partyOf(row.caseType, row.departmentCode !== null, limitId);
  if (holderDays === undefined) return { acting: party, answering: party };
  const timeUsed = await timeOf(tx, row, deadline.startDate);
  return { acting: partyOfRecord(timeUsed()), answering: partyInDelay(limitId, timeUsed(until)) };
}

/** The department that answers, by its code. */
export const answeringOf = ({ answering }: Parties, { limitId }: DeadlineRow, row: CaseRow): string | null =>
  answeringDepartment(answering, limitId, row);

/**
 * How a record's time divides between department and platform, from the day on which the record came into being.
 * @returns a function that counts all deeds or, given an instant, only the deeds before it.
 */
async function timeOf(
  tx: Executor,
  { caseId, openedAt, facts }: CaseRow,
  generatedOn: LegalDate,
): Promise<(until?: Date) => TimeAttribution> {
  const calendar = await currentCalendar(tx);
  const deeds = await passingsOf(tx, caseId);
  return (until) => {
    const isBefore = ({ at }: { at: Date }) => until === undefined || at < until;
    // A record that was received after the instant lay with the department alone until then.
    const { internalReview }: Partial<PublicationFacts> = facts;
    const receivedAt = internalReview ? null : openedAt;
    const events = isBefore({ at: openedAt }) ? passingsIn(receivedAt, deeds.filter(isBefore)) : [];
    // The instant is the end (24:00) of the last day, so one millisecond earlier lies in that day.
    const today = until ? legalDateOf(until.getTime() - 1) : (events.at(-1)?.on ?? generatedOn);
    return attributeTime(calendar, generatedOn, events, today);
  };
}
