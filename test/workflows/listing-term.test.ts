/** 列入期限 (第九条第一款): an entry ends by itself with its term; a court's only by the court. */
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { listingsInForce } from '../../db/queries/restrictions.ts';
import { departments, listings } from '../../db/schema.ts';
import { listingBodies } from '../../domain/case-types/listing/commands.ts';
import { sanctionLiftingBodies } from '../../domain/case-types/sanction-lifting/commands.ts';
import { addDays, endOfDay, legalDateOf } from '../../domain/clock/calendar.ts';
import { realClock } from '../../domain/clock/clock.ts';
import { SPREAD_MS } from '../../domain/clock/spread.ts';
import { restoreCase } from '../../outbox/restore-cases.ts';
import { updateOf } from '../../workflows/lib/updates.ts';
import { actor, AUTHORITY, CaseWorld, COUNTY, DAY } from '../support/case-world.ts';
import { refusalOf } from '../support/refusal.ts';
import { list, restrict, type Listed } from '../support/sanctions.ts';

const appeal = updateOf(listingBodies, 'appeal');
const recordCourtRejection = updateOf(listingBodies, 'recordCourtRejection');
const remove = updateOf(listingBodies, 'remove');
const upholdAppeal = updateOf(listingBodies, 'upholdAppeal');
const confirm = updateOf(sanctionLiftingBodies, 'confirm');
const HOUSING = actor('department-officer', 'housing');
const HEALTH = actor('department-officer', 'health');
const REVOKED = { ground: 'revoked', reason: '列入决定被撤销' } as const;

describe.skipIf(!inject('testServerPath'))('an entry with a term (第九条第一款)', () => {
  let world: CaseWorld;
  beforeAll(async () => {
    world = await CaseWorld.create();
  });
  afterAll(() => world.close());

  async function listedFor(days: number) {
    const listedUntil = addDays(legalDateOf(await world.now()), days);
    const term = { listedUntil, expiresAt: endOfDay(listedUntil), spread: SPREAD_MS };
    return { ...(await list(world, { term })), listedUntil, end: term.expiresAt };
  }
  const rowOf = async ({ listingId }: Listed) =>
    (await world.handle.db.select().from(listings).where(eq(listings.listingId, listingId)))[0]!;
  const actions = async ({ listingId }: Listed) => (await world.audit(listingId)).map(({ action }) => action);

  it('ends with its last day, dated by the exact instant, and orders every department to lift', async () => {
    const listed = await listedFor(30);
    await restrict(world, listed.notice('housing'), HOUSING, ['ZB01']);
    await world.command(listed.listingId, appeal, AUTHORITY, { reason: '不服' });
    await world.until(listed.end - 60_000);
    expect((await rowOf(listed)).removedAt).toBeNull();
    await world.until(listed.end + SPREAD_MS + 60_000);
    await world.comesTo(listed.listingId, 'lifting');
    expect((await rowOf(listed)).removedAt).toEqual(new Date(listed.end));
    const step = (await world.audit(listed.listingId)).at(-1)!;
    expect(step).toMatchObject({
      action: 'expire',
      actor: 'system',
      article: '第九条第一款',
      at: new Date(listed.end),
    });
    expect((await world.case(listed.listingId)).facts).toMatchObject({ removal: { ground: 'list-exit' } });
    expect(
      (await world.notices(listed.listingId)).map(({ topic, departmentCode }) => [topic, departmentCode]),
    ).toContainEqual(['listing.expired', `${COUNTY}-registration`]);
    // Shown on its last day, and no longer on the next.
    const on = async (day: string) =>
      (await listingsInForce(world.handle.db, listed.input.uscc, { day })).some(
        ({ listingId }) => listingId === listed.listingId,
      );
    expect([await on(listed.listedUntil), await on(addDays(listed.listedUntil, 1))]).toEqual([true, false]);

    await world.begun(listed.lifting('housing'));
    await world.begun(listed.lifting('health'));
    await world.command(listed.lifting('housing'), confirm, HOUSING, {});
    await world.command(listed.lifting('health'), confirm, HEALTH, {});
    await world.comesTo(listed.listingId, 'lifted');
    expect(await world.restrictions(listed.notice('housing'))).toEqual(['ZB01 lifted']);
    expect((await actions(listed)).filter((action) => action === 'expire')).toHaveLength(1);
  });

  it('is not shown between midnight and its timer', async () => {
    const listed = await listedFor(3);
    const now = new Date(listed.end + 1000);
    const shown = await listingsInForce(world.handle.db, listed.input.uscc, { now });
    expect(shown.map(({ listingId }) => listingId)).not.toContain(listed.listingId);
    expect((await rowOf(listed)).removedAt).toBeNull();
    await world.command(listed.listingId, remove, AUTHORITY, REVOKED);
  });

  it('that was removed before ends once', async () => {
    const listed = await listedFor(10);
    await world.command(listed.listingId, remove, AUTHORITY, REVOKED);
    await world.env.sleep(12 * DAY);
    expect((await actions(listed)).filter((action) => action === 'expire')).toEqual([]);
    expect((await rowOf(listed)).removedAt).not.toEqual(new Date(listed.end));
  });

  it('ends after it was terminated and restored from the record', async () => {
    const listed = await listedFor(12);
    // At rest: the time-skipping server waits for ever for a task of a run that was terminated.
    await world.env.sleep(DAY);
    await world.env.client.workflow.getHandle(listed.listingId).terminate();
    const { db } = world.handle;
    const deps = { db, client: world.env.client, clock: realClock, taskQueue: 'cases', settleMs: 0 };
    expect(await restoreCase(deps, listed.listingId)).toBe('restored');
    await world.until(listed.end + SPREAD_MS + 60_000);
    await world.comesTo(listed.listingId, 'lifting');
    expect((await rowOf(listed)).removedAt).toEqual(new Date(listed.end));
  });

  it('orders the lifting from whoever stands in place of a department that was retired meanwhile', async () => {
    const listed = await listedFor(5);
    const code = `${COUNTY}-housing`;
    const retire = (retiredAt: Date | null) =>
      world.handle.db.update(departments).set({ retiredAt }).where(eq(departments.code, code));
    await retire(new Date());
    try {
      await world.until(listed.end + SPREAD_MS + 60_000);
      await world.comesTo(listed.listingId, 'lifting');
      await world.begun(listed.lifting('housing'));
      const lifting = await world.case(listed.lifting('housing'));
      expect(lifting.departmentCode).not.toBe(code);
      expect(lifting.facts).toMatchObject({ restrictedBy: code });
    } finally {
      await retire(null);
    }
  });
});

describe.skipIf(!inject('testServerPath'))('the organ that decided (第九条)', () => {
  let world: CaseWorld;
  beforeAll(async () => {
    world = await CaseWorld.create();
  });
  afterAll(() => world.close());

  it('alone ends its entry, be it a department; an organ above is refused in words', async () => {
    const listed = await list(world, { departmentCode: `${COUNTY}-health` });
    const above = actor('registering-authority', 'registration', '430000');
    for (const who of [AUTHORITY, above, HOUSING]) {
      const refusal = await refusalOf(world.command(listed.listingId, remove, who, REVOKED));
      expect(refusal).toMatchObject({ code: 'access.denied', article: '第九条第一款' });
      expect(refusal.message).toContain('只有做出列入决定的机关');
    }
    expect(await world.command(listed.listingId, remove, HEALTH, REVOKED)).toMatchObject({ stage: 'lifting' });
  });

  it('of a court’s entry is the court: no account ends it; its review is shown, and its rejection is entered', async () => {
    const listed = await list(world, { list: 'court-debtor' });
    const court = { reviewBy: '2026-12-15', basis: '法释〔2013〕17号第十二条' };
    await world.command(listed.listingId, appeal, AUTHORITY, { reason: '已履行完毕', ...court });
    expect(await world.deadline(listed.listingId, 'listing.appeal')).toBeUndefined();
    expect((await world.case(listed.listingId)).facts).toMatchObject({ appeal: { state: 'pending', ...court } });
    for (const [update, body] of [
      [remove, REVOKED],
      [upholdAppeal, { reason: '成立' }],
    ] as const) {
      const refusal = await refusalOf(
        world.command(listed.listingId, update as typeof remove, AUTHORITY, body as never),
      );
      expect(refusal).toMatchObject({ code: 'listing.court-only' });
    }
    const rejection = { documentNo: '（2026）湘0103执异1号', decidedOn: '2026-12-10', reason: '理由不成立' };
    await world.command(listed.listingId, recordCourtRejection, AUTHORITY, rejection);
    expect(await world.case(listed.listingId)).toMatchObject({
      stage: 'listed',
      facts: { appeal: { state: 'rejected', ...rejection } },
    });
  });
});
