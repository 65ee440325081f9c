/**
 * 限制期 (第九条第一款): the fifteen working days run from the day of the decision, and a restriction ends with its term, by the
 * workflow of its listing.
 */
import { randomUUID } from 'node:crypto';
import { and, asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { listings, restrictions } from '../../db/schema.ts';
import { restrictionsInForce } from '../../db/queries/restrictions.ts';
import { currentCalendar } from '../../db/queries/calendar.ts';
import { supervisionId } from '../../domain/case/id.ts';
import { listingBodies } from '../../domain/case-types/listing/commands.ts';
import { sanctionLiftingBodies } from '../../domain/case-types/sanction-lifting/commands.ts';
import { sanctionNoticeBodies } from '../../domain/case-types/sanction-notice/commands.ts';
import { addDays, endOfDay, legalDateOf, startOfDay, type LegalDate } from '../../domain/clock/calendar.ts';
import { addWorkingDays } from '../../domain/clock/deadlines.ts';
import { delayOf, SPREAD_MS } from '../../domain/clock/spread.ts';
import { restoreCase } from '../../outbox/restore-cases.ts';
import { realClock } from '../../domain/clock/clock.ts';
import { updateOf } from '../../workflows/lib/updates.ts';
import { restrictionDecided } from '../../workflows/messages.ts';
import { actor, AUTHORITY, CaseWorld, DAY } from '../support/case-world.ts';
import { bundleOfShortRuns } from '../support/bundles.ts';
import { readableIn } from '../support/payloads.ts';
import { decide, list, type Listed } from '../support/sanctions.ts';
import { refusalOf } from '../support/refusal.ts';

const fetchNotice = updateOf(sanctionNoticeBodies, 'fetch');
const decideRestriction = updateOf(sanctionNoticeBodies, 'decide');
const executeRestriction = updateOf(sanctionNoticeBodies, 'execute');
const feedBack = updateOf(sanctionNoticeBodies, 'feedBack');
const removeListing = updateOf(listingBodies, 'remove');
const confirmLifting = updateOf(sanctionLiftingBodies, 'confirm');

const HOUSING = actor('department-officer', 'housing');
const HEALTH = actor('department-officer', 'health');
const FEEDBACK = 'sanctionNotice.feedback';
const REPAIRED = { ground: 'credit-repaired', reason: '已履行义务' } as const;

describe.skipIf(!inject('testServerPath'))('a restriction with days', () => {
  let world: CaseWorld;
  beforeAll(async () => {
    world = await CaseWorld.create();
  });
  afterAll(() => world.close());

  const today = async () => legalDateOf(await world.now());
  const daysAgo = async (days: number) => addDays(await today(), -days);

  async function fetched(): Promise<Listed & { noticeId: string }> {
    const listed = await list(world);
    const noticeId = listed.notice('housing');
    await world.command(noticeId, fetchNotice, HOUSING, {});
    return { ...listed, noticeId };
  }
  const decided = async (dates: { decidedOn: LegalDate; validFrom?: LegalDate; validUntil?: LegalDate }) => {
    const listed = await fetched();
    await decide(world, listed.noticeId, HOUSING, { measureIds: ['ZB01'], ...dates });
    return listed;
  };
  const rowOf = async (noticeId: string) =>
    (await world.handle.db.select().from(restrictions).where(eq(restrictions.caseId, noticeId)))[0]!;
  /** Waits, in real time, until the outbox has told the listing of the term. */
  async function hasTerm({ listingId }: Listed) {
    for (let tries = 0; tries < 100; tries += 1) {
      if ((await world.case(listingId)).facts['restrictionTerms']) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('the listing was not told');
  }
  const actions = async (caseId: string) => (await world.audit(caseId)).map(({ action }) => action);

  it('owes its feedback within fifteen working days of the decision, the day itself not counted (民法典第二百零一条)', async () => {
    const decidedOn = await daysAgo(5);
    const { noticeId } = await decided({ decidedOn });
    const { due } = addWorkingDays(await currentCalendar(world.handle.db), decidedOn, 15);
    const duty = await world.deadline(noticeId, FEEDBACK);
    expect(duty).toMatchObject({ startDate: decidedOn, dueDate: due, workingDays: 15, kind: 'statutory' });
    // The decision is entered today all the same.
    const row = await rowOf(noticeId);
    expect([row.decidedOn, legalDateOf(row.decidedAt.getTime())]).toEqual([decidedOn, await today()]);
  });

  it('is accepted after its fifteen working days have passed: breach and supervision are recorded (第十七条)', async () => {
    const { noticeId } = await decided({ decidedOn: await daysAgo(60) });
    for (let tries = 0; tries < 100 && (await world.rungs(noticeId)).length < 2; tries += 1)
      await world.env.sleep(1000);
    const rungs = (await world.rungs(noticeId)).filter((rung) => rung.startsWith(FEEDBACK));
    expect(rungs).toEqual([`${FEEDBACK} due`, `${FEEDBACK} due+3`]);
    const duty = await world.deadline(noticeId, FEEDBACK);
    expect(duty.breachedAt).toEqual(new Date(endOfDay(duty.dueDate)));
    await world.begun(supervisionId(noticeId, FEEDBACK));
    await world.command(noticeId, executeRestriction, HOUSING, { remark: '已限制' });
    expect(await world.command(noticeId, feedBack, HOUSING, { result: '已生效' })).toMatchObject({ late: true });
  });

  it('refuses days that contradict each other, and a term without the day of its decision', async () => {
    const { noticeId } = await fetched();
    const decidedOn = await today();
    const body = { measureIds: ['ZB01'] };
    for (const [dates, message] of [
      [{ decidedOn, validFrom: addDays(decidedOn, -1) }, '早于做出决定之日'],
      [{ decidedOn, validUntil: addDays(decidedOn, -1) }, '早于限制开始之日'],
      [{ decidedOn, validFrom: addDays(decidedOn, 9), validUntil: addDays(decidedOn, 8) }, '早于限制开始之日'],
      [{ validUntil: decidedOn }, '缺少做出限制决定之日'],
    ] as const) {
      const refusal = await refusalOf(world.command(noticeId, decideRestriction, HOUSING, { ...body, ...dates }));
      expect(refusal).toMatchObject({ code: 'input.invalid', message: expect.stringContaining(message) });
    }
    expect(await world.restrictions(noticeId)).toEqual([]);
  });

  it('expires with its last day although its notice was closed long before, once, dated by the exact instant', async () => {
    const decidedOn = await today();
    const validUntil = addDays(decidedOn, 90);
    const listed = await decided({ decidedOn, validUntil });
    const { noticeId, listingId, input } = listed;
    await world.command(noticeId, executeRestriction, HOUSING, { remark: '已限制' });
    await world.command(noticeId, feedBack, HOUSING, { result: '已生效' });
    expect(await world.case(noticeId)).toMatchObject({ status: 'closed' });
    await hasTerm(listed);
    const end = endOfDay(validUntil);
    await world.until(end - 60_000);
    expect((await rowOf(noticeId)).expiredAt).toBeNull();
    await world.until(end + SPREAD_MS + 60_000);
    expect(await rowOf(noticeId)).toMatchObject({ expiredAt: new Date(end), liftedAt: null });
    const step = (await world.audit(listingId)).at(-1)!;
    expect(step).toMatchObject({ action: 'expireRestrictions', actor: 'system', at: new Date(end) });
    const told = (await world.notices(listingId)).at(-1);
    expect(told).toMatchObject({ topic: 'sanction.expired', departmentCode: HOUSING.departmentCode });
    // The outbox may tell again; nothing begins a second time.
    const handle = world.env.client.workflow.getHandle(listingId);
    await handle.signal(restrictionDecided, noticeId, validUntil, String(end), '0');
    await world.env.sleep(DAY);
    expect((await actions(listingId)).filter((action) => action === 'expireRestrictions')).toHaveLength(1);
    // The lifting that follows has nothing left to lift.
    await world.command(listingId, removeListing, AUTHORITY, REPAIRED);
    await world.begun(listed.lifting('housing'));
    await world.command(listed.lifting('housing'), confirmLifting, HOUSING, {});
    expect(await rowOf(noticeId)).toMatchObject({ expiredAt: new Date(end), liftedAt: null });
    // And any day has its answer.
    const on = async (day: LegalDate) =>
      (await restrictionsInForce(world.handle.db, [input.uscc], { day })).filter((row) => row.caseId === noticeId)
        .length;
    expect([await on(addDays(decidedOn, -1)), await on(decidedOn), await on(validUntil)]).toEqual([0, 1, 1]);
    expect(await on(addDays(validUntil, 1))).toBe(0);
  });

  it('that was lifted before its term ended does not expire', async () => {
    const decidedOn = await today();
    const listed = await decided({ decidedOn, validUntil: addDays(decidedOn, 30) });
    await hasTerm(listed);
    await world.command(listed.listingId, removeListing, AUTHORITY, REPAIRED);
    await world.begun(listed.lifting('housing'));
    await world.command(listed.lifting('housing'), confirmLifting, HOUSING, {});
    const lifted = await rowOf(listed.noticeId);
    expect(lifted).toMatchObject({ liftedAt: expect.any(Date), expiredAt: null });
    await world.env.sleep(32 * DAY);
    // The other department has not confirmed, so the listing is open and its timer has run.
    expect(await actions(listed.listingId)).toContain('expireRestrictions');
    expect(await rowOf(listed.noticeId)).toEqual(lifted);
  });

  it('that is lifted in the minutes between midnight and its timer has expired at midnight', async () => {
    const decidedOn = await today();
    const validUntil = addDays(decidedOn, 20);
    let listed = await decided({ decidedOn, validUntil });
    // The spread is the listing's own; one that leaves some minutes is needed.
    while (delayOf(listed.listingId, SPREAD_MS) < SPREAD_MS / 2) listed = await decided({ decidedOn, validUntil });
    await hasTerm(listed);
    await world.command(listed.listingId, removeListing, AUTHORITY, REPAIRED);
    await world.begun(listed.lifting('housing'));
    const end = endOfDay(validUntil);
    await world.until(end + 60_000);
    expect((await rowOf(listed.noticeId)).expiredAt).toBeNull();
    await world.command(listed.lifting('housing'), confirmLifting, HOUSING, {});
    expect(await rowOf(listed.noticeId)).toMatchObject({ expiredAt: new Date(end), liftedAt: null });
    await world.until(end + SPREAD_MS + 60_000);
    expect(await rowOf(listed.noticeId)).toMatchObject({ expiredAt: new Date(end), liftedAt: null });
  });

  it('whose term was over when it was entered expires at once, with its own last day', async () => {
    const validUntil = await daysAgo(3);
    const listed = await decided({ decidedOn: await daysAgo(20), validUntil });
    await hasTerm(listed);
    await world.env.sleep(1000);
    for (let tries = 0; tries < 100 && !(await rowOf(listed.noticeId)).expiredAt; tries += 1)
      await world.env.sleep(1000);
    expect(await rowOf(listed.noticeId)).toMatchObject({ expiredAt: new Date(endOfDay(validUntil)) });
  });

  it('of two departments end each in its time, by one listing', async () => {
    const listed = await fetched();
    const decidedOn = await today();
    const order = { decidedOn, validUntil: addDays(decidedOn, 15) };
    await decide(world, listed.noticeId, HOUSING, { measureIds: ['ZB01', 'ZZ01'], ...order });
    await world.command(listed.notice('health'), fetchNotice, HEALTH, {});
    const earlier = addDays(decidedOn, 10);
    await decide(world, listed.notice('health'), HEALTH, { measureIds: ['SP01'], ...order, validUntil: earlier });
    for (let tries = 0; tries < 100; tries += 1) {
      const terms = (await world.case(listed.listingId)).facts['restrictionTerms'] ?? {};
      if (Object.keys(terms).length === 2) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await world.until(endOfDay(order.validUntil) + SPREAD_MS + 60_000);
    const rows = await world.handle.db
      .select()
      .from(restrictions)
      .where(eq(restrictions.listingId, listed.listingId))
      .orderBy(asc(restrictions.measureId));
    const ended = rows.map(({ measureId, expiredAt }) => `${measureId} ${legalDateOf(expiredAt!.getTime() - 1)}`);
    expect(ended).toEqual([`SP01 ${earlier}`, `ZB01 ${order.validUntil}`, `ZZ01 ${order.validUntil}`]);
    const expired = (await world.audit(listed.listingId)).filter(({ action }) => action === 'expireRestrictions');
    expect(expired.map(({ at }) => at.getTime())).toEqual([endOfDay(earlier), endOfDay(order.validUntil)]);
  });

  it('goes on after its listing was terminated and restored from the record', async () => {
    const decidedOn = await today();
    const validUntil = addDays(decidedOn, 12);
    const listed = await decided({ decidedOn, validUntil });
    await hasTerm(listed);
    await world.env.client.workflow.getHandle(listed.listingId).terminate();
    const { db } = world.handle;
    const deps = { db, client: world.env.client, clock: realClock, taskQueue: 'cases', settleMs: 0 };
    expect(await restoreCase(deps, listed.listingId)).toBe('restored');
    await world.until(endOfDay(validUntil) + SPREAD_MS + 60_000);
    for (let tries = 0; tries < 100 && !(await rowOf(listed.noticeId)).expiredAt; tries += 1)
      await world.env.sleep(1000);
    expect((await actions(listed.listingId)).filter((action) => action === 'expireRestrictions')).toHaveLength(1);
    expect((await rowOf(listed.noticeId)).expiredAt).toEqual(new Date(endOfDay(validUntil)));
  });

  it('names and texts stay in the record: no history holds them (第十九条)', async () => {
    const listed = await fetched();
    const decidedOn = await today();
    const texts = { basis: '《示例办法》第七条', personAsking: '李经办' };
    const order = { measureIds: ['ZB01'], decidedOn, validUntil: addDays(decidedOn, 30), ...texts };
    await decide(world, listed.noticeId, HOUSING, order);
    await hasTerm(listed);
    for (const caseId of [listed.noticeId, listed.listingId]) {
      const history = await world.env.client.workflow.getHandle(caseId).fetchHistory();
      const held = readableIn(history);
      // The listing is told of the last day only.
      expect(held).toContain(addDays(decidedOn, 30));
      expect(held).not.toMatch(/示例办法|李经办/);
    }
    const [found] = (await restrictionsInForce(world.handle.db, [listed.input.uscc], { day: decidedOn })).filter(
      ({ caseId }) => caseId === listed.noticeId,
    );
    expect(found).toMatchObject({ decisionBasis: texts.basis, personAsking: texts.personAsking });
  });
});

describe.skipIf(!inject('testServerPath'))('a term that outlives many runs of its listing', () => {
  let world: CaseWorld;
  beforeAll(async () => {
    world = await CaseWorld.create({ bundled: bundleOfShortRuns() });
  });
  afterAll(() => world.close());

  it('ends all the same', async () => {
    const listed = await list(world);
    const noticeId = listed.notice('housing');
    await world.command(noticeId, fetchNotice, HOUSING, {});
    const decidedOn = legalDateOf(await world.now());
    const validUntil = addDays(decidedOn, 40);
    await decide(world, noticeId, HOUSING, { measureIds: ['ZB01'], decidedOn, validUntil });
    const appeal = updateOf(listingBodies, 'appeal');
    const reject = updateOf(listingBodies, 'rejectAppeal');
    const handle = world.env.client.workflow.getHandle(listed.listingId);
    const { runId } = await handle.describe();
    for (let round = 0; round < 6; round += 1) {
      await world.command(listed.listingId, appeal, AUTHORITY, { reason: '申诉' }, randomUUID());
      await world.command(listed.listingId, reject, AUTHORITY, { reason: '驳回' }, randomUUID());
    }
    expect((await handle.describe()).runId).not.toBe(runId);
    await world.until(endOfDay(validUntil) + SPREAD_MS + 60_000);
    const where = and(eq(restrictions.caseId, noticeId), eq(restrictions.measureId, 'ZB01'));
    const [row] = await world.handle.db.select().from(restrictions).where(where);
    expect(row!.expiredAt).toEqual(new Date(startOfDay(addDays(validUntil, 1))));
    expect(await world.handle.db.select().from(listings)).toHaveLength(1);
  });
});
