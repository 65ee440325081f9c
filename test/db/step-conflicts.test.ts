/** A step under a token that another step has: it is refused for good, and a mere repetition changes nothing. */
import { ApplicationFailure } from '@temporalio/common';
import { asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createCaseRecords, type CaseRecordActivities } from '../../activities/case-records.ts';
import { connectDatabase, type DatabaseHandle } from '../../db/postgres/client.ts';
import { auditLog } from '../../db/schema.ts';
import { seedReference } from '../../db/seed.ts';
import { openedPush } from '../../domain/case-types/registration-push/opening.ts';
import type { CaseStep } from '../../domain/case/case-step.ts';
import { realClock } from '../../domain/clock/clock.ts';
import { SYSTEM, type Actor } from '../../domain/organs/actor.ts';
import { AGRICULTURE, pushInput } from '../support/push.ts';
import { createTestDatabase } from '../support/servers.ts';

const OFFICER: Actor = {
  username: 'officer',
  role: 'department-officer',
  regionCode: '430103',
  departmentCode: AGRICULTURE,
};
const AT = Date.parse('2026-03-02T01:00:00Z');
const LIMIT = 'registrationPush.claim';

let handle: DatabaseHandle;
let records: CaseRecordActivities;
let made = 0;
beforeAll(async () => {
  const url = await createTestDatabase();
  await seedReference(url);
  handle = connectDatabase(url, 2);
  records = createCaseRecords({ db: handle.db, clock: realClock });
});
afterAll(() => handle.close());

const plain = { at: AT, article: '第七条', limits: [], facts: {}, notify: [], effects: [], followUps: [] };

function opening(itemIds: string[], registrationNo: string): CaseStep {
  const open = openedPush(pushInput({ registrationNo, itemIds, pushedAt: AT }));
  const stage = { before: null, after: open.stage };
  const limits: CaseStep['limits'] = [{ limitId: LIMIT, change: 'arm', startedAt: AT }];
  return { ...plain, caseId: open.caseId, token: 'open', action: 'open', actor: SYSTEM, stage, open, limits };
}

const claim = (caseId: string): CaseStep => ({
  ...plain,
  caseId,
  token: 'cmd:k1',
  action: 'claim',
  actor: OFFICER,
  stage: { before: 'pushed', after: 'claimed' },
  facts: { claimedBy: 'officer' },
  command: { key: 'k1', requestHash: 'h1', result: { caseId, stage: 'claimed', late: false } },
});

const lapse = (caseId: string): CaseStep => ({
  ...plain,
  caseId,
  token: 'act:lapse:0',
  action: 'lapse',
  actor: SYSTEM,
  stage: { before: 'claimed', after: 'lapsed' },
  facts: { cancelledBy: 'R-2' },
});

async function claimed() {
  made += 1;
  const registrationNo = `REG-${made}`;
  const { caseId } = await record(opening(['PA047'], registrationNo));
  await record(claim(caseId));
  return { caseId, registrationNo };
}

async function record(step: CaseStep) {
  await records.recordStep(step);
  return step;
}

const actionsOf = async (caseId: string) => {
  const rows = await handle.db.select().from(auditLog).where(eq(auditLog.caseId, caseId)).orderBy(asc(auditLog.step));
  return rows.map(({ step, action }) => `${step} ${action}`);
};

async function expectConflict(work: Promise<unknown>, ...said: string[]) {
  const error = await work.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ApplicationFailure);
  expect(error).toMatchObject({ nonRetryable: true, type: 'StepConflict' });
  for (const part of said) expect((error as Error).message).toContain(part);
}

it('repeats a step at a later time without writing it again', async () => {
  const { caseId, registrationNo } = await claimed();
  await record(lapse(caseId));
  const later = { at: AT + 60_000 };
  expect((await records.recordStep({ ...opening(['PA047'], registrationNo), ...later })).step).toBe(1);
  expect((await records.recordStep({ ...claim(caseId), ...later })).step).toBe(2);
  expect((await records.recordStep({ ...lapse(caseId), ...later })).step).toBe(3);
  expect(await actionsOf(caseId)).toEqual(['1 open', '2 claim', '3 lapse']);
});

it('refuses another action under the token of a command, naming case, token and both actions', async () => {
  const { caseId } = await claimed();
  const other = { ...claim(caseId), action: 'feedBack', stage: { before: 'claimed', after: 'fedBack' } };
  await expectConflict(records.recordStep(other), caseId, 'cmd:k1', 'claim', 'feedBack');
  expect(await actionsOf(caseId)).toEqual(['1 open', '2 claim']);
});

it.each<[string, (caseId: string, no: string) => CaseStep]>([
  ['another request', (id) => ({ ...claim(id), command: { ...claim(id).command!, requestHash: 'h2' } })],
  ['another person', (id) => ({ ...claim(id), actor: { ...OFFICER, username: 'other' } })],
  ['other facts', (id) => ({ ...claim(id), facts: { claimedBy: 'other' } })],
  ['another stage before', (id) => ({ ...claim(id), stage: { before: 'claimed', after: 'claimed' } })],
  ['another opening', (_, no) => opening(['PA048'], no)],
])('refuses the same action with %s', async (_, make) => {
  const { caseId, registrationNo } = await claimed();
  await expectConflict(records.recordStep(make(caseId, registrationNo)), caseId);
  expect(await actionsOf(caseId)).toEqual(['1 open', '2 claim']);
});

it('refuses a rung and a recount under the token of another step', async () => {
  const { caseId } = await claimed();
  const step = { caseId, token: 'cmd:k1', at: AT };
  const rung = { limitId: LIMIT, rung: 'due-1', ladder: 1, plannedAt: AT } as const;
  await expectConflict(records.recordRung({ ...step, ...rung }), 'claim', 'rung:due-1');
  const recount = { ...step, calendarVersion: 'cn-2026.1' };
  await expectConflict(records.recordReprojection(recount), 'claim', 'deadline.reprojected');
  expect(await actionsOf(caseId)).toEqual(['1 open', '2 claim']);
});
