/** 名单核实 (第九条): doubt about an entry is a question to the organ that decided, and never a removal. */
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { departments, listings } from '../../db/schema.ts';
import { listingBodies } from '../../domain/case-types/listing/commands.ts';
import { addDays, endOfDay, legalDateOf } from '../../domain/clock/calendar.ts';
import { realClock } from '../../domain/clock/clock.ts';
import { SPREAD_MS } from '../../domain/clock/spread.ts';
import { restoreCase } from '../../outbox/restore-cases.ts';
import { updateOf } from '../../workflows/lib/updates.ts';
import { deciderRetired, listingConfirmed, listingQuestioned } from '../../workflows/messages.ts';
import { actor, AUTHORITY, CaseWorld, COUNTY, DAY } from '../support/case-world.ts';
import { eventually } from '../support/product.ts';
import { refusalOf } from '../support/refusal.ts';
import { list, type Listed } from '../support/sanctions.ts';

const answerQuestion = updateOf(listingBodies, 'answerQuestion');
const remove = updateOf(listingBodies, 'remove');
const REVOKED = { ground: 'revoked', reason: '列入决定被撤销' } as const;
const HEALTH = actor('department-officer', 'health');

describe.skipIf(!inject('testServerPath'))('an entry that is doubted (第九条第一款)', () => {
  let world: CaseWorld;
  beforeAll(async () => {
    world = await CaseWorld.create();
  });
  afterAll(() => world.close());

  const handleOf = ({ listingId }: Listed) => world.env.client.workflow.getHandle(listingId);
  const actions = async ({ listingId }: Listed) => (await world.audit(listingId)).map(({ action }) => action);
  const question = async ({ listingId }: Listed) => (await world.case(listingId)).facts.question;
  const isDone = (listed: Listed, action: string, times = 1) =>
    eventually(
      () => actions(listed),
      (done) => done.filter((one) => one === action).length === times,
    );
  const topics = async ({ listingId }: Listed) =>
    (await world.notices(listingId)).map(({ topic, departmentCode }) => [topic, departmentCode]);
  const today = async () => legalDateOf(await world.now());

  it('stays listed, and its organ is asked once, within a norm', async () => {
    const listed = await list(world);
    const day = await today();
    for (const asOf of [day, day, addDays(day, 1)]) await handleOf(listed).signal(listingQuestioned, asOf);
    await isDone(listed, 'question');
    expect(await question(listed)).toEqual({ state: 'pending', ground: 'missing', day });
    expect(await world.case(listed.listingId)).toMatchObject({ stage: 'listed', status: 'open' });
    expect(await world.deadline(listed.listingId, 'listing.question')).toMatchObject({ kind: 'norm' });
    expect(await topics(listed)).toContainEqual(['listing.missing', `${COUNTY}-registration`]);
    // The organ alone answers; who answers has been asked.
    const other = await refusalOf(world.command(listed.listingId, answerQuestion, HEALTH, { reason: '在列' }));
    expect(other.code).toBe('access.denied');
    await world.command(listed.listingId, answerQuestion, AUTHORITY, { reason: '导出有误，仍在列' });
    expect(await question(listed)).toMatchObject({ state: 'answered', reply: '导出有误，仍在列' });
    const again = await refusalOf(world.command(listed.listingId, answerQuestion, AUTHORITY, { reason: '在列' }));
    expect(again.code).toBe('transition.refused');
    // The answer stands against the lists of the next days.
    await handleOf(listed).signal(listingQuestioned, addDays(day, 2));
    await world.command(listed.listingId, remove, AUTHORITY, REVOKED);
    expect((await actions(listed)).filter((action) => action === 'question')).toHaveLength(1);
  });

  it('that stands in the list again needs no answer; missing once more, it is asked about anew', async () => {
    const listed = await list(world);
    const day = await today();
    await handleOf(listed).signal(listingConfirmed, day);
    await handleOf(listed).signal(listingQuestioned, day);
    await isDone(listed, 'question');
    await handleOf(listed).signal(listingConfirmed, addDays(day, 1));
    await isDone(listed, 'confirmListed');
    expect(await question(listed)).toMatchObject({ state: 'confirmed', day: addDays(day, 1) });
    expect(await world.deadline(listed.listingId, 'listing.question')).toMatchObject({ settledAt: expect.any(Date) });
    await handleOf(listed).signal(listingQuestioned, addDays(day, 2));
    await isDone(listed, 'question', 2);
    expect(await question(listed)).toEqual({ state: 'pending', ground: 'missing', day: addDays(day, 2) });
  });

  it('and is removed meanwhile is asked about no more', async () => {
    const listed = await list(world);
    await handleOf(listed).signal(listingQuestioned, await today());
    await isDone(listed, 'question');
    await world.command(listed.listingId, remove, AUTHORITY, REVOKED);
    expect(await world.deadline(listed.listingId, 'listing.question')).toMatchObject({ settledAt: expect.any(Date) });
    await handleOf(listed).signal(listingQuestioned, addDays(await today(), 1));
    await handleOf(listed).signal(listingConfirmed, addDays(await today(), 1));
    await world.env.sleep(DAY);
    expect((await actions(listed)).filter((action) => /question|confirmListed/.test(action))).toEqual(['question']);
  });

  it('as a court’s entry past its term is, stays listed and is asked about once, also after it was restored', async () => {
    const listedUntil = addDays(await today(), 5);
    const term = { listedUntil, expiresAt: endOfDay(listedUntil), spread: SPREAD_MS };
    const listed = await list(world, { list: 'court-debtor', term });
    await world.until(term.expiresAt + SPREAD_MS + 60_000);
    await isDone(listed, 'question');
    const asked = (await world.audit(listed.listingId)).at(-1)!;
    expect(asked).toMatchObject({ action: 'question', actor: 'system', at: new Date(term.expiresAt) });
    expect(await world.case(listed.listingId)).toMatchObject({
      stage: 'listed',
      facts: { question: { state: 'pending', ground: 'term-over', day: listedUntil } },
    });
    const [row] = await world.handle.db.select().from(listings).where(eq(listings.listingId, listed.listingId));
    expect(row!.removedAt).toBeNull();
    // No clock is kept for a court; the registering authority that holds the entry asks it and enters the answer.
    expect(await world.deadline(listed.listingId, 'listing.question')).toBeUndefined();
    expect(await topics(listed)).toContainEqual(['listing.termOver', `${COUNTY}-registration`]);
    await world.command(listed.listingId, answerQuestion, AUTHORITY, { reason: '执行法院答复：仍未履行' });

    await world.env.sleep(DAY);
    await handleOf(listed).terminate();
    const { db } = world.handle;
    const deps = { db, client: world.env.client, clock: realClock, taskQueue: 'cases', settleMs: 0 };
    expect(await restoreCase(deps, listed.listingId)).toBe('restored');
    await world.env.sleep(DAY);
    expect((await actions(listed)).filter((action) => action === 'question')).toHaveLength(1);
  });

  it('as a court’s entry that came after its term is, at once, and not before it was opened', async () => {
    const listedUntil = addDays(await today(), -10);
    const term = { listedUntil, expiresAt: endOfDay(listedUntil), spread: 0 };
    const listed = await list(world, { list: 'court-debtor', term });
    await isDone(listed, 'question');
    const [opened, asked] = await world.audit(listed.listingId);
    expect(asked!.at.getTime()).toBeGreaterThanOrEqual(opened!.at.getTime());
  });

  it('whose organ is retired goes to whoever took over its duty, who alone decides from then on', async () => {
    const code = `${COUNTY}-health`;
    const listed = await list(world, { departmentCode: code });
    await world.handle.db.update(departments).set({ retiredAt: new Date() }).where(eq(departments.code, code));
    try {
      // Told of another department, and twice of its own.
      for (const retired of [`${COUNTY}-housing`, code, code]) await handleOf(listed).signal(deciderRetired, retired);
      await isDone(listed, 'succeed');
      const { departmentCode } = await world.case(listed.listingId);
      expect(departmentCode).not.toBe(code);
      const [row] = await world.handle.db.select().from(listings).where(eq(listings.listingId, listed.listingId));
      expect(row!.authorityCode).toBe(departmentCode);
      expect(await topics(listed)).toContainEqual(['listing.succeeded', departmentCode]);
      const successor = { ...HEALTH, regionCode: departmentCode!.slice(0, 6), departmentCode };
      expect((await refusalOf(world.command(listed.listingId, remove, HEALTH, REVOKED))).code).toBe('access.denied');
      expect(await world.command(listed.listingId, remove, successor, REVOKED)).toMatchObject({ stage: 'lifting' });
    } finally {
      await world.handle.db.update(departments).set({ retiredAt: null }).where(eq(departments.code, code));
    }
  });
});
