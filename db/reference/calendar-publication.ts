/** Publishes a calendar: the version, its author and reason, and the outbox row that carries it to the running cases. */
import { eq, sql } from 'drizzle-orm';
import { legalDateOf, type LegalDate, type WorkCalendar } from '../../domain/clock/calendar.ts';
import { checkSuccessor, firstDifference } from '../../domain/clock/calendar-publication.ts';
import type { Clock } from '../../domain/clock/clock.ts';
import { Refusal } from '../../domain/errors.ts';
import type { Executor } from '../postgres/client.ts';
import { affectedDuties, lockCalendars, type AffectedDuty } from '../queries/affected-duties.ts';
import { currentCalendar, replaceCalendar } from '../queries/calendar.ts';
import { calendarRollouts, calendars, outbox, referenceChanges } from '../schema.ts';
import type { Actor } from '../../domain/organs/actor.ts';

export interface CalendarDeps {
  db: Executor;
  clock: Clock;
}

export interface Preview {
  version: string;
  /** Running limits whose date moves or becomes firm, or whose ladder moves. */
  affected: number;
  /** The first of these limits. */
  examples: AffectedDuty[];
}

/** The content of the outbox row; outbox/start-rollouts.ts reads it. */
export interface CalendarRolloutPayload {
  version: string;
  /** The first day that the new calendar counts differently; absent if nothing moves. */
  from?: LegalDate;
}

const EXAMPLES = 100;

async function preview(db: Executor, after: WorkCalendar, from: LegalDate | null, today: LegalDate): Promise<Preview> {
  const found: Preview = { version: after.version, affected: 0, examples: [] };
  if (from === null) return found;
  for await (const duty of affectedDuties(db, after, from, today)) {
    found.affected += 1;
    if (found.examples.length < EXAMPLES) found.examples.push(duty);
  }
  return found;
}

/**
 * @param make makes the calendar from the one in force.
 * @param dryRun shows what would move and changes nothing.
 * @throws Refusal calendar.rewrites-past
 */
export async function publishCalendar(
  { db, clock }: CalendarDeps,
  actor: Pick<Actor, 'username'>,
  make: (inForce: WorkCalendar) => WorkCalendar,
  reason: string,
  dryRun: boolean,
): Promise<Preview> {
  const now = Date.now();
  const at = clock.legal(now);
  return db.transaction(async (tx) => {
    await lockCalendars(tx);
    const before = await currentCalendar(tx);
    const after = make(before);
    const { version, validThrough } = after;
    const today = legalDateOf(at.getTime());
    checkSuccessor(before, after, today);
    const [known] = await tx.select().from(calendars).where(eq(calendars.version, version));
    if (known) throw new Refusal('calendar.rewrites-past', `版本号${version}已被使用`, { remedy: '请换用新的版本号' });
    const from = firstDifference(before, after);
    const found = await preview(tx, after, from, today);
    if (dryRun) return found;
    await replaceCalendar(tx);
    // Not the time at which the transaction began: that may be earlier than the version that this one follows.
    const recordedAt = sql`clock_timestamp()`;
    await tx.insert(calendars).values({ version, validThrough, content: after, recordedAt });
    await tx.insert(referenceChanges).values({
      subject: 'calendar',
      key: version,
      before: { version: before.version },
      after: { version, validThrough },
      reason,
      changedBy: actor.username,
      at,
    });
    const { affected } = found;
    await tx.insert(calendarRollouts).values({ version, startedAt: at, startedBy: actor.username, affected });
    const payload: CalendarRolloutPayload = { version, ...(from && { from }) };
    await tx.insert(outbox).values({ kind: 'calendar-rollout', key: `calendar:${version}`, payload });
    return found;
  });
}
