/** The rollups of the statistics equal a full recount, whatever happens to cases, in whatever order. */
import * as fc from 'fast-check';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectDatabase, type DatabaseHandle, type Executor } from '../../db/postgres/client.ts';
import { countBy, countByDay, type FigureScope } from '../../db/queries/figures.ts';
import { itemStatistics, keywordStatistics } from '../../db/queries/matching-quality.ts';
import { countRegistrations } from '../../db/queries/registrations.ts';
import { correctTallies, foldTallies, TALLY_PAGE, tallyDifferences } from '../../db/rollups/tallies.ts';
import { cases, tallyChanges } from '../../db/schema.ts';
import { addDays, startOfDay } from '../../domain/clock/calendar.ts';
import { keysOf } from '../../domain/keys.ts';
import { COUNTIES, LOAD, TIMELINESS, type Period } from '../../domain/oversight/statistics.ts';
import type { CaseConditions } from '../../domain/worklist/case-filter.ts';
import { recountBy, recountByDay, recountItems, recountKeywords } from '../support/recounted-figures.ts';
import { DAYS, deeds, DEPARTMENTS, FIRST, perform } from '../support/case-deeds.ts';
import { createTestDatabase } from '../support/servers.ts';

let handle: DatabaseHandle;
beforeAll(async () => {
  handle = connectDatabase(await createTestDatabase(), 4);
});
afterAll(() => handle.close());

const SUPERVISOR = { username: 'x', role: 'supervisor', regionCode: '430000', departmentCode: null } as const;
const OFFICER = { ...SUPERVISOR, role: 'department-officer', departmentCode: DEPARTMENTS[0]! } as const;
const NOW = new Date(startOfDay(addDays(FIRST, 40)) + 3_600_000);
const SCOPES: Pick<FigureScope, 'actor' | 'conditions'>[] = [
  { actor: SUPERVISOR, conditions: {} },
  { actor: SUPERVISOR, conditions: { own: true } },
  { actor: SUPERVISOR, conditions: { region: '430100', caseType: 'registrationPush' } },
  { actor: { ...SUPERVISOR, regionCode: '430103' }, conditions: {} },
  { actor: OFFICER, conditions: { department: DEPARTMENTS[0], own: true } },
];
const returns = { caseType: 'registrationPush', stage: 'returned' } as const;
const figuresOf = (period: Period): Record<string, CaseConditions> => ({
  ...Object.fromEntries(
    Object.entries({ ...TIMELINESS, ...LOAD, ...COUNTIES }).map(([name, { conditions }]) => [name, conditions(period)]),
  ),
  returned: { ...returns, closedFrom: period.from, closedTo: period.to },
  wrongly: { ...returns, closedFrom: period.from, closedTo: period.to, returnReason: 'not-in-scope' },
});

const byKey = <T extends { key: string | null }>(rows: T[]) =>
  rows.toSorted((a, b) => (String(a.key) < String(b.key) ? -1 : 1));

async function expectEqual(db: Executor, period: Period, scope: (typeof SCOPES)[number]): Promise<void> {
  expect(await tallyDifferences(db)).toEqual([]);
  const asked = { ...scope, legalNow: NOW };
  for (const by of ['department', 'region', 'caseType', 'nothing'] as const) {
    const [kept, recounted] = [
      await countBy(db, asked, by, figuresOf(period)),
      await recountBy(db, asked, by, figuresOf(period)),
    ];
    expect([by, byKey(kept)]).toEqual([by, byKey(recounted)]);
  }
  for (const figure of keysOf(LOAD)) {
    expect(await countByDay(db, asked, figure, period)).toEqual(await recountByDay(db, asked, figure, period));
  }
  const keywords = (await keywordStatistics(handle.db, SUPERVISOR)).map(({ precision: _, ...one }) => one);
  const found = (await itemStatistics(handle.db, SUPERVISOR)).map(({ recall: _, ...one }) => one);
  expect([keywords, found]).toEqual([await recountKeywords(db), await recountItems(db)]);
}

const periods = fc.tuple(fc.nat(DAYS), fc.nat(DAYS)).map(([a, b]) => ({
  from: addDays(FIRST, Math.min(a, b)),
  to: addDays(FIRST, Math.max(a, b)),
}));

describe('tallies', () => {
  it('equal a full recount after every deed, folded or not, in any period and scope', async () => {
    const histories = fc.array(fc.tuple(deeds, periods, fc.constantFrom(...SCOPES)), { minLength: 5, maxLength: 14 });
    await fc.assert(
      fc.asyncProperty(histories, async (history) => {
        for (const [deed, period, scope] of history) {
          await handle.db.transaction((tx) => perform(tx, deed));
          await expectEqual(handle.db, period, scope);
        }
      }),
      { numRuns: 10 },
    );
    // What was compared was more than nothing.
    const { rows } = await handle.db.execute(sql`select from tally_changes union all select from tallies`);
    expect(rows.length).toBeGreaterThan(0);
  });

  it('of registrations equal the list', async () => {
    const { rows } = await handle.db.execute<{ region: string; count: number }>(
      sql`select region_code as region, count(*)::int as count from registrations group by 1`,
    );
    const period = { acceptedFrom: FIRST, acceptedTo: addDays(FIRST, DAYS) };
    const counted = await countRegistrations(handle.db, { within: '430000', ...period });
    expect(counted).toEqual(new Map(rows.map(({ region, count }) => [region, count])));
  });

  it('keep nothing of a transaction that was rolled back', async () => {
    const before = await handle.db.select().from(tallyChanges);
    const [deed] = fc.sample(
      deeds.filter((one) => one.deed === 'open'),
      1,
    );
    const failing = handle.db.transaction(async (tx) => {
      await perform(tx, deed!);
      throw new Error('rolled back');
    });
    await expect(failing).rejects.toThrow('rolled back');
    expect(await handle.db.select().from(tallyChanges)).toEqual(before);
    expect(await tallyDifferences(handle.db)).toEqual([]);
  });

  it('are right when many work at once, while somebody folds', async () => {
    // Set-based deeds of two transactions may lock the same cases in another order; steps lock one case each.
    const single = deeds.filter(({ deed }) => deed !== 'all at once');
    const works = Array.from({ length: 40 }, (_, i) => {
      const [deed] = fc.sample(i % 10 === 0 ? fc.constant({ deed: 'fold' as const }) : single, 1);
      return handle.db.transaction((tx) => perform(tx, deed!));
    });
    await Promise.all(works);
    expect(await tallyDifferences(handle.db)).toEqual([]);
  });

  it('count a registration once for an item, although two of its pushes are answered at the same moment', async () => {
    const { db } = handle;
    const push = {
      deed: 'open' as const,
      caseType: 'registrationPush' as const,
      many: 1,
      registration: 90,
      regionCode: '430103',
    };
    const more = { openedAt: NOW, dueAt: null, itemIds: ['PA009'], claimedFromPool: false };
    for (const departmentCode of DEPARTMENTS.slice(0, 2)) {
      await db.transaction((tx) => perform(tx, { ...push, ...more, departmentCode }));
    }
    const pushes = await db.select().from(cases).where(eq(cases.caseNo, 'R90'));
    const answer = (tx: Executor, caseId: string) =>
      tx.update(cases).set({ stage: 'fedBack', status: 'closed', closedAt: NOW }).where(eq(cases.caseId, caseId));
    const [first, second] = pushes.map(({ caseId }) => caseId);
    let other: Promise<unknown> = Promise.resolve();
    await db.transaction(async (tx) => {
      await answer(tx, first!);
      other = db.transaction((two) => answer(two, second!));
      // It waits for this transaction, in whatever way.
      await new Promise((resolve) => setTimeout(resolve, 200));
    });
    await other;
    const found = (await itemStatistics(db, SUPERVISOR)).find(({ itemId }) => itemId === 'PA009');
    expect(found).toMatchObject({ found: 1 });
    expect(await tallyDifferences(db)).toEqual([]);
  });

  it('are folded by pages, and are the same whether folded or not', async () => {
    const { db } = handle;
    while ((await foldTallies(db, 0)) > 0);
    await db.execute(sql`insert into tally_changes (figure, case_type, department_code, region_code, day, count)
      select figure, case_type, department_code, region_code, day, n from tallies, (values (2), (-2)) as twice (n),
        generate_series(1, (select ${TALLY_PAGE} / count(*) + 1 from tallies where grain = 'day'))
      where grain = 'day'`);
    const pages: number[] = [];
    do {
      expect(await tallyDifferences(db)).toEqual([]);
      pages.push(await foldTallies(db, 0));
    } while (pages.at(-1)! > 0);
    expect(pages.length).toBeGreaterThan(2);
    expect(Math.max(...pages)).toBe(pages[0]);
  });

  it('that were changed by hand are found and corrected, at their grain', async () => {
    const { db } = handle;
    while ((await foldTallies(db, 0)) > 0);
    await db.execute(
      sql`update tallies set count = count + 3 where ctid = (select ctid from tallies where grain = 'month' limit 1)`,
    );
    await db.execute(sql`delete from tallies where ctid = (select ctid from tallies where grain = 'region' limit 1)`);
    expect(await tallyDifferences(db)).toEqual([
      expect.objectContaining({ grain: expect.stringMatching(/month|region/) }),
      expect.objectContaining({ grain: expect.stringMatching(/month|region/) }),
    ]);
    expect(await correctTallies(db)).toBe(2);
    expect(await tallyDifferences(db)).toEqual([]);
  });

  it('say so where no tally counts what is asked for', async () => {
    const asked = { actor: SUPERVISOR, conditions: {}, legalNow: NOW };
    await expect(
      countBy(handle.db, asked, 'nothing', { odd: { stage: 'claimed', onlyRegion: '430103' } }),
    ).rejects.toThrow('no tally');
  });
});
