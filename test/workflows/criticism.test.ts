/** 通报批评 (第十六条): proposed by a supervisor, heard, decided by the government of the same level and by nobody else. */
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { supervisionBodies } from '../../domain/case-types/supervision/commands.ts';
import { openedSupervision } from '../../domain/case-types/supervision/opening.ts';
import { updateOf } from '../../workflows/lib/updates.ts';
import { actor, CaseWorld, COUNTY, DAY, LEAD, OFFICER, SUPERVISOR } from '../support/case-world.ts';
import { refusalOf } from '../support/refusal.ts';

const acceptSupervision = updateOf(supervisionBodies, 'accept');
const reply = updateOf(supervisionBodies, 'reply');
const orderRectification = updateOf(supervisionBodies, 'orderRectification');
const close = updateOf(supervisionBodies, 'close');
const propose = updateOf(supervisionBodies, 'proposeCriticism');
const stateOpinion = updateOf(supervisionBodies, 'stateOpinion');
const criticise = updateOf(supervisionBodies, 'criticise');
const decline = updateOf(supervisionBodies, 'declineCriticism');
const record = updateOf(supervisionBodies, 'recordCriticism');

const GOVERNMENT = actor('government', null);
const PROPOSAL = {
  reason: '督办逾期未签收',
  grounds: [{ limitId: 'supervision.acceptance' as const, term: 1, dueDate: '2026-11-27' }],
};
const OPINION = { opinion: '系统故障期间无法签收，已补办。' };
const CRITICISM = { text: '对逾期不反馈予以通报批评。', documentNo: '天政通〔2026〕3号' };
const DOCUMENT = {
  organ: '长沙市天心区人民政府',
  documentNo: '天政通〔2026〕4号',
  decidedOn: '2026-12-01',
  text: CRITICISM.text,
  attachmentIds: ['2b0c7f5e-7c5a-4f0e-9a53-0c2f0a1d5b11'],
};

describe.skipIf(!inject('testServerPath'))('criticism (第十六条)', () => {
  let world: CaseWorld;
  beforeAll(async () => {
    world = await CaseWorld.create();
  });
  afterAll(() => world.close());

  /** A supervision opened by a supervisor. */
  async function opened() {
    const { input: push } = await world.startPush();
    const { uscc, departmentCode, regionCode, registrationNo: number } = push;
    const subject = { organ: regionCode, number, caseNo: number };
    const input = { ...subject, uscc, round: 1, departmentCode, regionCode, openedAt: await world.now() };
    const { workflowId } = await world.start('supervision', openedSupervision(input), input);
    await world.begun(workflowId);
    return workflowId;
  }

  async function proposed() {
    const supervision = await opened();
    await world.command(supervision, propose, SUPERVISOR, PROPOSAL);
    return supervision;
  }

  async function heard() {
    const supervision = await proposed();
    await world.command(supervision, stateOpinion, LEAD, OPINION);
    return supervision;
  }

  const codeOf = async (answer: Promise<unknown>) => (await refusalOf(answer)).code;
  const criticismOf = async (supervision: string) => (await world.case(supervision)).facts['criticism'];
  const told = async (supervision: string, topic: string) =>
    (await world.notices(supervision))
      .filter((notice) => notice.topic === topic)
      .map(({ departmentCode, role, article }) => [departmentCode, role, article]);

  it('only a supervisor proposes, once at a time, on grounds that the record holds', async () => {
    const supervision = await opened();
    for (const who of [LEAD, OFFICER, GOVERNMENT]) {
      expect(await codeOf(world.command(supervision, propose, who, PROPOSAL))).toBe('access.denied');
    }
    const groundless = world.command(supervision, propose, SUPERVISOR, { ...PROPOSAL, grounds: [] });
    expect(await codeOf(groundless)).toBe('input.invalid');
    const done = await world.command(supervision, propose, SUPERVISOR, PROPOSAL);
    expect(done).toMatchObject({ stage: 'opened' });
    expect(await criticismOf(supervision)).toMatchObject({ state: 'proposed', ...PROPOSAL });
    expect(await refusalOf(world.command(supervision, propose, SUPERVISOR, PROPOSAL))).toMatchObject({
      code: 'criticism.pending',
      article: '第十六条',
    });
    expect(await told(supervision, 'supervision.criticismProposed')).toEqual([
      [LEAD.departmentCode, null, '第十六条'],
      [null, 'government', '第十六条'],
    ]);
  });

  it('nobody decides before the department is heard', async () => {
    const supervision = await proposed();
    expect(await refusalOf(world.command(supervision, criticise, GOVERNMENT, CRITICISM))).toMatchObject({
      code: 'criticism.not-heard',
      article: '第十六条',
    });
    const early = world.command(supervision, decline, GOVERNMENT, { reason: '情节轻微' });
    expect(await codeOf(early)).toBe('criticism.not-heard');
    expect(await codeOf(world.command(supervision, record, SUPERVISOR, DOCUMENT))).toBe('criticism.not-heard');
    expect(await codeOf(world.command(supervision, stateOpinion, OFFICER, OPINION))).toBe('access.denied');
    await world.command(supervision, stateOpinion, LEAD, OPINION);
    expect((await world.case(supervision)).facts).toMatchObject({ criticism: { state: 'heard' }, opinion: OPINION });
    expect(await codeOf(world.command(supervision, stateOpinion, LEAD, OPINION))).toBe('criticism.no-hearing');
    expect(await told(supervision, 'supervision.criticismHeard')).toEqual([[null, 'government', '第十六条']]);
  });

  it('the government of the same level decides: no supervisor, no department, no government above or beside', async () => {
    const supervision = await heard();
    const others = [
      SUPERVISOR,
      LEAD,
      actor('government', null, '430100'),
      actor('government', null, '430000'),
      actor('government', null, '430104'),
      actor('platform-administrator', null, '430000'),
    ];
    for (const who of others) {
      expect(await codeOf(world.command(supervision, criticise, who, CRITICISM))).toBe('access.denied');
      expect(await codeOf(world.command(supervision, decline, who, { reason: '轻微' }))).toBe('access.denied');
    }
    await world.command(supervision, criticise, GOVERNMENT, CRITICISM);
    expect((await world.case(supervision)).facts).toMatchObject({
      criticism: { state: 'given' },
      criticised: { ...CRITICISM, article: '第十六条' },
    });
    expect(await told(supervision, 'supervision.criticised')).toEqual([
      [LEAD.departmentCode, null, '第十六条'],
      [null, 'supervisor', '第十六条'],
    ]);
    expect(await codeOf(world.command(supervision, criticise, GOVERNMENT, CRITICISM))).toBe('criticism.not-heard');
    expect(await codeOf(world.command(supervision, propose, SUPERVISOR, PROPOSAL))).toBe(
      'supervision.already-criticised',
    );
  });

  it('a department that says nothing is heard when its term ends, which is no breach and no merit of anybody', async () => {
    const supervision = await proposed();
    expect(await world.deadline(supervision, 'supervision.statement')).toMatchObject({ workingDays: 3, kind: 'norm' });
    await world.passes(supervision, 'supervision.statement');
    await expect.poll(() => criticismOf(supervision), { timeout: 20_000 }).toMatchObject({ state: 'heard' });
    expect(await world.rungs(supervision)).not.toContain('supervision.statement due');
    const { settledAt, breachedAt } = await world.deadline(supervision, 'supervision.statement');
    expect([settledAt === null, breachedAt]).toEqual([false, null]);
    const step = (await world.audit(supervision)).find(({ action }) => action === 'endHearing');
    expect(step).toMatchObject({ actor: 'system', article: '第十六条' });
    const settled = (step!.after as { limits: { limitId: string; answering?: string | null }[] }).limits[0];
    expect(settled).toMatchObject({ limitId: 'supervision.statement', answering: null });
    expect(await codeOf(world.command(supervision, stateOpinion, LEAD, OPINION))).toBe('criticism.no-hearing');
    await world.command(supervision, criticise, GOVERNMENT, CRITICISM);
    expect(await criticismOf(supervision)).toMatchObject({ state: 'given' });
  });

  it('the government that does not decide is reminded; the department has breached nothing by it', async () => {
    const supervision = await heard();
    expect(await world.deadline(supervision, 'supervision.criticism')).toMatchObject({ workingDays: 10, kind: 'norm' });
    await world.passes(supervision, 'supervision.criticism');
    const reminded = await told(supervision, 'supervision.criticism:due-1');
    expect(reminded.map(([, role]) => role)).toEqual(['government']);
    expect(await world.command(supervision, criticise, GOVERNMENT, CRITICISM)).toMatchObject({ late: true });
    const breach = (await world.audit(supervision)).find(
      ({ action, after }) => action === 'rung:due' && after?.['limitId'] === 'supervision.criticism',
    );
    expect(breach?.after).toMatchObject({ answering: null });
  });

  it('declined, it is proposed again only as another proposal, which is heard again', async () => {
    const supervision = await heard();
    await world.command(supervision, decline, GOVERNMENT, { reason: '已及时补办' });
    const { facts } = await world.case(supervision);
    expect(facts).toMatchObject({ criticism: { state: 'declined' }, criticismDeclined: { reason: '已及时补办' } });
    expect(facts['criticised']).toBeUndefined();
    await world.command(supervision, propose, SUPERVISOR, PROPOSAL);
    expect((await world.case(supervision)).facts).toMatchObject({
      criticism: { state: 'proposed', declinedGrounds: PROPOSAL.grounds },
      opinion: null,
    });
    expect(await codeOf(world.command(supervision, criticise, GOVERNMENT, CRITICISM))).toBe('criticism.not-heard');
    await world.env.sleep(30 * DAY);
    await expect.poll(() => criticismOf(supervision), { timeout: 20_000 }).toMatchObject({ state: 'heard' });
  });

  it('the document of the decision is recorded whole, or not at all, by a supervisor', async () => {
    const supervision = await heard();
    for (const field of Object.keys(DOCUMENT)) {
      const incomplete = { ...DOCUMENT, [field]: undefined };
      expect([field, await codeOf(world.command(supervision, record, SUPERVISOR, incomplete))]).toEqual([
        field,
        'input.invalid',
      ]);
    }
    const withoutFile = world.command(supervision, record, SUPERVISOR, { ...DOCUMENT, attachmentIds: [] });
    expect(await codeOf(withoutFile)).toBe('input.invalid');
    expect(await codeOf(world.command(supervision, record, GOVERNMENT, DOCUMENT))).toBe('access.denied');
    await world.command(supervision, record, SUPERVISOR, DOCUMENT);
    expect((await world.case(supervision)).facts).toMatchObject({
      criticism: { state: 'given' },
      criticised: { ...DOCUMENT, article: '第十六条' },
    });
  });

  it('is circulated to every department of the region, with its text and number, and names no enterprise', async () => {
    const supervision = await heard();
    await world.command(supervision, criticise, GOVERNMENT, CRITICISM);
    const circulated = (await world.notices(supervision)).filter(
      ({ topic }) => topic === 'supervision.criticismCirculated',
    );
    const to = circulated.map(({ departmentCode }) => departmentCode);
    expect(to).toEqual(expect.arrayContaining([`${COUNTY}-health`, `${COUNTY}-market-regulation`]));
    expect(to.every((code) => code?.startsWith(COUNTY))).toBe(true);
    expect(to).not.toContain(LEAD.departmentCode);
    expect(new Set(to).size).toBe(to.length);
    expect(circulated[0]!.body).toContain(CRITICISM.text);
    expect(circulated[0]!.body).not.toContain('91350100M000100Y43');
    const personal = { text: '经办人430103199003070019逾期' };
    expect(await codeOf(world.command(await heard(), criticise, GOVERNMENT, personal))).toBe('input.invalid');
  });

  it('leaves the stage and the other limits as they are, and must be decided before the supervision is closed', async () => {
    const supervision = await opened();
    await world.command(supervision, acceptSupervision, LEAD, {});
    await world.command(supervision, reply, LEAD, { explanation: '交接遗漏' });
    await world.command(supervision, propose, SUPERVISOR, PROPOSAL);
    const finding = { finding: '已整改' };
    expect(await codeOf(world.command(supervision, close, SUPERVISOR, finding))).toBe('criticism.pending');
    await world.command(supervision, orderRectification, SUPERVISOR, { requirement: '专人负责' });
    const before = await world.deadline(supervision, 'supervision.rectification');
    await world.command(supervision, stateOpinion, LEAD, OPINION);
    const done = await world.command(supervision, criticise, GOVERNMENT, CRITICISM);
    expect(done).toMatchObject({ stage: 'rectifying' });
    expect(await world.deadline(supervision, 'supervision.rectification')).toEqual(before);
  });
});
