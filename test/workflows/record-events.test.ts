/** Events of published records (第五条第一款), and the department's own review before anything is handed over (第十九条第一款). */
import { randomBytes } from 'node:crypto';
import { and, asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { shownRecords } from '../../db/queries/records.ts';
import { contentHash } from '../../db/records/content-hash.ts';
import { records, recordVersions } from '../../db/schema.ts';
import { publicationBodies } from '../../domain/case-types/publication/commands.ts';
import { openedPublication, type PublicationInput } from '../../domain/case-types/publication/opening.ts';
import { publicationId } from '../../domain/case/id.ts';
import { addDays, legalDateOf, startOfDay } from '../../domain/clock/calendar.ts';
import { addWorkingDays } from '../../domain/clock/deadlines.ts';
import { currentCalendar } from '../../db/queries/calendar.ts';
import { FITTING, type RecordEvent, type StoredEvent } from '../../domain/publicity/record-events.ts';
import type { RecordKind } from '../../domain/publicity/record-fields.ts';
import { updateOf } from '../../workflows/lib/updates.ts';
import { AUTHORITY, CaseWorld, COUNTY, DAY, LEAD, OFFICER } from '../support/case-world.ts';
import { refusalOf } from '../support/refusal.ts';

const approve = updateOf(publicationBodies, 'approve');
const conclude = updateOf(publicationBodies, 'conclude');
const publish = updateOf(publicationBodies, 'publish');
const resubmit = updateOf(publicationBodies, 'resubmit');
const returnRecord = updateOf(publicationBodies, 'return');
const revise = updateOf(publicationBodies, 'revise');
const sendBack = updateOf(publicationBodies, 'sendBack');

const USCC = '91350100M000100Y43';

describe.skipIf(!inject('testServerPath'))('a record lives on', () => {
  let world: CaseWorld;
  beforeAll(async () => {
    world = await CaseWorld.create();
  });
  afterAll(() => world.close());

  const today = async () => legalDateOf(await world.now());

  /** A record's row and first version; `more` of its content. */
  async function store(kind: RecordKind, more: Record<string, unknown> = {}) {
    const recordId = randomBytes(16).toString('hex');
    const generatedOn = await today();
    const content = {
      kind,
      name: '甲',
      uscc: USCC,
      documentNo: recordId.slice(0, 6),
      generatedOn,
      content: '原',
      ...more,
    };
    await world.handle.db.insert(records).values({
      recordId,
      kind,
      section: kind === 'permit' ? 'permits' : 'penalties',
      documentNo: recordId.slice(0, 6),
      uscc: USCC,
      departmentCode: OFFICER.departmentCode!,
      regionCode: COUNTY,
      generatedOn,
      receivedAt: new Date(await world.now()),
      version: 1,
    });
    await addVersion(recordId, 1, content, null);
    return { recordId, content };
  }

  const addVersion = (recordId: string, version: number, content: object, event: StoredEvent | null) =>
    world.handle.db.insert(recordVersions).values({
      recordId,
      version,
      content: { ...content },
      event,
      contentHash: contentHash({ version }),
      submittedBy: OFFICER.username,
      caseId: publicationId(recordId),
      takenUpAt: new Date(),
    });

  async function start(kind: RecordKind, recordId: string, more: Partial<PublicationInput> = {}) {
    const receivedAt = await world.now();
    const input: PublicationInput = {
      recordId,
      kind,
      section: kind === 'permit' ? 'permits' : 'penalties',
      documentNo: recordId.slice(0, 6),
      uscc: USCC,
      departmentCode: OFFICER.departmentCode!,
      regionCode: COUNTY,
      generatedOn: legalDateOf(receivedAt),
      receivedAt,
      late: false,
      ...more,
    };
    const opened = openedPublication(input);
    const workflow = await world.start('publication', opened, input);
    await world.begun(opened.caseId);
    return { caseId: opened.caseId, workflow };
  }

  async function published(kind: RecordKind, more: Record<string, unknown> = {}) {
    const record = await store(kind, more);
    const { caseId, workflow } = await start(kind, record.recordId);
    await world.command(caseId, publish, AUTHORITY, {});
    await workflow.result();
    return record;
  }

  /** Hands an event in, as the intake leaves it. */
  async function happens(
    kind: RecordKind,
    { recordId, content }: Awaited<ReturnType<typeof store>>,
    event: RecordEvent,
    version: number,
    {
      changes = {},
      decidedOn,
      reviewOf,
    }: { changes?: StoredEvent['changes']; decidedOn?: string; reviewOf?: string } = {},
  ) {
    const day = decidedOn ?? (await today());
    const stored = { event, documentNo: `变${version}`, decidedOn: day, authority: '机关', reason: '事由', changes };
    await addVersion(recordId, version, { ...content, ...changes }, stored);
    const { withdrawsDecision = false } = FITTING[kind][event]!;
    const eventId = randomBytes(8).toString('hex');
    return start(kind, recordId, {
      generatedOn: day,
      event: { event, eventId, version, withdrawsDecision },
      ...(reviewOf && { reviewOf }),
    });
  }

  const versions = (recordId: string) =>
    world.handle.db
      .select()
      .from(recordVersions)
      .where(eq(recordVersions.recordId, recordId))
      .orderBy(asc(recordVersions.version));
  const shown = async (recordId: string, day?: string) => {
    const moment = day ? { day } : { now: new Date(await world.now()) };
    const rows = await shownRecords(world.handle.db, USCC, moment);
    return rows.filter(({ record }) => record.recordId === recordId).map(({ version }) => version);
  };

  it('a change is a publication of its own, 7 and 20 days from its own decision, and a new version', async () => {
    const record = await published('permit');
    const { caseId, workflow } = await happens('permit', record, 'change', 2, { changes: { content: '新' } });
    expect(caseId).not.toBe(publicationId(record.recordId));
    for (const [limitId, workingDays] of [
      ['publication.submission', 7],
      ['publication.publication', 20],
    ] as const) {
      expect(await world.deadline(caseId, limitId)).toMatchObject({ startDate: await today(), workingDays });
    }
    expect((await shown(record.recordId)).map(({ content }) => content['content'])).toEqual(['原']);
    await world.command(caseId, publish, AUTHORITY, {});
    expect(await workflow.result()).toBe('published');
    const [now] = await shown(record.recordId);
    expect(now).toMatchObject({
      version: 2,
      content: { content: '新' },
      event: { event: 'change', documentNo: '变2' },
    });
    expect((await versions(record.recordId))[0]!.shownUntil).toEqual(now!.shownFrom);
  });

  it('two at once do not undo each other, in whatever order they are published; the later decision prevails', async () => {
    const record = await published('permit', { validUntil: '2027-01-01' });
    const yesterday = addDays(await today(), -1);
    const first = await happens('permit', record, 'renew', 2, {
      changes: { validUntil: '2030-01-01' },
      decidedOn: yesterday,
    });
    const second = await happens('permit', record, 'change', 3, {
      changes: { content: '新', validUntil: '2035-01-01' },
    });
    await world.command(second.caseId, publish, AUTHORITY, {});
    await world.command(first.caseId, publish, AUTHORITY, {});
    const [now] = await shown(record.recordId);
    expect(now).toMatchObject({ version: 2, content: { content: '新', validUntil: '2035-01-01' } });
  });

  it('an annulled penalty must be withdrawn within three working days (行政处罚法第四十八条第二款), and only the reason is shown', async () => {
    const record = await published('penalty', { fine: 3 });
    const { caseId, workflow } = await happens('penalty', record, 'annul', 2);
    const { dueDate, kind, workingDays } = await world.deadline(caseId, 'publication.annulment');
    const calendar = await currentCalendar(world.handle.db);
    expect([dueDate, kind, workingDays]).toEqual([addWorkingDays(calendar, await today(), 3).due, 'statutory', 3]);
    await world.env.sleep(startOfDay(dueDate) + DAY * 1.1 - (await world.now()));
    expect(await world.rungs(caseId)).toContain('publication.annulment due');
    expect(await world.command(caseId, publish, AUTHORITY, {})).toMatchObject({ late: true });
    await workflow.result();
    const [now] = await shown(record.recordId);
    expect(now).toMatchObject({ version: 2, event: { event: 'annul', reason: '事由' } });
    expect(now!.content).not.toHaveProperty('fine');
    expect(now!.content).not.toHaveProperty('content');
  });

  it('a permit that is annulled has no three days: the law names penalties', async () => {
    const record = await published('permit');
    const { caseId } = await happens('permit', record, 'annul', 2, { changes: { status: '2' } });
    expect(await world.deadline(caseId, 'publication.annulment')).toBeUndefined();
    await world.command(caseId, publish, AUTHORITY, {});
    expect((await shown(record.recordId))[0]).toMatchObject({ content: { status: '2', content: '原' } });
  });

  it('a repair ends publicity at once; the day before shows what was shown', async () => {
    const record = await published('penalty');
    const before = await today();
    await world.env.sleep(DAY);
    const { caseId } = await happens('penalty', record, 'repair', 2);
    await world.command(caseId, publish, AUTHORITY, {});
    expect(await shown(record.recordId)).toEqual([]);
    expect(await shown(record.recordId, await today())).toEqual([]);
    expect((await shown(record.recordId, before)).map(({ version }) => version)).toEqual([1]);
  });

  it('publicity ends with its term, to the day, and asOf still shows it (国办发〔2025〕22号)', async () => {
    const record = await published('penalty', { severity: 'minor' });
    // Read from the record: the server may have skipped past the term by now.
    const [version] = await versions(record.recordId);
    const end = version!.publicUntil!;
    expect(version!.publicBasis).toContain('国办发〔2025〕22号');
    expect((await shown(record.recordId, end)).map((one) => one.version)).toEqual([1]);
    expect(await shown(record.recordId, addDays(end, 1))).toEqual([]);
    const rows = await shownRecords(world.handle.db, USCC, { now: new Date(startOfDay(addDays(end, 1))) });
    expect(rows.filter(({ record: row }) => row.recordId === record.recordId)).toEqual([]);
  });

  it('what another event has ended shows nothing more, and the case is closed without a publication', async () => {
    const record = await published('penalty');
    const late = await happens('penalty', record, 'change', 2, { changes: { content: '新' } });
    const annulment = await happens('penalty', record, 'annul', 3);
    await world.command(annulment.caseId, publish, AUTHORITY, {});
    expect(await world.command(late.caseId, conclude, OFFICER, { opinion: '已撤销' })).toMatchObject({
      stage: 'concluded',
    });
    expect(await late.workflow.result()).toBe('concluded');
    expect((await shown(record.recordId)).map(({ version }) => version)).toEqual([3]);
    // A publication of a record itself cannot be closed like this.
    const { caseId } = await start('permit', (await store('permit')).recordId);
    expect(await refusalOf(world.command(caseId, conclude, OFFICER, { opinion: '×' }))).toMatchObject({
      code: 'transition.refused',
    });
  });

  it('what is under review has not been handed over: the seven days run, and end with the approval (第十九条第一款)', async () => {
    const { recordId } = await store('permit');
    await world.handle.db.update(records).set({ receivedAt: null }).where(eq(records.recordId, recordId));
    const { caseId } = await start('permit', recordId, { reviewOf: OFFICER.username });
    expect(await world.case(caseId)).toMatchObject({ stage: 'internalReview' });
    expect(await world.deadline(caseId, 'publication.submission')).toMatchObject({ settledAt: null });
    expect(await refusalOf(world.command(caseId, publish, AUTHORITY, {}))).toMatchObject({
      code: 'transition.refused',
    });
    expect(await refusalOf(world.command(caseId, approve, OFFICER, {}))).toMatchObject({
      code: 'review.same-person',
      article: '第十九条第一款',
    });
    await world.env.sleep(14 * DAY);
    expect(await world.rungs(caseId)).toEqual(expect.arrayContaining(['publication.submission due']));
    expect(await world.command(caseId, approve, LEAD, { opinion: '同意' })).toMatchObject({
      stage: 'received',
      late: true,
    });
    const [record] = await world.handle.db.select().from(records).where(eq(records.recordId, recordId));
    expect(record!.receivedAt).not.toBeNull();
    const { settledAt, breachedAt } = await world.deadline(caseId, 'publication.submission');
    expect(settledAt).not.toBeNull();
    expect(breachedAt).not.toBeNull();
    await world.command(caseId, publish, AUTHORITY, {});
  });

  it('sent back, revised by another, and reviewed by a person who did not revise it; returned, it is reviewed again', async () => {
    const record = await store('permit');
    const { caseId, workflow } = await start('permit', record.recordId, { reviewOf: OFFICER.username });
    await world.command(caseId, sendBack, LEAD, { reason: '不完整' });
    await addVersion(record.recordId, 2, { ...record.content, content: '改' }, null);
    await world.command(caseId, revise, LEAD, { version: 2 });
    expect(await refusalOf(world.command(caseId, approve, LEAD, {}))).toMatchObject({ code: 'review.same-person' });
    await world.command(caseId, approve, OFFICER, {});
    await world.command(caseId, returnRecord, AUTHORITY, { reason: '仍有误' });
    expect(await refusalOf(world.command(caseId, resubmit, OFFICER, { version: 3 }))).toMatchObject({
      code: 'transition.refused',
      message: '本件须先经本部门内部审核',
    });
    await addVersion(record.recordId, 3, { ...record.content, content: '再改' }, null);
    await world.command(caseId, revise, OFFICER, { version: 3 });
    await world.command(caseId, approve, LEAD, {});
    expect(await world.deadline(caseId, 'publication.resubmission')).toMatchObject({ settledAt: expect.any(Date) });
    await world.command(caseId, publish, AUTHORITY, {});
    expect(await workflow.result()).toBe('published');
    expect((await shown(record.recordId)).map(({ version, content }) => [version, content['content']])).toEqual([
      [3, '再改'],
    ]);
    const [stored] = await world.handle.db
      .select()
      .from(recordVersions)
      .where(and(eq(recordVersions.recordId, record.recordId), eq(recordVersions.version, 2)));
    expect(stored!.shownFrom).toBeNull();
  });
});
