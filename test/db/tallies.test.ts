/** The rollups of the statistics equal a full recount, whatever happens to cases, in whatever order. */
import fc from 'fast-check';
import { and, eq, min, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectDatabase, type DatabaseHandle, type Executor } from '../../db/postgres/client.ts';
import { isNotWithdrawn } from '../../db/queries/case-filter.ts';
import { countBy, countByDay, type FigureScope } from '../../db/queries/figures.ts';
import { itemStatistics, keywordStatistics } from '../../db/queries/matching-quality.ts';
import { countRegistrations } from '../../db/queries/registrations.ts';
import { correctTallies, foldTallies, tallyDifferences } from '../../db/rollups/tallies.ts';
import { cases, registrationHits, registrations, rungs, tallyChanges } from '../../db/schema.ts';
import { RETURN_REASONS } from '../../domain/case-types/registration-push/answers.ts';
import { addDays, startOfDay } from '../../domain/clock/calendar.ts';
import { keysOf } from '../../domain/keys.ts';
import { COUNTIES, LOAD, TIMELINESS, type Period } from '../../domain/oversight/statistics.ts';
import type { CaseConditions } from '../../domain/worklist/case-filter.ts';
import { recountBy, recountByDay, recountItems, recountKeywords } from '../support/recounted-figures.ts';
import { createTestDatabase } from '../support/servers.ts';

const FIRST = '2026-01-20';
const DAYS = 80;
const PLACES = ['430103', '430104', '430181', '430100', '430000', '430302'];
const DEPARTMENTS = ['430103-agriculture', '430104-health', '430302-agriculture', '430000-registration'];
const LIMIT_IDS = ['registrationPush.feedback', 'registrationPush.claim'] as const;
const ITEMS = ['PA001', 'PA002', 'PA003'];

let handle: DatabaseHandle;
beforeAll(async () => {
  handle = connectDatabase(await createTestDatabase(), 4);
});
afterAll(() => handle.close());

/** Days, now and then at midnight, where two of them meet. */
const instants = fc
  .tuple(fc.nat(DAYS), fc.constantFrom(0, 0, 1, 43_200_000, 86_399_999))
  .map(([day, ms]) => new Date(startOfDay(addDays(FIRST, day)) + ms));
const department = fc.option(fc.constantFrom(...DEPARTMENTS), { freq: 5 });
const which = fc.nat(40);
const items = fc.uniqueArray(fc.constantFrom(...ITEMS), { minLength: 1 });

const deeds = fc.oneof(
  fc.record({
    deed: fc.constant('open' as const),
    caseType: fc.constantFrom(
      'registrationPush' as const,
      'registrationPush' as const,
      'poolEntry' as const,
      'publication' as const,
    ),
    many: fc.integer({ min: 1, max: 6 }),
    registration: fc.nat(5),
    departmentCode: department,
    regionCode: fc.constantFrom(...PLACES),
    openedAt: instants,
    dueAt: fc.option(instants),
    itemIds: items,
    claimedFromPool: fc.boolean(),
  }),
  fc.record({ deed: fc.constant('step' as const), which }),
  fc.record({ deed: fc.constant('move' as const), which, dueAt: fc.option(instants) }),
  fc.record({ deed: fc.constant('close' as const), which, at: instants, claimed: fc.option(items) }),
  fc.record({
    deed: fc.constant('return' as const),
    which,
    at: instants,
    reason: fc.constantFrom(...keysOf(RETURN_REASONS)),
  }),
  fc.record({ deed: fc.constant('reopen' as const), which, dueAt: fc.option(instants) }),
  fc.record({ deed: fc.constant('hand over' as const), which, departmentCode: department }),
  fc.record({
    deed: fc.constant('breach' as const),
    which,
    limitId: fc.constantFrom(...LIMIT_IDS),
    ladder: fc.integer({ min: 1, max: 2 }),
    at: instants,
    answering: department,
  }),
  fc.record({ deed: fc.constant('withdraw' as const), which, at: instants }),
  fc.record({ deed: fc.constant('all at once' as const), at: instants }),
  fc.record({ deed: fc.constant('remove' as const), which }),
  fc.record({ deed: fc.constant('fold' as const) }),
);
type Deed = typeof deeds extends fc.Arbitrary<infer D> ? D : never;

let serial = 0;

async function perform(tx: Executor, deed: Deed): Promise<void> {
  if (deed.deed === 'fold') return void (await foldTallies(tx, 0));
  if (deed.deed === 'all at once') {
    // One statement that closes pushes of several registrations and departments.
    const push = and(eq(cases.caseType, 'registrationPush'), eq(cases.stage, 'pushed'));
    return void (await tx
      .update(cases)
      .set({ stage: 'fedBack', status: 'closed', dueAt: null, closedAt: deed.at })
      .where(push));
  }
  if (deed.deed === 'open') return open(tx, deed);
  const ids = await tx.select({ caseId: cases.caseId }).from(cases).orderBy(cases.caseId);
  const found = ids[deed.which % Math.max(1, ids.length)];
  if (!found) return;
  const isIt = eq(cases.caseId, found.caseId);
  const [row] = await tx.select().from(cases).where(isIt).for('update');
  const set = (values: Partial<typeof cases.$inferInsert>) => tx.update(cases).set(values).where(isIt);
  const { caseId, caseType, facts } = row!;
  if (deed.deed === 'step') await set({ step: row!.step + 1 });
  if (deed.deed === 'move') await set({ dueAt: deed.dueAt });
  if (deed.deed === 'reopen') await set({ status: 'open', stage: 'pushed', closedAt: null, dueAt: deed.dueAt });
  if (deed.deed === 'hand over') await set({ departmentCode: deed.departmentCode });
  if (deed.deed === 'remove') await tx.delete(cases).where(isIt);
  const closed = { status: 'closed' as const, dueAt: null };
  if (deed.deed === 'close') {
    const claimedItemIds = caseType === 'poolEntry' ? deed.claimed : null;
    const stage = caseType === 'poolEntry' ? 'claimed' : 'fedBack';
    await set({ ...closed, stage, closedAt: deed.at, facts: { ...facts, ...(claimedItemIds && { claimedItemIds }) } });
  }
  if (deed.deed === 'return') {
    await set({
      ...closed,
      stage: 'returned',
      closedAt: deed.at,
      facts: { ...facts, returnReason: { reasonCode: deed.reason } },
    });
  }
  if (deed.deed === 'breach') {
    const { limitId, ladder, at, answering } = deed;
    const fired = { caseId, limitId, ladder, rung: 'due' as const, dueAt: at, firedAt: at, answering };
    const inserted = await tx.insert(rungs).values(fired).onConflictDoNothing().returning();
    if (inserted.length > 0) await set({ breachedAt: row!.breachedAt ?? at });
  }
  if (deed.deed === 'withdraw') {
    const [breach] = await tx
      .select()
      .from(rungs)
      .where(and(eq(rungs.caseId, caseId), eq(rungs.rung, 'due'), isNotWithdrawn));
    if (!breach) return;
    await tx.insert(rungs).values({ ...breach, rung: 'withdrawn', firedAt: deed.at, answering: null });
    const stands = and(eq(rungs.caseId, caseId), eq(rungs.rung, 'due'), isNotWithdrawn);
    const [left] = await tx
      .select({ at: min(rungs.dueAt) })
      .from(rungs)
      .where(stands);
    await set({ breachedAt: left?.at ?? null });
  }
}

async function open(tx: Executor, deed: Extract<Deed, { deed: 'open' }>): Promise<void> {
  const { many, registration, caseType, departmentCode, regionCode, openedAt, dueAt, itemIds, claimedFromPool } = deed;
  serial += 1;
  const registrationNo = `R${registration}`;
  const regionOf = PLACES[registration % PLACES.length]!;
  const isFresh = await tx
    .insert(registrations)
    .values({
      registrationNo,
      uscc: 'U',
      name: '企业',
      kind: 'enterprise',
      origin: 'in-province',
      regionCode: regionOf,
      scope: '',
      event: 'establish',
      registeredOn: FIRST,
      contentHash: '',
      catalogueVersion: '',
      acceptedAt: openedAt,
      acceptedBy: '',
    })
    .onConflictDoNothing()
    .returning();
  const hit = { registrationNo, clause: '', start: 0, end: 1, section: null, tried: [] };
  if (isFresh.length > 0) {
    await tx.insert(registrationHits).values(
      ITEMS.map((itemId, position) => ({
        ...hit,
        position,
        itemId,
        keyword: '农药',
        departmentCode: DEPARTMENTS[position]!,
      })),
    );
  }
  const isOfRegistration = caseType !== 'publication';
  await tx.insert(cases).values(
    Array.from({ length: many }, (_, i) => ({
      caseId: `case-${String(serial).padStart(6, '0')}-${i}`,
      caseType,
      stage: caseType === 'registrationPush' ? 'pushed' : caseType === 'poolEntry' ? 'published' : 'received',
      status: 'open' as const,
      caseNo: isOfRegistration ? registrationNo : `P${serial}`,
      uscc: 'U',
      round: 1 + (i % 2),
      departmentCode,
      // All cases of a registration are of its region.
      regionCode: isOfRegistration ? regionOf : regionCode,
      openedAt,
      dueAt,
      facts: isOfRegistration ? { itemIds, claimedFromPool, chain: departmentCode } : {},
    })),
  );
}

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
      { numRuns: 12 },
    );
    // What was compared was more than nothing.
    const { rows } = await handle.db.execute(sql`select from tally_changes union all select from tallies`);
    expect(rows.length).toBeGreaterThan(20);
    expect(await handle.db.$count(rungs)).toBeGreaterThan(5);
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
    const works = Array.from({ length: 40 }, (_, i) => {
      const [deed] = fc.sample(i % 10 === 0 ? fc.constant({ deed: 'fold' as const }) : deeds, 1);
      // Set-based deeds of two transactions may lock the same cases in another order; steps lock one case each.
      if (deed!.deed === 'all at once') return undefined;
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

  it('that were changed by hand are found and corrected, at their grain', async () => {
    const { db } = handle;
    await foldTallies(db, 0);
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
