import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { records, recordVersions } from '../../db/schema.ts';
import { factsOfCase } from '../../domain/oversight/assessment-facts.ts';
import { isWorkingDay, legalDateOf, startOfDay, type LegalDate } from '../../domain/clock/calendar.ts';
import { publicationId, supervisionId } from '../../domain/case/id.ts';
import { addWorkingDays, workingDaysBetween } from '../../domain/clock/deadlines.ts';
import { publicationBodies } from '../../domain/case-types/publication/commands.ts';
import { updateOf } from '../../workflows/lib/updates.ts';
import { currentCalendar } from '../../db/queries/calendar.ts';
import { actor, AUTHORITY, CaseWorld, COUNTY, DAY, LEAD, OFFICER, SUPERVISOR } from '../support/case-world.ts';
import { refusalOf } from '../support/refusal.ts';
import { openedPublication, type PublicationInput } from '../../domain/case-types/publication/opening.ts';

const publishRecord = updateOf(publicationBodies, 'publish');
const resubmitRecord = updateOf(publicationBodies, 'resubmit');
const returnRecord = updateOf(publicationBodies, 'return');

const SUBMISSION = 'publication.submission';
const PUBLICATION = 'publication.publication';
/** 省工商行政管理局 (第五条第一款) */
const PROVINCE = '430000-registration';

describe.skipIf(!inject('testServerPath'))('publication (第五条第一款)', () => {
  let world: CaseWorld;
  beforeAll(async () => {
    world = await CaseWorld.create();
  });
  afterAll(() => world.close());

  /** Starts a record generated so many working days before it is received, as the intake leaves it. */
  async function start(workingDaysAgo: number) {
    const receivedAt = await world.now();
    const calendar = await currentCalendar(world.handle.db);
    const today = legalDateOf(receivedAt);
    // Counting back from a rest day finds a working day that is not used up, so one more is needed.
    const back = workingDaysAgo + Number(!isWorkingDay(calendar, today));
    const generatedOn = addWorkingDays(calendar, today, -back).due;
    expect(workingDaysBetween(calendar, generatedOn, today)).toBe(workingDaysAgo);
    const recordId = randomBytes(16).toString('hex');
    const input: PublicationInput = {
      recordId,
      kind: 'permit',
      section: 'permits',
      documentNo: `湘许-${recordId.slice(0, 6)}`,
      uscc: '91350100M000100Y43',
      departmentCode: `${COUNTY}-agriculture`,
      regionCode: COUNTY,
      generatedOn,
      receivedAt,
      late: workingDaysAgo > 7,
    };
    await storeRecord(input, generatedOn);
    const workflow = await world.start('publication', openedPublication(input), input);
    const caseId = publicationId(recordId);
    await world.begun(caseId);
    // Rungs that had passed by then fire in the step after the opening.
    while (input.late && (await world.rungs(caseId)).length === 0)
      await new Promise((resolve) => setTimeout(resolve, 20));
    return { input, recordId, caseId, workflow };
  }

  async function storeRecord(input: PublicationInput, generatedOn: LegalDate) {
    const { recordId, kind, section, documentNo, uscc, departmentCode, regionCode, receivedAt } = input;
    const identity = { recordId, kind, section, documentNo, uscc, departmentCode, regionCode, generatedOn };
    await world.handle.db.insert(records).values({ ...identity, receivedAt: new Date(receivedAt), version: 1 });
    await addVersion(recordId, 1, generatedOn);
  }

  const addVersion = (recordId: string, version: number, generatedOn: LegalDate) =>
    world.handle.db.insert(recordVersions).values({
      recordId,
      version,
      content: { content: `第${version}版`, generatedOn },
      contentHash: String(version),
      submittedBy: 'officer',
      caseId: publicationId(recordId),
    });

  const assessed = async (caseId: string) =>
    (await world.audit(caseId)).map(({ at, ...row }) => ({ ...row, at: at.getTime() }));

  const versions = (recordId: string) =>
    world.handle.db.select().from(recordVersions).where(eq(recordVersions.recordId, recordId));

  it.each([
    ['publish', publishRecord, OFFICER, {}],
    ['publish', publishRecord, SUPERVISOR, {}],
    ['return', returnRecord, LEAD, { reason: '内容有误' }],
    ['publish', publishRecord, actor('registering-authority', 'registration', '430104'), {}],
  ] as const)('refuses to %s for who is not its registering authority', async (_, update, who, body) => {
    const { caseId } = await start(2);
    const refusal = await refusalOf(world.command<object>(caseId, update, who, body));
    expect(refusal).toMatchObject({ code: 'access.denied' });
  });

  it('refuses a return without a reason, and a resubmission of what was not returned', async () => {
    const { caseId } = await start(2);
    const blank = await refusalOf(world.command(caseId, returnRecord, AUTHORITY, { reason: ' ' }));
    expect(blank).toMatchObject({ code: 'input.invalid', message: '请填写退回理由' });
    const early = await refusalOf(world.command(caseId, resubmitRecord, OFFICER, { version: 2 }));
    expect(early).toMatchObject({ code: 'transition.refused', article: '第六条' });
  });

  it('received and published in time is shown, without a breach', async () => {
    const { caseId, recordId, workflow, input } = await start(2);
    const [submission, publication] = await Promise.all(
      [SUBMISSION, PUBLICATION].map((id) => world.deadline(caseId, id)),
    );
    expect(submission).toMatchObject({ startDate: input.generatedOn, workingDays: 7, breachedAt: null });
    expect(submission!.settledAt).toEqual(new Date(input.receivedAt));
    expect(publication).toMatchObject({ startDate: input.generatedOn, workingDays: 20, settledAt: null });
    expect(await versions(recordId)).toMatchObject([{ shownFrom: null }]);

    const result = await world.command(caseId, publishRecord, AUTHORITY, {});
    expect(result).toMatchObject({ stage: 'published', late: false });
    expect(await workflow.result()).toBe('published');
    expect(await world.case(caseId)).toMatchObject({ status: 'closed', breachedAt: null, dueAt: null });
    expect(await versions(recordId)).toMatchObject([{ shownFrom: expect.any(Date), shownUntil: null }]);
    expect((await world.audit(caseId)).map((row) => row.action)).toEqual(['open', 'publish']);
    expect(await world.rungs(caseId)).toEqual([]);
    // 考核 (第十六条): the department handed over in time, and the platform published in time.
    expect(factsOfCase(await assessed(caseId))).toMatchObject([
      { departmentCode: input.departmentCode, limitId: SUBMISSION, late: false, usedDays: 2 },
      { departmentCode: PROVINCE, limitId: PUBLICATION, late: false },
    ]);
    expect(
      (await world.notices(caseId)).map(({ topic, departmentCode, role }) => [topic, departmentCode ?? role]),
    ).toEqual([
      ['publication.received', 'registering-authority'],
      ['publication.published', `${COUNTY}-agriculture`],
    ]);
  });

  it('handed over late is accepted, and the breach is on record at the end of the seventh day', async () => {
    const { caseId, workflow } = await start(10);
    const submission = await world.deadline(caseId, SUBMISSION);
    expect(submission.breachedAt).toEqual(submission.dueAt);
    expect(submission.settledAt).not.toBeNull();
    expect(await world.case(caseId)).toMatchObject({ stage: 'received', breachedAt: submission.dueAt });
    expect((await world.audit(caseId)).map((row) => row.action)).toEqual(['open', 'rung:due']);
    const told = (await world.notices(caseId)).filter((notice) => notice.urgency === 'breach');
    expect(told.map(({ departmentCode, role }) => departmentCode ?? role)).toEqual([
      `${COUNTY}-agriculture`,
      'supervisor',
    ]);
    for (const { body } of told) {
      expect(body).toContain('届满后办理');
      expect(body).not.toContain('仍未办理');
    }
    // One breach, and the department answers for it.
    expect(factsOfCase(await assessed(caseId))).toMatchObject([
      { departmentCode: OFFICER.departmentCode, limitId: SUBMISSION, late: true },
    ]);
    // Late to the platform does not mean late to the public.
    expect(await world.command(caseId, publishRecord, AUTHORITY, {})).toMatchObject({ late: false });
    await workflow.result();
    expect((await world.deadline(caseId, PUBLICATION)).breachedAt).toBeNull();
  });

  it('reminds of no day that had passed when the record was received', async () => {
    const { caseId } = await start(19);
    expect(await world.rungs(caseId)).toEqual([`${SUBMISSION} due`]);
    expect((await world.notices(caseId)).filter((notice) => notice.urgency === 'reminder')).toEqual([]);
    await world.command(caseId, publishRecord, AUTHORITY, {});
  });

  it('returned, resubmitted and published shows the new version only', async () => {
    const { caseId, recordId, workflow, input } = await start(2);
    expect(await world.command(caseId, returnRecord, AUTHORITY, { reason: '许可内容不完整' })).toMatchObject({
      stage: 'returned',
    });
    expect(await world.deadline(caseId, 'publication.resubmission')).toMatchObject({ workingDays: 3, kind: 'norm' });
    expect(await refusalOf(world.command(caseId, publishRecord, AUTHORITY, {}))).toMatchObject({
      code: 'transition.refused',
    });
    const other = actor('department-officer', 'health');
    expect(await refusalOf(world.command(caseId, resubmitRecord, other, { version: 2 }))).toMatchObject({
      code: 'access.denied',
    });
    await addVersion(recordId, 2, input.generatedOn);
    await world.command(caseId, resubmitRecord, OFFICER, { version: 2 });
    await world.command(caseId, publishRecord, AUTHORITY, {});
    expect(await workflow.result()).toBe('published');
    expect((await versions(recordId)).map(({ version, shownFrom }) => [version, shownFrom !== null])).toEqual([
      [1, false],
      [2, true],
    ]);
    expect((await world.audit(caseId)).map((row) => row.action)).toEqual(['open', 'return', 'resubmit', 'publish']);
  });

  it('a second return gives a new term of three days', async () => {
    const { caseId, recordId, input } = await start(1);
    for (const version of [2, 3]) {
      await world.command(caseId, returnRecord, AUTHORITY, { reason: '仍有误' });
      await addVersion(recordId, version, input.generatedOn);
      await world.command(caseId, resubmitRecord, OFFICER, { version });
    }
    expect(await world.deadline(caseId, 'publication.resubmission')).toMatchObject({ ladder: 2 });
    await world.command(caseId, publishRecord, AUTHORITY, {});
    expect((await versions(recordId)).filter(({ shownFrom }) => shownFrom).map(({ version }) => version)).toEqual([3]);
  });

  it('left alone climbs the ladder of the twenty days, and 省工商行政管理局 is supervised, at its own level', async () => {
    const { caseId } = await start(2);
    await world.env.sleep(45 * DAY);
    expect(await world.rungs(caseId)).toEqual(
      ['due-2', 'due-1', 'due', 'due+3'].map((rung) => `${PUBLICATION} ${rung}`),
    );
    const publication = await world.deadline(caseId, PUBLICATION);
    expect(publication.breachedAt).toEqual(publication.dueAt);
    expect(await world.case(supervisionId(caseId, PUBLICATION))).toMatchObject({
      caseType: 'supervision',
      departmentCode: PROVINCE,
      regionCode: '430000',
      parentCaseId: caseId,
    });
    const facts = factsOfCase(await assessed(caseId)).filter((fact) => fact.fact === 'duty' && fact.late);
    expect(facts).toMatchObject([{ departmentCode: PROVINCE, limitId: PUBLICATION }]);
    const told = (await world.notices(caseId)).filter((notice) => notice.topic.startsWith(`${PUBLICATION}:`));
    const reminded = told.filter((notice) => notice.urgency === 'reminder');
    expect(new Set(reminded.map(({ role }) => role))).toEqual(new Set(['registering-authority']));
    for (const { body } of told) expect(body).toContain('湖南省登记机关“公示于企业名下');
    // Late is accepted, and the breach stays.
    expect(await world.command(caseId, publishRecord, AUTHORITY, {})).toMatchObject({ stage: 'published', late: true });
    expect((await world.case(caseId)).breachedAt).toEqual(publication.dueAt);
  });

  it('returned on the last day is not the department’s: who answers is told, and so is who has to act', async () => {
    const { caseId, input } = await start(2);
    const { dueDate } = await world.deadline(caseId, PUBLICATION);
    await world.env.sleep(startOfDay(dueDate) + DAY / 2 - (await world.now()));
    await world.command(caseId, returnRecord, AUTHORITY, { reason: '内容有误' });
    await world.env.sleep(DAY);
    const breach = (await world.audit(caseId)).find(({ action }) => action === 'rung:due');
    expect(breach!.after).toMatchObject({ limitId: PUBLICATION, answering: PROVINCE });
    const told = (await world.notices(caseId)).filter(({ topic }) => topic === `${PUBLICATION}:due`);
    expect(told.map(({ departmentCode, role }) => departmentCode ?? role)).toEqual([
      'registering-authority',
      input.departmentCode,
      'supervisor',
    ]);
    for (const { body } of told) {
      expect(body).toContain('湖南省登记机关“公示于企业名下');
      expect(body).toContain('请天心区农业农村主管部门立即办理');
    }
  });

  it('left alone in the department’s hands, the department is reminded, charged and supervised', async () => {
    const { caseId } = await start(2);
    await world.command(caseId, returnRecord, AUTHORITY, { reason: '内容有误' });
    await world.env.sleep(45 * DAY);
    const told = (await world.notices(caseId)).filter(({ topic }) => topic.startsWith(`${PUBLICATION}:`));
    expect(new Set(told.map(({ departmentCode, role }) => departmentCode ?? role))).toEqual(
      new Set([OFFICER.departmentCode, 'supervisor']),
    );
    for (const { body } of told) expect(body).toContain('天心区农业农村主管部门“公示于企业名下');
    expect(await world.rungs(caseId)).toContain('publication.resubmission due');
    expect(await world.case(supervisionId(caseId, PUBLICATION))).toMatchObject({
      departmentCode: `${COUNTY}-agriculture`,
    });
  });

  it('handed over after the twenty days is in breach at once, and that is the department’s', async () => {
    const { caseId } = await start(30);
    await world.begun(supervisionId(caseId, PUBLICATION));
    expect(await world.rungs(caseId)).toEqual(
      expect.arrayContaining([`${SUBMISSION} due`, `${PUBLICATION} due`, `${PUBLICATION} due+3`]),
    );
    expect(await world.case(supervisionId(caseId, PUBLICATION))).toMatchObject({
      departmentCode: `${COUNTY}-agriculture`,
    });
    expect(await world.command(caseId, publishRecord, AUTHORITY, {})).toMatchObject({ late: true });
  });
});
