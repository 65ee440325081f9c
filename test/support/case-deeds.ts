/** What may happen to cases and registrations, in any order, as plain writes to the tables: for tests by property. */
import * as fc from 'fast-check';
import { and, eq, min } from 'drizzle-orm';
import type { Executor } from '../../db/postgres/client.ts';
import { isNotWithdrawn } from '../../db/queries/case-filter.ts';
import { foldTallies } from '../../db/rollups/tallies.ts';
import { cases, registrationHits, registrations, rungs } from '../../db/schema.ts';
import { RETURN_REASONS } from '../../domain/case-types/registration-push/answers.ts';
import { addDays, startOfDay } from '../../domain/clock/calendar.ts';
import { keysOf } from '../../domain/keys.ts';

export const FIRST = '2026-01-20';
export const DAYS = 80;
const PLACES = ['430103', '430104', '430181', '430100', '430000', '430302'];
export const DEPARTMENTS = ['430103-agriculture', '430104-health', '430302-agriculture', '430000-registration'];
const LIMIT_IDS = ['registrationPush.feedback', 'registrationPush.claim'] as const;
const ITEMS = ['PA001', 'PA002', 'PA003'];

/** Days, now and then at midnight, where two of them meet. */
const instants = fc
  .tuple(fc.nat(DAYS), fc.constantFrom(0, 0, 1, 43_200_000, 86_399_999))
  .map(([day, ms]) => new Date(startOfDay(addDays(FIRST, day)) + ms));
const department = fc.option(fc.constantFrom(...DEPARTMENTS), { freq: 5 });
const which = fc.nat(40);
const items = fc.uniqueArray(fc.constantFrom(...ITEMS), { minLength: 1 });

export const deeds = fc.oneof(
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

export async function perform(tx: Executor, deed: Deed): Promise<void> {
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
  // Another transaction may have removed it.
  if (!row) return;
  const set = (values: Partial<typeof cases.$inferInsert>) => tx.update(cases).set(values).where(isIt);
  const { caseId, caseType, facts } = row;
  if (deed.deed === 'step') await set({ step: row.step + 1 });
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
    if (inserted.length > 0) await set({ breachedAt: row.breachedAt ?? at });
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
  const number = serial;
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
      caseId: `case-${String(number).padStart(6, '0')}-${i}`,
      caseType,
      stage: caseType === 'registrationPush' ? 'pushed' : caseType === 'poolEntry' ? 'published' : 'received',
      status: 'open' as const,
      caseNo: isOfRegistration ? registrationNo : `P${number}`,
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
