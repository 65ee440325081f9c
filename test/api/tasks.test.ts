/** The workbench: an account's tasks, the most urgent first, and its figures. */
import { and, eq, inArray } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CaseView } from '../../api/cases/view.ts';
import type { TaskPage } from '../../api/routes/tasks.ts';
import { tasksOf } from '../../db/queries/tasks.ts';
import { visibleTo } from '../../db/queries/cases.ts';
import { cases, deadlines, enterprises, noticeReads, notices } from '../../db/schema.ts';
import { endOfDay, legalDateOf } from '../../domain/clock/calendar.ts';
import { workCalendarSchema } from '../../domain/clock/calendar-schema.ts';
import type { CaseType } from '../../domain/case/id.ts';
import { addWorkingDays } from '../../domain/clock/deadlines.ts';
import { ROLES, type Role } from '../../domain/organs/roles.ts';
import { isTaskOf } from '../../domain/worklist/tasks.ts';
import { CASE_TYPES, isFinal, STAGES } from '../../domain/case-types/case-types.ts';
import { onOneDay, today } from '../support/day.ts';
import { Product } from '../support/product.ts';
import { json } from '../support/repository.ts';
import { expectProblem, newcomer, NOWHERE, withToken } from './support/requests.ts';
import type { Actor } from '../../domain/organs/actor.ts';

const TASKS = '/api/v1/tasks';
const OWN = '430103-agriculture';
const OTHER = '430104-health';
const CALENDAR = workCalendarSchema.parse(json('data/calendar/cn-2026.1.json'));

let product: Product;
beforeAll(async () => {
  product = await Product.start({ worker: false, temporalAddress: NOWHERE });
  const place = { kind: 'enterprise', regionCode: '430103', updatedAt: new Date() } as const;
  await product.handle.db.insert(enterprises).values([
    { uscc: 'TASK-1', name: '待办企业', ...place },
    { uscc: 'TASK-2', name: '其他企业', ...place },
  ]);
});
afterAll(() => product.close());

type Row = typeof cases.$inferInsert;
let serial = 0;

function row(more: Partial<Row> = {}): Row {
  serial += 1;
  return {
    caseId: `task-${String(serial).padStart(5, '0')}`,
    caseType: 'registrationPush',
    stage: 'pushed',
    status: 'open',
    caseNo: `T-${serial}`,
    uscc: 'TASK-1',
    round: 1,
    departmentCode: OWN,
    regionCode: '430103',
    openedAt: new Date(),
    ...more,
  };
}

/** Running limits of a case that end at these instants; past ones are breached. */
function limits(caseId: string, ends: Date[], more: Partial<typeof deadlines.$inferInsert> = {}) {
  return ends.map((dueAt, index): typeof deadlines.$inferInsert => ({
    caseId,
    limitId: (['registrationPush.claim', 'registrationPush.feedback'] as const)[index]!,
    workingDays: 3,
    kind: (['norm', 'statutory'] as const)[index]!,
    startedAt: new Date(dueAt.getTime() - 10 * 86_400_000),
    rungs: [],
    startDate: legalDateOf(dueAt.getTime() - 10 * 86_400_000),
    dueDate: legalDateOf(dueAt.getTime() - 1),
    dueAt,
    calendarVersion: 'cn-2026.1',
    provisional: false,
    ...more,
  }));
}

const read = async (as: string, query = '') => (await product.get<TaskPage>(as, TASKS + query)).body;
const ids = (items: CaseView[]) => items.map(({ caseId }) => caseId);

describe('the condition on rows is the rule on a case', () => {
  const PEOPLE: Actor[] = (Object.keys(ROLES) as Role[]).flatMap((role) =>
    ['one', 'two'].flatMap((username) => [
      { username, role, regionCode: '430103', departmentCode: OWN },
      { username, role, regionCode: '430000', departmentCode: null },
      { username, role, regionCode: '430104', departmentCode: OTHER },
    ]),
  );
  const FACTS: Record<string, unknown>[] = [
    {},
    { finalRuling: true, suspended: 'registrationPush.feedback' },
    { appliedBy: 'one' },
    { appeal: { state: 'pending' } },
    { appeal: { state: 'upheld' } },
    { extension: { state: 'requested', workingDays: 1, requestedBy: 'one' } },
    { extension: { state: 'refused', workingDays: 1, requestedBy: 'one' } },
  ];

  it('for every type, stage, place, set of facts and account', async () => {
    const types = Object.keys(CASE_TYPES) as CaseType[];
    const all = types.flatMap((caseType) =>
      Object.keys(STAGES[caseType]).flatMap((stage) =>
        [
          { departmentCode: OWN, regionCode: '430103' },
          { departmentCode: OTHER, regionCode: '430104' },
          { departmentCode: null, regionCode: '430103' },
        ].flatMap((place) =>
          FACTS.map((facts) =>
            row({ caseType, stage, ...place, facts, status: isFinal(caseType, stage) ? 'closed' : 'open' }),
          ),
        ),
      ),
    );
    expect(all.length).toBeGreaterThan(700);
    const { db } = product.handle;
    await db.insert(cases).values(all);
    for (const actor of PEOPLE) {
      const found = await db.select({ id: cases.caseId }).from(cases).where(tasksOf(actor));
      const expected = all.filter((one) => isTaskOf({ ...one, departmentCode: one.departmentCode ?? null }, actor));
      expect([actor, found.map(({ id }) => id).sort()]).toEqual([actor, expected.map(({ caseId }) => caseId).sort()]);
      const visible = await db
        .select({ id: cases.caseId })
        .from(cases)
        .where(and(tasksOf(actor), visibleTo(actor)));
      expect(visible).toHaveLength(found.length);
    }
    await db.delete(cases);
  });
});

describe('the workbench', () => {
  const endOf = (workingDays: number) =>
    new Date(endOfDay(workingDays === 0 ? today() : addWorkingDays(CALENDAR, today(), workingDays).due));
  let now: number;

  beforeAll(async () => {
    await onOneDay();
    now = Date.now();
    await product.handle.db.insert(cases).values([
      row({ caseId: 'late', dueAt: new Date(now - 86_400_000), breachedAt: new Date(now - 86_400_000) }),
      row({ caseId: 'today', dueAt: endOf(0), stage: 'claimed' }),
      row({ caseId: 'two-days', dueAt: endOf(2), uscc: 'TASK-2', caseType: 'sanctionNotice', stage: 'fetched' }),
      row({ caseId: 'three-days', dueAt: endOf(3) }),
      row({ caseId: 'suspended', stage: 'claimed', facts: { suspended: 'registrationPush.feedback' } }),
      row({ caseId: 'done', stage: 'fedBack', status: 'closed', closedAt: new Date(now) }),
      row({ caseId: 'of-others', departmentCode: '430103-health' }),
      row({ caseId: 'of-the-lead', caseType: 'supervision', stage: 'opened', dueAt: endOf(1) }),
      row({ caseId: 'of-the-supervisor', caseType: 'supervision', stage: 'replied', dueAt: endOf(1) }),
      row({ caseId: 'offered', caseType: 'poolEntry', stage: 'published', departmentCode: null }),
      row({
        caseId: 'offered-there',
        caseType: 'poolEntry',
        stage: 'published',
        departmentCode: null,
        regionCode: '430104',
      }),
      row({
        caseId: 'taken',
        caseType: 'poolEntry',
        stage: 'claimed',
        status: 'closed',
        departmentCode: '430103-health',
      }),
    ]);
    await product.handle.db
      .insert(deadlines)
      .values([
        ...limits('late', [new Date(now - 86_400_000)]),
        ...limits('today', [endOf(0)]),
        ...limits('two-days', [endOf(2)]),
        ...limits('three-days', [endOf(3)]),
        ...limits('suspended', [endOf(1)], { suspendedAt: new Date(now) }),
        ...limits('of-the-lead', [endOf(1)]),
        ...limits('done', [endOf(0)], { settledAt: new Date(now) }),
      ]);
  });

  it('needs sign-in', async () => {
    expectProblem(await product.get(null, TASKS), 'auth.required');
  });

  it('lists what is mine to do across case types, the most urgent first, what is suspended last', async () => {
    const { items, counts, summary, nextCursor } = await read('nongye');
    expect(ids(items)).toEqual(['late', 'today', 'two-days', 'three-days', 'suspended']);
    expect(nextCursor).toBeNull();
    expect(counts).toEqual({ registrationPush: { pushed: 2, claimed: 2 }, sanctionNotice: { fetched: 1 } });
    expect(summary).toEqual({ todo: 5, dueToday: 1, dueWithin2: 2, overdue: 1, claimable: 1, unreadNotices: 0 });
    expect(items[0]).toMatchObject({ overdue: true, enterprise: { name: '待办企业' } });
    expect(items.every(({ actions }) => actions.some(({ allowed }) => allowed))).toBe(true);
  });

  it.each([
    ['nongye-lead', ['late', 'today', 'of-the-lead', 'two-days', 'three-days', 'suspended'], 1],
    ['ducha', ['of-the-supervisor'], 0],
    ['weijian', ['of-others'], 1],
    ['dengji', [], 1],
    ['shengju', [], 2],
    ['admin', [], 0],
    ['shenji', [], 0],
  ])('%s has %j to do', async (username, expected, claimable) => {
    const { items, summary } = await read(username);
    expect(ids(items)).toEqual(expected);
    expect(summary).toMatchObject({ todo: expected.length, claimable });
  });

  it('is filtered as lists are, and by case type; its figures are of everything', async () => {
    const only = async (query: string) => ids((await read('nongye', query)).items);
    expect(await only('?caseType=sanctionNotice')).toEqual(['two-days']);
    expect(await only('?stage=claimed')).toEqual(['today', 'suspended']);
    expect(await only('?overdue=true')).toEqual(['late']);
    expect(await only(`?q=${encodeURIComponent('其他')}`)).toEqual(['two-days']);
    expect(await only('?region=430104')).toEqual([]);
    expect(await only(`?department=${OWN}&caseType=registrationPush&limit=1`)).toEqual(['late']);
    expect((await read('nongye', '?caseType=sanctionNotice')).summary.todo).toBe(5);
    expectProblem(await product.get('nongye', `${TASKS}?caseType=constructor`), 'input.invalid');
  });

  it('a norm that was breached hides no statutory limit that ends soon, in the figures and in the lists behind them', async () => {
    const { db } = product.handle;
    const statutory = { caseId: 'two-limits', stage: 'claimed', dueAt: new Date(now - 86_400_000) };
    await db.insert(cases).values(row(statutory));
    await db.insert(deadlines).values(limits('two-limits', [new Date(now - 86_400_000), endOf(2)]));
    expect((await read('nongye')).summary).toMatchObject({ todo: 6, dueToday: 1, dueWithin2: 3, overdue: 2 });
    expect(ids((await read('nongye', '?due=within2')).items)).toEqual(['two-limits', 'today', 'two-days']);
    expect(ids((await read('nongye', '?due=today')).items)).toEqual(['today']);
    expectProblem(await product.get('nongye', `${TASKS}?due=someday`), 'input.invalid');
    await db.delete(deadlines).where(eq(deadlines.caseId, 'two-limits'));
    await db.delete(cases).where(eq(cases.caseId, 'two-limits'));
  });

  it('is paged without gap or repetition', async () => {
    const found: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: TaskPage = await read('nongye', `?limit=2${cursor && `&cursor=${cursor}`}`);
      found.push(...ids(page.items));
      cursor = page.nextCursor;
    }
    expect(found).toEqual(['late', 'today', 'two-days', 'three-days', 'suspended']);
  });

  it('counts unread notices of the account, up to a thousand', async () => {
    const words = {
      topic: 'x',
      urgency: 'info' as const,
      title: '通知',
      body: '内容',
      article: '第十七条',
      regionCode: '430103',
    };
    const written = (from: number, many: number, to: object) =>
      Array.from({ length: many }, (_, i) => ({ ...words, ...to, key: `n-${from + i}`, caseId: 'x', at: new Date() }));
    const { db } = product.handle;
    await db
      .insert(notices)
      .values([
        ...written(0, 3, { departmentCode: OWN }),
        ...written(10, 2, { role: 'department-officer' }),
        ...written(20, 4, { departmentCode: '430103-health' }),
      ]);
    expect((await read('nongye')).summary.unreadNotices).toBe(5);
    const [first] = await db
      .select()
      .from(notices)
      .where(inArray(notices.key, ['n-0']));
    await db.insert(noticeReads).values({ noticeId: first!.id, username: 'nongye', readAt: new Date() });
    expect((await read('nongye')).summary.unreadNotices).toBe(4);
    expect((await read('nongye-lead')).summary.unreadNotices).toBe(3);
    await db.insert(notices).values(written(1000, 1100, { departmentCode: OWN }));
    expect((await read('nongye')).summary.unreadNotices).toBe(1000);
    await db.delete(notices).where(eq(notices.departmentCode, OWN));
  });

  it('does not ask who applied for a correction to review it', async () => {
    const department = { role: 'department-lead', regionCode: '430103', departmentCode: '430103-tax' } as const;
    const [one, two] = [await newcomer(product, 'lead-1', department), await newcomer(product, 'lead-2', department)];
    const applied = { caseType: 'correction', stage: 'applied', departmentCode: '430103-tax' } as const;
    await product.handle.db.insert(cases).values(row({ ...applied, caseId: 'review', facts: { appliedBy: 'lead-1' } }));
    const seen = async (token: string) => ids((await withToken<TaskPage>(product, token, 'GET', TASKS)).body.items);
    expect(await seen(one)).toEqual([]);
    expect(await seen(two)).toEqual(['review']);
  });
});
