/** The clocks of a case that is restored: no reminder is sent late, while breach and supervision are caught up with, once. */
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { createCaseRecords, type CaseRecordActivities } from '../../activities/case-records.ts';
import { connectDatabase, type DatabaseHandle } from '../../db/postgres/client.ts';
import { snapshotOf } from '../../db/queries/case-snapshot.ts';
import { cases, rungs } from '../../db/schema.ts';
import { seedReference } from '../../db/seed.ts';
import type { CaseStep } from '../../domain/case/case-step.ts';
import { openedPush } from '../../domain/case-types/registration-push/opening.ts';
import { startOfDay } from '../../domain/clock/calendar.ts';
import { realClock } from '../../domain/clock/clock.ts';
import type { DeadlinePlan } from '../../domain/clock/deadlines.ts';
import type { Rung } from '../../domain/clock/limits.ts';
import { DutyClock } from '../../workflows/lib/duty-clock.ts';
import { pushInput } from '../support/push.ts';
import { createTestDatabase } from '../support/servers.ts';

const LIMIT = 'registrationPush.feedback';
const BEGUN = startOfDay('2026-03-02') + 36_000_000;

let handle: DatabaseHandle;
let records: CaseRecordActivities;
let serial = 0;
beforeAll(async () => {
  const databaseUrl = await createTestDatabase();
  await seedReference(databaseUrl);
  handle = connectDatabase(databaseUrl);
  records = createCaseRecords({ db: handle.db, clock: realClock });
});
afterEach(() => {
  vi.useRealTimers();
});
afterAll(() => handle.close());

const STEP = {
  actor: 'system',
  article: '第七条第三款',
  at: BEGUN,
  facts: {},
  notify: [],
  effects: [],
  followUps: [],
} as const;

async function pushed(): Promise<{ caseId: string; plan: DeadlinePlan }> {
  serial += 1;
  const open = openedPush(pushInput({ registrationNo: `SNAP-${serial}`, pushedAt: BEGUN }));
  const { caseId, stage } = open;
  const { plans } = await record({
    ...STEP,
    facts: {},
    caseId,
    token: 'open',
    action: 'open',
    stage: { before: null, after: stage },
    open,
    limits: [{ limitId: LIMIT, change: 'arm', startedAt: BEGUN }],
  });
  return { caseId, plan: plans[LIMIT]! };
}

const record = (step: Omit<CaseStep, 'notify' | 'effects' | 'followUps'>) =>
  records.recordStep({ ...step, notify: [], effects: [], followUps: [] });

/** The feedback's clock as it is restored at an instant. */
async function restoredAt(caseId: string, now: number) {
  vi.useFakeTimers({ now, toFake: ['Date'] });
  const [row] = await handle.db.select().from(cases).where(eq(cases.caseId, caseId));
  const { clocks } = await snapshotOf(handle.db, row!.caseId, realClock);
  return clocks[0]!;
}

/** The rungs that a restored clock fires by an instant. */
async function firedBy(caseId: string, now: number): Promise<Rung[]> {
  const state = await restoredAt(caseId, now);
  const fired: Rung[] = [];
  await new DutyClock(caseId, state).firePassed(now, async (rung) => {
    fired.push(rung);
    return { plan: state.plan, ladder: state.ladder, fired: true };
  });
  return fired;
}

const instantOf = ({ rungs: planned }: DeadlinePlan, rung: Rung) => planned.find((one) => one.rung === rung)!.at;

it.each([
  ['due-2', []],
  ['due-1', []],
  ['due', ['due']],
  ['due+3', ['due', 'due+3']],
] as const)('restored after %s fires of what lies behind %j', async (rung, expected) => {
  const { caseId, plan } = await pushed();
  expect(await firedBy(caseId, instantOf(plan, rung) + 1)).toEqual(expected);
});

it('fires no rung again that the record holds, and still those that it does not', async () => {
  const { caseId, plan } = await pushed();
  const at = new Date(instantOf(plan, 'due'));
  await handle.db
    .insert(rungs)
    .values({ caseId, limitId: LIMIT, rung: 'due', ladder: 1, dueAt: at, firedAt: at, answering: null });
  expect(await firedBy(caseId, instantOf(plan, 'due+3') + 1)).toEqual(['due+3']);
});

it('keeps the reminders that lie ahead', async () => {
  const { caseId, plan } = await pushed();
  expect((await restoredAt(caseId, instantOf(plan, 'due-2') - 1)).fired).toBeNull();
  expect((await restoredAt(caseId, instantOf(plan, 'due-1') - 1)).fired).toBe('due-2');
});

it('passes over none while the limit is suspended: its resumption gives it other days', async () => {
  const { caseId, plan } = await pushed();
  await record({
    ...STEP,
    facts: {},
    caseId,
    token: 'cmd:suspend',
    action: 'suspend',
    stage: { before: 'pushed', after: 'pushed' },
    limits: [{ limitId: LIMIT, change: 'suspend' }],
  });
  expect((await restoredAt(caseId, instantOf(plan, 'due+3') + 1)).fired).toBeNull();
});
