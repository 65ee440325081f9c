/**
 * Restrictions in the database: a step repeated after a lost answer changes nothing, and earlier days keep their answer.
 */
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createCaseRecords, type CaseRecordActivities } from '../../activities/case-records.ts';
import { connectDatabase, type DatabaseHandle } from '../../db/postgres/client.ts';
import { listingsInForce, restrictionsInForce } from '../../db/queries/restrictions.ts';
import { listings, notices, restrictions } from '../../db/schema.ts';
import { seedReference } from '../../db/seed.ts';
import { startOfDay } from '../../domain/clock/calendar.ts';
import { listingCaseId } from '../../domain/case/id.ts';
import { realClock } from '../../domain/clock/clock.ts';
import type { CaseStep } from '../../domain/case/case-step.ts';
import { createTestDatabase } from '../support/servers.ts';
import { openedSanctionLifting } from '../../domain/case-types/sanction-lifting/opening.ts';
import { openedSanctionNotice } from '../../domain/case-types/sanction-notice/opening.ts';

const KEY = { list: 'serious-dishonest', documentNo: 'D-1', uscc: '91350100M000100Y43' } as const;
const OWED = { ...KEY, departmentCode: '430103-housing', regionCode: '430103' };
const listingId = listingCaseId(KEY);
const noon = (day: string) => startOfDay(day) + 43_200_000;

let handle: DatabaseHandle;
let records: CaseRecordActivities;
beforeAll(async () => {
  const databaseUrl = await createTestDatabase();
  await seedReference(databaseUrl);
  handle = connectDatabase(databaseUrl);
  records = createCaseRecords({ db: handle.db, clock: realClock });
  await handle.db.insert(listings).values({
    ...KEY,
    listingId,
    authority: '示例机关',
    grounds: '示例',
    listedOn: '2026-01-05',
    regionCode: '430103',
    content: {},
    contentHash: 'x',
    measuresVersion: 'measures-2026.1',
    acceptedAt: new Date(noon('2026-01-05')),
    acceptedBy: 'test',
  });
});
afterAll(() => handle.close());

const step = (more: Pick<CaseStep, 'caseId' | 'action' | 'stage' | 'at'> & Partial<CaseStep>): CaseStep => ({
  token: more.action,
  article: '第九条第一款',
  actor: 'system',
  limits: [],
  facts: {},
  notify: [],
  effects: [],
  followUps: [],
  ...more,
});

async function inForceOn(day: string) {
  const rows = await restrictionsInForce(handle.db, [KEY.uscc], { day });
  return rows.map(({ measureId, executedAt }) => `${measureId}${executedAt ? ' executed' : ''}`);
}

it('each step stands once, however often it is written, and every day keeps its answer', async () => {
  const notice = openedSanctionNotice({ ...OWED, measureIds: ['ZB01', 'ZZ01'], sentAt: noon('2026-01-06') });
  const lifting = openedSanctionLifting({ ...OWED, orderedAt: noon('2026-02-02') });
  const { caseId } = notice;
  const steps = [
    step({
      caseId,
      action: 'open',
      at: noon('2026-01-06'),
      stage: { before: null, after: 'sent' },
      open: notice,
    }),
    step({
      caseId,
      action: 'decide',
      at: noon('2026-01-12'),
      stage: { before: 'sent', after: 'decided' },
      effects: [{ kind: 'restriction.decide', listingId, measureIds: ['ZB01', 'ZZ01'] }],
      notify: [{ topic: 'sanction.decided', to: 'registering-authority' }],
    }),
    step({
      caseId,
      action: 'execute',
      at: noon('2026-01-14'),
      stage: { before: 'decided', after: 'executed' },
      effects: [{ kind: 'restriction.execute' }],
    }),
    step({
      caseId: lifting.caseId,
      action: 'open',
      at: noon('2026-02-02'),
      stage: { before: null, after: 'ordered' },
      open: lifting,
    }),
    step({
      caseId: lifting.caseId,
      action: 'confirm',
      at: noon('2026-02-04'),
      stage: { before: 'ordered', after: 'lifted' },
      effects: [{ kind: 'restriction.lift', listingId }],
    }),
  ];
  for (const one of steps) {
    await records.recordStep(one);
    await records.recordStep(one);
  }
  // An activity that was given up may still run after everything is over.
  await records.recordStep(steps[1]!);
  await records.recordStep(steps[2]!);

  expect(await handle.db.select().from(restrictions)).toHaveLength(2);
  expect(await handle.db.select().from(notices)).toHaveLength(1);
  expect(await inForceOn('2026-01-11')).toEqual([]);
  expect(await inForceOn('2026-01-12')).toEqual(['ZB01', 'ZZ01']);
  expect(await inForceOn('2026-01-14')).toEqual(['ZB01 executed', 'ZZ01 executed']);
  expect(await inForceOn('2026-02-03')).toEqual(['ZB01 executed', 'ZZ01 executed']);
  expect(await inForceOn('2026-02-04')).toEqual([]);
});

it("are in force from their decision, although Temporal is ahead of the API's clock, and until they are lifted", async () => {
  const now = new Date(noon('2026-06-01'));
  const ahead = noon('2026-06-01') + 60_000;
  const key = { ...OWED, documentNo: 'D-2', uscc: '91430103MA4L000017' };
  const other = listingCaseId(key);
  const [known] = await handle.db.select().from(listings);
  const { documentNo, uscc } = key;
  await handle.db
    .insert(listings)
    .values({ ...known!, listingId: other, documentNo, uscc, acceptedAt: new Date(ahead) });
  const notice = openedSanctionNotice({ ...key, measureIds: ['ZB01'], sentAt: ahead });
  const { caseId } = notice;
  const stage = { before: 'sent', after: 'decided' };
  await records.recordStep(
    step({ caseId, action: 'open', at: ahead, stage: { before: null, after: 'sent' }, open: notice }),
  );
  await records.recordStep(
    step({
      caseId,
      action: 'decide',
      at: ahead,
      stage,
      effects: [{ kind: 'restriction.decide', listingId: other, measureIds: ['ZB01'] }],
    }),
  );
  expect(await restrictionsInForce(handle.db, [uscc], { now })).toHaveLength(1);
  expect(await listingsInForce(handle.db, uscc, { now })).toHaveLength(1);
  // Lifted a moment ago by Temporal's clock, which is later than ours.
  await handle.db
    .update(restrictions)
    .set({ liftedAt: new Date(ahead) })
    .where(eq(restrictions.caseId, caseId));
  await handle.db
    .update(listings)
    .set({ removedAt: new Date(ahead) })
    .where(eq(listings.listingId, other));
  expect(await restrictionsInForce(handle.db, [uscc], { now })).toEqual([]);
  expect(await listingsInForce(handle.db, uscc, { now })).toEqual([]);
});
