/** Which party answers for the twenty working days of a record (第五条第一款), by the days that each used. */
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createCaseRecords, type CaseRecordActivities } from '../../activities/case-records.ts';
import { connectDatabase, type DatabaseHandle } from '../../db/postgres/client.ts';
import { currentCalendar } from '../../db/queries/calendar.ts';
import { rungs } from '../../db/schema.ts';
import { seedReference } from '../../db/seed.ts';
import { startOfDay, type WorkCalendar } from '../../domain/clock/calendar.ts';
import { realClock } from '../../domain/clock/clock.ts';
import { addWorkingDays } from '../../domain/clock/deadlines.ts';
import { createTestDatabase } from '../support/servers.ts';
import { openedPublication, type PublicationInput } from '../../domain/case-types/publication/opening.ts';
import { SYSTEM } from '../../domain/organs/actor.ts';

const GENERATED_ON = '2026-03-02';
const LIMIT = 'publication.publication';
const DEPARTMENT = '430103-agriculture';
const PROVINCE = '430000-registration';

let handle: DatabaseHandle;
let records: CaseRecordActivities;
let calendar: WorkCalendar;
let many = 0;

beforeAll(async () => {
  const databaseUrl = await createTestDatabase();
  await seedReference(databaseUrl);
  handle = connectDatabase(databaseUrl);
  records = createCaseRecords({ db: handle.db, clock: realClock });
  calendar = await currentCalendar(handle.db);
});
afterAll(() => handle.close());

/** Noon of the n-th working day after the record was generated. */
const noonOf = (day: number) => startOfDay(addWorkingDays(calendar, GENERATED_ON, day).due) + 12 * 3_600_000;

async function receive(day: number): Promise<string> {
  const input: PublicationInput = {
    recordId: `answering-${(many += 1)}`,
    kind: 'permit',
    section: 'permits',
    documentNo: `湘许-${many}`,
    uscc: '91350100M000100Y43',
    departmentCode: DEPARTMENT,
    regionCode: '430103',
    generatedOn: GENERATED_ON,
    receivedAt: noonOf(day),
    late: day > 7,
  };
  const open = openedPublication(input);
  const at = input.receivedAt;
  await step(open.caseId, 'open', at, null, 'received', {
    open,
    limits: [{ limitId: LIMIT, change: 'arm', startedAt: at, startDate: GENERATED_ON }],
  });
  return open.caseId;
}

type Step = Parameters<CaseRecordActivities['recordStep']>[0];

function step(
  caseId: string,
  action: string,
  at: number,
  before: string | null,
  after: string,
  more: Partial<Step> = {},
) {
  const nothing = { limits: [], notify: [], effects: [], facts: {}, followUps: [] };
  const stage = { before, after };
  return records.recordStep({
    ...nothing,
    caseId,
    token: `${action}:${at}`,
    action,
    actor: SYSTEM,
    article: '第五条',
    at,
    stage,
    ...more,
  });
}

/** The party to which breach and supervision are charged; both are written on the given day, however late. */
async function judged(caseId: string, onDay: number) {
  const fire = (rung: 'due' | 'due+3') =>
    records.recordRung({ caseId, token: rung, at: noonOf(onDay), limitId: LIMIT, rung, ladder: 1, plannedAt: 0 });
  await fire('due');
  const { followUps } = await fire('due+3');
  const rows = await handle.db.select().from(rungs).where(eq(rungs.caseId, caseId));
  const of = (rung: string) => rows.find((row) => row.rung === rung)!.answering;
  expect(followUps.map(({ opened }) => opened.departmentCode)).toEqual([of('due+3')]);
  return [of('due'), of('due+3')];
}

it.each([
  ['received in time and left lying: the platform, twice', 2, [], [PROVINCE, PROVINCE]],
  ['received on the seventh day: the department used its own days alone', 7, [], [PROVINCE, PROVINCE]],
  ['a day late, then left lying: the department’s breach, the platform’s supervision', 8, [], [DEPARTMENT, PROVINCE]],
  ['received when the twenty days were over', 22, [], [DEPARTMENT, DEPARTMENT]],
  ['returned on the last day but one, after the platform had kept it', 2, [19], [PROVINCE, PROVINCE]],
  ['returned at once and never seen again', 2, [3], [DEPARTMENT, DEPARTMENT]],
  ['returned and back soon: the platform had the rest', 2, [4, 6], [PROVINCE, PROVINCE]],
  [
    'returned at once, and back when all had passed though nothing was yet recorded',
    2,
    [3, 24],
    [DEPARTMENT, DEPARTMENT],
  ],
] as const)('%s', async (_, received, [returned, resubmitted]: readonly number[], expected) => {
  const caseId = await receive(received);
  if (returned) await step(caseId, 'return', noonOf(returned), 'received', 'returned');
  if (resubmitted) await step(caseId, 'resubmit', noonOf(resubmitted), 'returned', 'received');
  expect(await judged(caseId, 25)).toEqual(expected);
});

it('a rung of an outdated ladder writes nothing, opens nothing and names the present ladder', async () => {
  const caseId = await receive(2);
  const rung = { caseId, at: noonOf(25), limitId: LIMIT, rung: 'due+3', plannedAt: 0 } as const;
  expect(await records.recordRung({ ...rung, token: 'old', ladder: 0 })).toMatchObject({
    fired: false,
    ladder: 1,
    followUps: [],
  });
  expect(await handle.db.select().from(rungs).where(eq(rungs.caseId, caseId))).toEqual([]);
});

it('a rung that is told again, because its answer was lost, opens the same supervision', async () => {
  const caseId = await receive(2);
  const rung = {
    caseId,
    token: 'again',
    at: noonOf(25),
    limitId: LIMIT,
    rung: 'due+3',
    ladder: 1,
    plannedAt: 0,
  } as const;
  const first = await records.recordRung(rung);
  expect(first.followUps).toHaveLength(1);
  expect(await records.recordRung(rung)).toEqual(first);
});
