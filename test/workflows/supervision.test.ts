import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { supervisionId } from '../../domain/case/id.ts';
import { registrationPushBodies } from '../../domain/case-types/registration-push/commands.ts';
import { supervisionBodies } from '../../domain/case-types/supervision/commands.ts';
import { extensionBodies } from '../../domain/case-types/terms.ts';
import { updateOf } from '../../workflows/lib/updates.ts';
import { actor, CaseWorld, DAY, LEAD, OFFICER, SUPERVISOR } from '../support/case-world.ts';
import { refusalOf } from '../support/refusal.ts';

const acceptSupervision = updateOf(supervisionBodies, 'accept');
const approveExtension = updateOf(extensionBodies('registrationPush.feedback'), 'approveExtension');
const claimPush = updateOf(registrationPushBodies, 'claim');
const closeSupervision = updateOf(supervisionBodies, 'close');
const feedBack = updateOf(registrationPushBodies, 'feedBack');
const orderRectification = updateOf(supervisionBodies, 'orderRectification');
const replySupervision = updateOf(supervisionBodies, 'reply');
const reportRectification = updateOf(supervisionBodies, 'reportRectification');
const requestExtension = updateOf(extensionBodies('registrationPush.feedback'), 'requestExtension');

const REPLY = { explanation: '经办人更换，交接遗漏；已补办并专人跟踪。' };

describe.skipIf(!inject('testServerPath'))('supervision (第十七条)', () => {
  let world: CaseWorld;
  beforeAll(async () => {
    world = await CaseWorld.create();
  });
  afterAll(() => world.close());

  /** A push that was claimed and then neglected, and the supervision that followed. */
  async function neglected() {
    const { caseId } = await world.startPush();
    await world.command(caseId, claimPush, OFFICER, {});
    await world.passes(caseId, 'registrationPush.feedback', 'due+3');
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
    const result = await world.command(caseId, feedBack, OFFICER, { outcome: 'not-applied' });
    expect(result).toMatchObject({ stage: 'fedBack', late: true });
    expect(await world.case(supervision)).toMatchObject({ stage: 'opened', status: 'open' });
  });

  async function answered() {
    const { supervision } = await neglected();
    await world.command(supervision, acceptSupervision, LEAD, {});
    await world.command(supervision, replySupervision, LEAD, REPLY);
    return supervision;
  }

  const ORDER = { requirement: '建立专人负责、双人复核的认领制度。' };
  const REPORT = { report: '制度已印发，岗位已落实。' };
  const FINDING = { finding: '整改到位。' };

  it('a reply does not end it: the supervisor reviews within three working days, and closes', async () => {
    const supervision = await answered();
    expect(await world.case(supervision)).toMatchObject({ stage: 'replied', status: 'open' });
    expect(await world.deadline(supervision, 'supervision.closing')).toMatchObject({ workingDays: 3, kind: 'norm' });
    expect((await refusalOf(world.command(supervision, closeSupervision, LEAD, FINDING))).code).toBe('access.denied');
    expect(await world.command(supervision, closeSupervision, SUPERVISOR, FINDING)).toMatchObject({ stage: 'closed' });
    expect(await world.case(supervision)).toMatchObject({ status: 'closed', facts: FINDING });
  });

  it('the supervisor who does not review is reminded, not the department, and is not supervised', async () => {
    const supervision = await answered();
    await world.env.sleep(30 * DAY);
    const told = (await world.notices(supervision)).filter(({ topic }) => topic.startsWith('supervision.closing'));
    expect(told.map(({ topic, role }) => [topic, role])).toEqual([
      ['supervision.closing:due-1', 'supervisor'],
      ['supervision.closing:due', 'supervisor'],
    ]);
    expect(await world.case(supervisionId(supervision, 'supervision.closing'))).toBeUndefined();
  });

  it('rectification goes round as often as the supervisor orders it, and every round stays on record', async () => {
    const supervision = await answered();
    expect((await refusalOf(world.command(supervision, orderRectification, LEAD, ORDER))).code).toBe('access.denied');
    for (const round of [1, 2]) {
      const ordered = await world.command(supervision, orderRectification, SUPERVISOR, ORDER);
      expect(ordered).toMatchObject({ stage: 'rectifying' });
      expect(await world.deadline(supervision, 'supervision.rectification')).toMatchObject({
        workingDays: 10,
        ladder: round,
        settledAt: null,
      });
      const early = refusalOf(world.command(supervision, closeSupervision, SUPERVISOR, FINDING));
      expect((await early).code).toBe('transition.refused');
      expect((await refusalOf(world.command(supervision, reportRectification, OFFICER, REPORT))).code).toBe(
        'access.denied',
      );
      const reported = await world.command(supervision, reportRectification, LEAD, REPORT);
      expect(reported).toMatchObject({ stage: 'replied', late: false });
    }
    await world.command(supervision, closeSupervision, SUPERVISOR, FINDING);
    const { facts } = await world.case(supervision);
    const round = { ...ORDER, ...REPORT };
    expect(facts).toMatchObject({ reply: REPLY, rectifications: [round, round], ...FINDING });
    const deeds = (await world.audit(supervision)).map(({ action }) => action);
    expect(deeds.filter((deed) => deed.endsWith('Rectification'))).toEqual([
      'orderRectification',
      'reportRectification',
      'orderRectification',
      'reportRectification',
    ]);
  });

  it('a second rectification has reminders of its own', async () => {
    const supervision = await answered();
    await world.command(supervision, orderRectification, SUPERVISOR, ORDER);
    await world.env.sleep(40 * DAY);
    expect(await world.command(supervision, reportRectification, LEAD, REPORT)).toMatchObject({ late: true });
    await world.command(supervision, orderRectification, SUPERVISOR, ORDER);
    await world.env.sleep(40 * DAY);
    const rungs = (await world.rungs(supervision)).filter((rung) => rung.startsWith('supervision.rectification'));
    const ladder = ['due-2', 'due-1', 'due'].map((rung) => `supervision.rectification ${rung}`);
    expect(rungs).toEqual([...ladder, ...ladder]);
  });

  it('more time for the reply is the supervisor’s to grant, not the department’s own', async () => {
    const { supervision } = await neglected();
    await world.command(supervision, acceptSupervision, LEAD, {});
    const before = await world.deadline(supervision, 'supervision.reply');
    const wish = { workingDays: 3, reason: '需会同乡镇核实' };
    await world.command(supervision, requestExtension, OFFICER, wish);
    const opinion = { opinion: '同意' };
    expect((await refusalOf(world.command(supervision, approveExtension, LEAD, opinion))).code).toBe('access.denied');
    await world.command(supervision, approveExtension, SUPERVISOR, opinion);
    const after = await world.deadline(supervision, 'supervision.reply');
    expect(after.workingDays).toBe(before.workingDays + 3);
    expect(after.dueDate > before.dueDate).toBe(true);
    const topics = (await world.notices(supervision)).map(({ topic }) => topic);
    expect(topics).toEqual(expect.arrayContaining(['supervision.extensionRequested', 'supervision.extensionApproved']));
  });
});
