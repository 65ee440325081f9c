import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { supervisionId } from '../../domain/case-id.ts';
import { acceptSupervision, claimPush, feedBack, replySupervision } from '../../workflows/messages.ts';
import { actor, CaseWorld, DAY, LEAD, OFFICER, SUPERVISOR } from '../support/case-world.ts';
import { refusalOf } from '../support/refusal.ts';

const REPLY = { explanation: '经办人更换，交接遗漏；已补办并专人跟踪。' };

describe.skipIf(!inject('testServerPath'))('supervision (第十七条)', () => {
  let world: CaseWorld;
  beforeAll(async () => {
    world = await CaseWorld.create();
  });
  afterAll(() => world.close());

  /** A push that was claimed and then forgotten, and the supervision case that came of it. */
  async function neglected() {
    const { caseId } = await world.startPush();
    await world.command(caseId, claimPush, OFFICER, {});
    const { dueAt } = await world.deadline(caseId, 'registrationPush.feedback');
    const threeWorkingDaysLater = dueAt.getTime() + 12 * DAY;
    await world.env.sleep(threeWorkingDaysLater - (await world.now()));
    const supervision = supervisionId(caseId, 'registrationPush.feedback');
    await world.begun(supervision);
    return { caseId, supervision };
  }

  it('only the lead of the neglecting department accepts and replies', async () => {
    const { supervision } = await neglected();
    for (const who of [OFFICER, SUPERVISOR, actor('department-lead', 'health')]) {
      expect((await refusalOf(world.command(supervision, acceptSupervision, who, {}))).code).toBe('access.denied');
    }
    expect((await refusalOf(world.command(supervision, replySupervision, LEAD, REPLY))).code).toBe(
      'transition.refused',
    );
  });

  it('is accepted and answered, and the supervisor is told', async () => {
    const { supervision } = await neglected();
    await world.command(supervision, acceptSupervision, LEAD, {});
    expect(await world.command(supervision, replySupervision, LEAD, REPLY)).toMatchObject({ stage: 'replied' });
    const notices = await world.notices(supervision);
    expect(notices.map((notice) => notice.topic)).toContain('supervision.replied');
    expect(notices.filter((notice) => notice.topic === 'supervision.opened').map((notice) => notice.role)).toEqual([
      null,
      'supervisor',
    ]);
  });

  it('the reply limit begins with the acceptance and reminds once', async () => {
    const { supervision } = await neglected();
    await world.command(supervision, acceptSupervision, LEAD, {});
    await world.env.sleep(30 * DAY);
    const rungs = (await world.rungs(supervision)).filter((rung) => rung.startsWith('supervision.reply'));
    expect(rungs).toEqual(['supervision.reply due-1', 'supervision.reply due']);
    expect(await world.command(supervision, replySupervision, LEAD, REPLY)).toMatchObject({ late: true });
  });

  it('does not keep the department from feeding back after all', async () => {
    const { caseId, supervision } = await neglected();
    const result = await world.command(caseId, feedBack, OFFICER, { outcome: 'permit-granted' });
    expect(result).toMatchObject({ stage: 'fedBack', late: true });
    expect(await world.case(supervision)).toMatchObject({ stage: 'opened', status: 'open' });
  });
});
