/** 信用修复 (第九条第一款): two persons of the organ that listed; what is granted ends the entry. */
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { listings } from '../../db/schema.ts';
import { creditRepairBodies } from '../../domain/case-types/credit-repair/commands.ts';
import { openedCreditRepair } from '../../domain/case-types/credit-repair/opening.ts';
import { listingBodies } from '../../domain/case-types/listing/commands.ts';
import { legalDateOf } from '../../domain/clock/calendar.ts';
import { updateOf } from '../../workflows/lib/updates.ts';
import { actor, AUTHORITY, CaseWorld } from '../support/case-world.ts';
import { refusalOf } from '../support/refusal.ts';
import { list, restrict } from '../support/sanctions.ts';

const accept = updateOf(creditRepairBodies, 'accept');
const decline = updateOf(creditRepairBodies, 'decline');
const grant = updateOf(creditRepairBodies, 'grant');
const proposeGrant = updateOf(creditRepairBodies, 'proposeGrant');
const proposeRefusal = updateOf(creditRepairBodies, 'proposeRefusal');
const refuse = updateOf(creditRepairBodies, 'refuse');
const sendBack = updateOf(creditRepairBodies, 'sendBack');
const remove = updateOf(listingBodies, 'remove');

const SECOND = { ...AUTHORITY, username: 'second' };
const THIRD = { ...AUTHORITY, username: 'third' };
const HOUSING = actor('department-officer', 'housing');

describe.skipIf(!inject('testServerPath'))('信用修复 (第九条第一款)', () => {
  let world: CaseWorld;
  beforeAll(async () => {
    world = await CaseWorld.create();
  });
  afterAll(() => world.close());

  async function applied() {
    const listed = await list(world);
    const openedAt = await world.now();
    const input = {
      list: listed.input.list,
      documentNo: listed.input.documentNo,
      uscc: listed.input.uscc,
      number: '修〔2026〕1号',
      departmentCode: AUTHORITY.departmentCode!,
      regionCode: AUTHORITY.regionCode,
      receivedOn: legalDateOf(openedAt),
      openedAt,
    };
    const { workflowId } = await world.start('creditRepair', openedCreditRepair(input), input);
    await world.begun(workflowId);
    return { ...listed, repair: workflowId };
  }

  it('granted ends publicity and orders every restriction lifted, once; the norms are two and fifteen working days', async () => {
    const { repair, listingId, ...listed } = await applied();
    await restrict(world, listed.notice('housing'), HOUSING, ['ZB01']);
    expect(await world.deadline(repair, 'creditRepair.acceptance')).toMatchObject({ workingDays: 2, kind: 'norm' });
    await world.command(repair, accept, AUTHORITY, {});
    expect(await world.deadline(repair, 'creditRepair.decision')).toMatchObject({ workingDays: 15, kind: 'norm' });
    await world.command(repair, proposeGrant, SECOND, { opinion: '已履行义务' });
    for (const who of [AUTHORITY, SECOND]) {
      const refusal = await refusalOf(world.command(repair, grant, who, { opinion: '同意' }));
      expect(refusal).toMatchObject({ code: 'review.same-person', article: '第十九条第一款' });
    }
    const sends = Array.from({ length: 20 }, () => world.command(repair, grant, THIRD, { opinion: '同意' }, 'once'));
    expect(new Set((await Promise.all(sends)).map(({ step }) => step)).size).toBe(1);
    await world.comesTo(listingId, 'lifting');
    const [row] = await world.handle.db
      .select()
      .from(listings)
      .where(and(eq(listings.listingId, listingId)));
    expect(row!.removedAt).not.toBeNull();
    expect((await world.case(listingId)).facts).toMatchObject({
      removal: { ground: 'credit-repaired', source: repair, by: 'third' },
    });
    for (const sector of ['housing', 'health']) await world.begun(listed.lifting(sector));
    const deeds = (await world.audit(listingId)).map(({ action }) => action);
    expect(deeds.filter((action) => action === 'endByOrgan')).toHaveLength(1);
  });

  it('is refused by a second person, or sent back to be proposed anew; the entry stays', async () => {
    const { repair, listingId } = await applied();
    await world.command(repair, accept, AUTHORITY, {});
    await world.command(repair, proposeGrant, AUTHORITY, { opinion: '已履行' });
    await world.command(repair, sendBack, SECOND, { reason: '材料不足' });
    await world.command(repair, proposeRefusal, AUTHORITY, { opinion: '未履行' });
    expect((await refusalOf(world.command(repair, refuse, AUTHORITY, { reason: '未履行' }))).code).toBe(
      'review.same-person',
    );
    expect(await world.command(repair, refuse, SECOND, { reason: '未履行' })).toMatchObject({ stage: 'refused' });
    expect(await world.case(listingId)).toMatchObject({ stage: 'listed' });
  });

  it('not taken up is closed; another department may not act', async () => {
    const { repair } = await applied();
    expect((await refusalOf(world.command(repair, accept, HOUSING, {}))).code).toBe('access.denied');
    expect(await world.command(repair, decline, AUTHORITY, { reason: '不符合条件' })).toMatchObject({
      stage: 'notAccepted',
    });
  });

  it('ends where the entry was removed otherwise', async () => {
    const { repair, listingId } = await applied();
    await world.command(listingId, remove, AUTHORITY, { ground: 'revoked', reason: '撤销' });
    await world.comesTo(repair, 'lapsed');
    expect(await world.case(repair)).toMatchObject({ status: 'closed', dueAt: null });
  });
});
