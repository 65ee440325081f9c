import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { listings } from '../../db/schema.ts';
import { legalDateOf } from '../../domain/clock/calendar.ts';
import { supervisionId } from '../../domain/case/id.ts';
import { listingBodies } from '../../domain/case-types/listing/commands.ts';
import { sanctionLiftingBodies } from '../../domain/case-types/sanction-lifting/commands.ts';
import type { Successors } from '../../domain/case-types/sanction-lifting/successors.ts';
import { sanctionNoticeBodies } from '../../domain/case-types/sanction-notice/commands.ts';
import { updateOf } from '../../workflows/lib/updates.ts';
import { liftingConfirmed, withdrawNotice } from '../../workflows/messages.ts';
import { actor, AUTHORITY, CaseWorld, DAY } from '../support/case-world.ts';
import { bundleOfShortRuns } from '../support/bundles.ts';
import { refusalOf } from '../support/refusal.ts';
import { list, restrict, type Listed } from '../support/sanctions.ts';
import type { ListingFacts } from '../../domain/case-types/listing/opening.ts';

const appealListing = updateOf(listingBodies, 'appeal');
const confirmLifting = updateOf(sanctionLiftingBodies, 'confirm');
const decideRestriction = updateOf(sanctionNoticeBodies, 'decide');
const declineRestriction = updateOf(sanctionNoticeBodies, 'decline');
const feedBackRestriction = updateOf(sanctionNoticeBodies, 'feedBack');
const fetchNotice = updateOf(sanctionNoticeBodies, 'fetch');
const rejectAppeal = updateOf(listingBodies, 'rejectAppeal');
const removeListing = updateOf(listingBodies, 'remove');
const upholdAppeal = updateOf(listingBodies, 'upholdAppeal');

const HOUSING = actor('department-officer', 'housing');
const HEALTH = actor('department-officer', 'health');
const REPAIRED = { ground: 'credit-repaired', reason: '已履行义务并公示承诺' } as const;
const APPEAL = { reason: '企业称已按期年报' };

describe.skipIf(!inject('testServerPath'))('a listing (第九条)', () => {
  let world: CaseWorld;
  beforeAll(async () => {
    world = await CaseWorld.create();
  });
  afterAll(() => world.close());

  /** Both liftings run. */
  async function lifted(listed: Listed): Promise<Listed> {
    await world.command(listed.listingId, removeListing, AUTHORITY, REPAIRED);
    for (const sector of ['housing', 'health']) await world.begun(listed.lifting(sector));
    return listed;
  }

  it('of an earlier commit, taken in long before its case could run, gives each department its days from the notice on', async () => {
    const listed = await list(world, { daysAgo: 40 });
    for (const sector of ['housing', 'health']) {
      for (const limitId of ['sanctionNotice.fetch', 'sanctionNotice.decision']) {
        const { startDate, breachedAt } = await world.deadline(listed.notice(sector), limitId);
        expect([startDate, breachedAt]).toEqual([legalDateOf(await world.now()), null]);
      }
    }
    expect((await world.case(listed.listingId)).openedAt).toEqual(new Date(listed.input.listedAt));
  });

  describe('that is removed', () => {
    it('orders a lifting from every department that was told, and is lifted when all have confirmed', async () => {
      const listed = await list(world);
      await restrict(world, listed.notice('housing'), HOUSING, ['ZB01', 'ZZ01']);
      await world.command(listed.notice('housing'), feedBackRestriction, HOUSING, { result: '已生效' });
      await world.command(listed.notice('health'), fetchNotice, HEALTH, {});
      await world.command(listed.notice('health'), declineRestriction, HEALTH, { reason: '无卫生许可' });
      await lifted(listed);
      expect(await world.case(listed.listingId)).toMatchObject({ stage: 'lifting', status: 'open' });
      const [row] = await world.handle.db.select().from(listings).where(eq(listings.listingId, listed.listingId));
      expect(row!.removedAt).not.toBeNull();

      await world.command(listed.lifting('housing'), confirmLifting, HOUSING, { remark: '已取消限制' });
      expect(await world.restrictions(listed.notice('housing'))).toEqual(['ZB01 lifted', 'ZZ01 lifted']);
      expect(await world.case(listed.listingId)).toMatchObject({ status: 'open' });
      await world.command(listed.lifting('health'), confirmLifting, HEALTH, {});
      await world.comesTo(listed.listingId, 'lifted');
      expect(await world.env.client.workflow.getHandle(listed.listingId).result()).toBe('lifted');
      const actions = (await world.audit(listed.listingId)).map((entry) => entry.action);
      expect(actions).toEqual(['open', 'remove', 'recordLifting', 'recordLifting', 'complete']);
      const { confirmed }: ListingFacts = (await world.case(listed.listingId)).facts;
      expect(confirmed!.toSorted()).toEqual([HEALTH.departmentCode, HOUSING.departmentCode]);
      expect((await world.notices(listed.listingId)).map((notice) => notice.topic)).toEqual(['listing.lifted']);
    });

    it('withdraws the notices that are still open, at whatever stage, and leaves closed ones as they were', async () => {
      const listed = await list(world);
      await restrict(world, listed.notice('housing'), HOUSING, ['ZB01']);
      await lifted(listed);
      for (const sector of ['housing', 'health']) await world.comesTo(listed.notice(sector), 'withdrawn');
      expect(await world.case(listed.notice('housing'))).toMatchObject({ status: 'closed', dueAt: null });
      // Until the department says that it lifted it, the restriction is in force.
      expect(await world.restrictions(listed.notice('housing'))).toEqual(['ZB01 executed']);
      await world.env.sleep(60 * DAY);
      expect((await world.case(listed.notice('housing'))).breachedAt).toBeNull();
      await world.env.client.workflow
        .getHandle(listed.notice('health'))
        .signal(withdrawNotice, 'again')
        .catch(() => undefined);
      const audit = await world.audit(listed.notice('health'));
      expect(audit.map((entry) => entry.action)).toEqual(['open', 'withdraw']);
      const late = await refusalOfClosed(listed.notice('health'));
      expect(late).toBe(true);
    });

    it('a lifting that nobody confirms climbs the whole ladder into supervision', async () => {
      const listed = await lifted(await list(world));
      await world.env.sleep(30 * DAY);
      const limit = 'sanctionLifting.confirm';
      expect(await world.rungs(listed.lifting('housing'))).toEqual(
        ['due-2', 'due-1', 'due', 'due+3'].map((rung) => `${limit} ${rung}`),
      );
      expect(await world.case(supervisionId(listed.lifting('housing'), limit))).toMatchObject({ status: 'open' });
      const result = await world.command(listed.lifting('housing'), confirmLifting, HOUSING, {});
      expect(result).toMatchObject({ late: true, stage: 'lifted' });
    });

    it('only its own department confirms a lifting, and once', async () => {
      const listed = await lifted(await list(world));
      const lifting = listed.lifting('housing');
      for (const who of [HEALTH, AUTHORITY]) {
        expect((await refusalOf(world.command(lifting, confirmLifting, who, {}))).code).toBe('access.denied');
      }
      const sends = Array.from({ length: 20 }, () => world.command(lifting, confirmLifting, HOUSING, {}, 'once'));
      const results = await Promise.all(sends);
      expect(new Set(results.map((result) => result.step)).size).toBe(1);
      await world.env.client.workflow.getHandle(lifting).result();
      // The signal comes again, as after a crash between its sending and its acknowledgement.
      const listing = world.env.client.workflow.getHandle(listed.listingId);
      await listing.signal(liftingConfirmed, HOUSING.departmentCode!);
      await listing.signal(liftingConfirmed, '430103-forestry');
      await world.begun(listed.listingId, 3);
      await world.command(listed.lifting('health'), confirmLifting, HEALTH, {});
      await world.comesTo(listed.listingId, 'lifted');
      const actions = (await world.audit(listed.listingId)).map((entry) => entry.action);
      expect(actions.filter((action) => action === 'recordLifting')).toHaveLength(2);
      const { confirmed }: ListingFacts = (await world.case(listed.listingId)).facts;
      expect(confirmed).toEqual([HOUSING.departmentCode, HEALTH.departmentCode]);
    });

    it('is lifted by the successor where the department that restricted it was retired, or by the authority', async () => {
      const orders = [
        (id: string, successors: Successors) =>
          world.command(id, removeListing, AUTHORITY, { ...REPAIRED, successors }),
        async (id: string, successors: Successors) => {
          await world.command(id, appealListing, AUTHORITY, APPEAL);
          await world.command(id, upholdAppeal, AUTHORITY, { reason: '成立', successors });
        },
      ];
      // The health department succeeds the housing department, and has a lifting of its own besides.
      for (const [order, successor] of [[orders[0]!, HEALTH] as const, [orders[1]!, AUTHORITY] as const]) {
        const listed = await list(world);
        await restrict(world, listed.notice('housing'), HOUSING, ['ZB01', 'ZZ01']);
        await order(listed.listingId, { [HOUSING.departmentCode!]: successor.departmentCode! });
        for (const sector of ['housing', 'health']) await world.begun(listed.lifting(sector));
        const inPlace = listed.lifting('housing');
        expect(await world.case(inPlace)).toMatchObject({
          departmentCode: successor.departmentCode,
          facts: { restrictedBy: HOUSING.departmentCode },
        });
        const [told] = await world.notices(inPlace);
        expect(told).toMatchObject({ departmentCode: successor.departmentCode });
        expect(told?.body).toMatch(/代已撤销的.+解除限制并确认/);
        expect((await refusalOf(world.command(inPlace, confirmLifting, HOUSING, {}))).code).toBe('access.denied');

        await world.command(inPlace, confirmLifting, successor, {});
        expect(await world.restrictions(listed.notice('housing'))).toEqual(['ZB01 lifted', 'ZZ01 lifted']);
        expect(await world.case(listed.listingId)).toMatchObject({ status: 'open' });
        await world.command(listed.lifting('health'), confirmLifting, HEALTH, {});
        await world.comesTo(listed.listingId, 'lifted');
      }
    });

    it('cannot be removed twice, nor appealed against', async () => {
      const listed = await lifted(await list(world));
      const twice = await refusalOf(world.command(listed.listingId, removeListing, AUTHORITY, REPAIRED));
      expect(twice).toMatchObject({ code: 'transition.refused', article: '第九条第一款' });
      const appeal = await refusalOf(world.command(listed.listingId, appealListing, AUTHORITY, APPEAL));
      expect(appeal.code).toBe('transition.refused');
    });

    it('a decision that crosses the removal is never in force', async () => {
      const listed = await list(world);
      await world.command(listed.notice('housing'), fetchNotice, HOUSING, {});
      // The database when the removal is written and its signal has not arrived.
      await world.handle.db
        .update(listings)
        .set({ removedAt: new Date(await world.now()) })
        .where(eq(listings.listingId, listed.listingId));
      await world.command(listed.notice('housing'), decideRestriction, HOUSING, { measureIds: ['ZB01'] });
      expect(await world.restrictions(listed.notice('housing'))).toEqual(['ZB01 lifted']);
    });

    it('needs a ground that the law knows, and a reason', async () => {
      const { listingId } = await list(world);
      const wrong = { ground: 'forgiven', reason: '' } as unknown as typeof REPAIRED;
      expect((await refusalOf(world.command(listingId, removeListing, AUTHORITY, wrong))).code).toBe('input.invalid');
      const elsewhere = actor('registering-authority', 'registration', '430102');
      for (const who of [HOUSING, elsewhere, actor('supervisor', null)]) {
        const refusal = await refusalOf(world.command(listingId, removeListing, who, REPAIRED));
        expect(refusal.code).toBe('access.denied');
      }
    });
  });

  describe('that is appealed against', () => {
    it('stays listed when the appeal is rejected, and may be appealed against again', async () => {
      const { listingId } = await list(world);
      const nothing = await refusalOf(world.command(listingId, rejectAppeal, AUTHORITY, { reason: '无申诉' }));
      expect(nothing.code).toBe('appeal.not-pending');
      await world.command(listingId, appealListing, AUTHORITY, APPEAL);
      expect((await world.case(listingId)).dueAt).not.toBeNull();
      const twice = await refusalOf(world.command(listingId, appealListing, AUTHORITY, APPEAL));
      expect(twice.code).toBe('appeal.pending');
      await world.command(listingId, rejectAppeal, AUTHORITY, { reason: '经核实未年报' });
      expect(await world.case(listingId)).toMatchObject({
        stage: 'listed',
        dueAt: null,
        facts: { appeal: { state: 'rejected' } },
      });
      await world.command(listingId, appealListing, AUTHORITY, APPEAL);
    });

    it('is lifted everywhere when the appeal is upheld', async () => {
      const listed = await list(world);
      const early = await refusalOf(world.command(listed.listingId, upholdAppeal, AUTHORITY, { reason: '成立' }));
      expect(early.code).toBe('appeal.not-pending');
      await world.command(listed.listingId, appealListing, AUTHORITY, APPEAL);
      await world.command(listed.listingId, upholdAppeal, AUTHORITY, { reason: '经核实已年报' });
      for (const sector of ['housing', 'health']) await world.comesTo(listed.notice(sector), 'withdrawn');
      await world.begun(listed.lifting('health'));
      expect(await world.case(listed.listingId)).toMatchObject({
        stage: 'lifting',
        facts: { appeal: { state: 'upheld' } },
      });
    });

    it('an appeal that nobody decides is a breach of the norm', async () => {
      const { listingId } = await list(world);
      await world.command(listingId, appealListing, AUTHORITY, APPEAL);
      await world.env.sleep(60 * DAY);
      expect(await world.rungs(listingId)).toEqual(['listing.appeal due-1', 'listing.appeal due']);
    });
  });

  /** Whether the workflow is over, so that no command reaches it. */
  async function refusalOfClosed(caseId: string): Promise<boolean> {
    const { status } = await world.env.client.workflow.getHandle(caseId).describe();
    return status.name === 'COMPLETED';
  }
});

describe.skipIf(!inject('testServerPath'))('a listing that lives for years', () => {
  let world: CaseWorld;
  beforeAll(async () => {
    world = await CaseWorld.create({ bundled: bundleOfShortRuns() });
  });
  afterAll(() => world.close());

  it('continues as new with its stage, step numbers, facts and running limit', async () => {
    const listed = await list(world);
    const { listingId } = listed;
    const handle = world.env.client.workflow.getHandle(listingId);
    const { runId: first } = await handle.describe();
    for (let round = 1; round <= 6; round += 1) {
      await world.command(listingId, appealListing, AUTHORITY, { reason: `第${round}次申诉` });
      await world.command(listingId, rejectAppeal, AUTHORITY, { reason: `第${round}次驳回` });
    }
    await world.command(listingId, appealListing, AUTHORITY, { reason: '最后一次申诉' });
    const { runId: later } = await handle.describe();
    expect(later).not.toBe(first);
    const steps = (await world.audit(listingId)).map((row) => row.step);
    expect(steps).toEqual(Array.from({ length: 14 }, (_, index) => index + 1));
    await world.env.sleep(60 * DAY);
    expect(await world.rungs(listingId)).toContain('listing.appeal due');

    await world.command(listingId, upholdAppeal, AUTHORITY, { reason: '成立' });
    for (const [sector, who] of [['housing', HOUSING] as const, ['health', HEALTH] as const]) {
      await world.begun(listed.lifting(sector));
      await world.command(listed.lifting(sector), confirmLifting, who, {});
    }
    await world.comesTo(listingId, 'lifted');
    const audit = await world.audit(listingId);
    expect(audit.map((row) => row.step)).toEqual(audit.map((_, index) => index + 1));
    expect(audit.filter((row) => row.action === 'open')).toHaveLength(1);
  });
});
