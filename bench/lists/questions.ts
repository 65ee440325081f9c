/** What is asked of the lists and the searches: through the product's own queries, each time of another place or word. */
import { sql } from 'drizzle-orm';
import type { Database } from '../../db/postgres/client.ts';
import { countCases, encodeCursor, listCases } from '../../db/queries/cases.ts';
import { countUnread, listNotices } from '../../db/queries/inbox.ts';
import { searchEnterprises } from '../../db/queries/records.ts';
import { listRegistrations } from '../../db/queries/registrations.ts';
import { countClaimable, countTasks, listTasks } from '../../db/queries/tasks.ts';
import type { Actor } from '../../domain/organs/actor.ts';
import type { CaseConditions } from '../../domain/worklist/case-filter.ts';
import { BRAND, NOW } from './province.ts';

/** Who asks, and for what: drawn from the rows, so that busy places and frequent names are asked for more often. */
export interface Subject {
  county: Actor;
  prefecture: Actor;
  department: Actor;
  /** Two and four characters that few names have. */
  rare: [string, string];
  number: string;
  /** A page deep in the province's list, and in its list of pushes that are done. */
  deep: { all: string; done: string };
}

interface Question {
  title: string;
  /** Officials' lists and searches, or the search of the public. */
  of: 'lists' | 'search' | 'public';
  ask: (db: Database, subject: Subject) => Promise<unknown>;
}

const organ = (regionCode: string): Actor => ({ username: 'x', role: 'supervisor', regionCode, departmentCode: null });
const PROVINCE = organ('430000');
const PUSHES = 'registrationPush';
const DAY = 86_400_000;
const HORIZON = { now: NOW, today: new Date(NOW.getTime() + DAY / 2), within2: new Date(NOW.getTime() + 2 * DAY) };
const PAGE = 50;
const ABSENT: [string, string] = ['龘靐', '岳麓龘靐'];

export async function subjectsOf(db: Database, count: number): Promise<Subject[]> {
  await db.execute(sql`select setseed(0.7)`);
  const { rows } = await db.execute<{
    case_id: string;
    region_code: string;
    department_code: string;
    case_no: string;
  }>(sql`
    select case_id, region_code, department_code, case_no
    from cases where department_code is not null order by random() limit ${count}`);
  const done = await db.execute<{ case_id: string }>(sql`
    select case_id from cases where case_type = ${PUSHES} and stage = 'fedBack' order by random() limit ${count}`);
  return rows.map((row, index) => ({
    county: organ(row.region_code),
    prefecture: organ(`${row.region_code.slice(0, 4)}00`),
    department: {
      username: 'y',
      role: 'department-officer',
      regionCode: row.region_code,
      departmentCode: row.department_code,
    },
    rare: rareWords(index),
    number: row.case_no,
    deep: { all: cursor(row.case_id), done: cursor(done.rows[index]!.case_id) },
  }));
}

/** Two characters of the invented part of names, alone and with a trade that is seldom. */
function rareWords(index: number): [string, string] {
  const [a, b] = [BRAND[(index * 7) % BRAND.length]!, BRAND[(index * 13 + 5) % BRAND.length]!];
  return [a + b, `${a}${b}测绘`];
}

const cursor = (caseId: string): string =>
  encodeCursor({ case: { dueAt: null, caseId } } as Parameters<typeof encodeCursor>[0]);

const list = (db: Database, actor: Actor, conditions: CaseConditions & { q?: string; cursor?: string } = {}) =>
  listCases(db, actor, { limit: PAGE, ...conditions }, NOW);

const of = (kind: Question['of'], asks: Record<string, Question['ask']>): Question[] =>
  Object.entries(asks).map(([title, ask]) => ({ title, of: kind, ask }));

export const QUESTIONS: Question[] = [
  ...of('lists', {
    '事项：全省': (db) => list(db, PROVINCE),
    '事项：市州': (db, { prefecture }) => list(db, prefecture),
    '事项：县区': (db, { county }) => list(db, county),
    '事项：部门（含本区公示认领）': (db, { department }) => list(db, department),
    '推送在办：全省': (db) => list(db, PROVINCE, { caseType: PUSHES, status: 'open' }),
    '推送办结：全省': (db) => list(db, PROVINCE, { caseType: PUSHES, status: 'closed' }),
    '推送在办：县区': (db, { county }) => list(db, county, { caseType: PUSHES, status: 'open' }),
    '推送：部门': (db, { department }) => list(db, department, { caseType: PUSHES }),
    '公示认领在办：全省': (db) => list(db, PROVINCE, { caseType: 'poolEntry', status: 'open' }),
    '少见的类型（举报）：市州': (db, { prefecture }) => list(db, prefecture, { caseType: 'complaint' }),
    '某一环节（已回退）：全省': (db) => list(db, PROVINCE, { caseType: PUSHES, stage: 'returned' }),
    '某一部门：全省': (db, { department }) => list(db, PROVINCE, { department: department.departmentCode! }),
    '办结：全省': (db) => list(db, PROVINCE, { status: 'closed' }),
    '已逾期：全省': (db) => list(db, PROVINCE, { overdue: true }),
    '未逾期：全省': (db) => list(db, PROVINCE, { overdue: false }),
    '发生过逾期：全省': (db) => list(db, PROVINCE, { late: true }),
    '发生过逾期：县区': (db, { county }) => list(db, county, { late: true }),
    '从未逾期：全省': (db) => list(db, PROVINCE, { late: false }),
    '法定期限逾期，由部门负责：全省': (db) => list(db, PROVINCE, { lateKind: 'statutory', own: true }),
    '某日逾期：全省': (db) => list(db, PROVINCE, { breachedFrom: '2026-05-11', breachedTo: '2026-05-11' }),
    '某月办结：全省': (db) => list(db, PROVINCE, { closedFrom: '2026-05-01', closedTo: '2026-05-31' }),
    '某日办结：全省': (db) => list(db, PROVINCE, { closedFrom: '2026-05-11', closedTo: '2026-05-11' }),
    '某日立项：市州': (db, { prefecture }) =>
      list(db, prefecture, { openedFrom: '2026-05-11', openedTo: '2026-05-11' }),
    '回退理由：全省': (db) => list(db, PROVINCE, { returnReason: 'wrong-level' }),
    '回退理由：县区': (db, { county }) => list(db, county, { returnReason: 'wrong-level' }),
    '深处的一页：全省': (db, { deep }) => list(db, PROVINCE, { cursor: deep.all }),
    '深处的一页：推送办结': (db, { deep }) =>
      list(db, PROVINCE, { caseType: PUSHES, status: 'closed', cursor: deep.done }),
    '按环节计数：全省': (db) => countCases(db, PROVINCE, PUSHES),
    '按环节计数：市州': (db, { prefecture }) => countCases(db, prefecture, PUSHES),
    '按环节计数：县区': (db, { county }) => countCases(db, county, PUSHES),
    '按环节计数：部门': (db, { department }) => countCases(db, department, PUSHES),
    '工作台：部门': (db, { department }) => listTasks(db, department, { limit: PAGE }, HORIZON),
    '工作台：省督查机构': (db) => listTasks(db, PROVINCE, { limit: PAGE }, HORIZON),
    '工作台计数：部门': (db, { department }) => countTasks(db, department, HORIZON),
    '工作台计数：省督查机构': (db) => countTasks(db, PROVINCE, HORIZON),
    '可认领计数：省登记机关': (db) => countClaimable(db, { ...PROVINCE, role: 'registering-authority' }),
    '站内信：部门': (db, { department }) => listNotices(db, department, { limit: PAGE }),
    '未读计数：部门': (db, { department }) => countUnread(db, department, 1000),
    '登记信息：全省': (db) => listRegistrations(db, { within: '430000' }, { before: undefined, limit: PAGE }),
    '登记信息：县区': (db, { county }) =>
      listRegistrations(db, { within: county.regionCode }, { before: undefined, limit: PAGE }),
    '登记信息：深处的一页': (db) =>
      listRegistrations(db, { within: '430000', acceptedTo: '2026-01-01' }, { before: undefined, limit: PAGE }),
  }),
  ...of('search', {
    '事项，常见二字': (db) => list(db, PROVINCE, { q: '贸易' }),
    '事项，常见四字': (db) => list(db, PROVINCE, { q: '有限公司' }),
    '事项，较少见四字': (db) => list(db, PROVINCE, { q: '殡葬服务' }),
    '事项，少见二字': (db, { rare }) => list(db, PROVINCE, { q: rare[0] }),
    '事项，少见四字': (db, { rare }) => list(db, PROVINCE, { q: rare[1] }),
    '事项，没有的二字': (db) => list(db, PROVINCE, { q: ABSENT[0] }),
    '事项，没有的四字': (db) => list(db, PROVINCE, { q: ABSENT[1] }),
    '事项，编号': (db, { number }) => list(db, PROVINCE, { q: number }),
    '事项，编号的开头': (db, { number }) => list(db, PROVINCE, { q: number.slice(0, 5) }),
    '部门的事项，常见二字': (db, { department }) => list(db, department, { q: '贸易' }),
    '部门的事项，少见二字': (db, { department, rare }) => list(db, department, { q: rare[0] }),
    '登记信息，常见二字': (db) =>
      listRegistrations(db, { within: '430000', name: '科技' }, { before: undefined, limit: PAGE }),
    '登记信息，少见二字': (db, { rare }) =>
      listRegistrations(db, { within: '430000', name: rare[0] }, { before: undefined, limit: PAGE }),
  }),
  ...of('public', {
    '公众查询，常见二字': (db) => searchEnterprises(db, '科技', PAGE),
    '公众查询，常见四字': (db) => searchEnterprises(db, '有限公司', PAGE),
    '公众查询，较少见四字': (db) => searchEnterprises(db, '殡葬服务', PAGE),
    '公众查询，少见二字': (db, { rare }) => searchEnterprises(db, rare[0], PAGE),
    '公众查询，少见四字': (db, { rare }) => searchEnterprises(db, rare[1], PAGE),
    '公众查询，没有的二字': (db) => searchEnterprises(db, ABSENT[0], PAGE),
    '公众查询，没有的四字': (db) => searchEnterprises(db, ABSENT[1], PAGE),
  }),
];
