/** Rows that PostgreSQL reads from one parameter are those that a parameter for each value would give. */
import { asc, eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectDatabase, type DatabaseHandle } from '../../db/postgres/client.ts';
import { insertRows } from '../../db/postgres/insert-rows.ts';
import { auditLog, deadlines, registrationHits } from '../../db/schema.ts';
import { createTestDatabase } from '../support/servers.ts';

let handle: DatabaseHandle;
beforeAll(async () => {
  handle = connectDatabase(await createTestDatabase(), 1);
});
afterAll(() => handle.close());

const TEXTS = [
  '',
  ' ',
  '"',
  '\\',
  "'; drop table cases; --",
  '{"a":1}',
  '湖南\n“某”',
  '𠮷😀',
  '\u2028\u00AD',
  '0012',
  'null',
  '=1+1',
];

it('texts, JSON, instants and nothing, in their order', async () => {
  const at = new Date('2026-12-01T02:22:55.123Z');
  const rows = TEXTS.map((text, index) => ({
    caseId: 'same',
    step: index + 1,
    token: `token ${text}`,
    at,
    actor: text,
    actorRole: 'system' as const,
    actorDepartment: index % 2 === 0 ? null : text,
    action: 'x',
    before: null,
    after: index % 3 === 0 ? null : { [text]: [text, { nested: text }, null, 1.5, true] },
    article: text,
  }));
  await handle.db.execute(insertRows(auditLog, rows));
  const others = rows.map((row) => ({ ...row, caseId: 'other' }));
  await handle.db.insert(auditLog).values(others);
  const read = async (caseId: string) => {
    const found = await handle.db.select().from(auditLog).where(eq(auditLog.caseId, caseId)).orderBy(asc(auditLog.id));
    return found.map(({ id: _, recordedAt: __, caseId: ___, ...row }) => row);
  };
  expect(await read('same')).toEqual(await read('other'));
  expect((await read('same')).map(({ step }) => step)).toEqual(rows.map(({ step }) => step));
  const nulls = await handle.db.execute(
    sql`select 1 from audit_log where jsonb_typeof(before) = 'null' or jsonb_typeof(after) = 'null'`,
  );
  expect(nulls.rows).toEqual([]);
});

it('days, lists and columns that have a default', async () => {
  const term = {
    limitId: 'registrationPush.claim' as const,
    workingDays: 2,
    kind: 'norm' as const,
    startedAt: new Date('2026-11-30T16:00:00Z'),
    rungs: ['due-1' as const, 'due' as const],
    startDate: '2026-12-01',
    dueDate: '2028-02-29',
    dueAt: new Date('2028-02-29T16:00:00Z'),
    calendarVersion: '某',
    provisional: true,
  };
  await handle.db.execute(insertRows(deadlines, [{ caseId: 'same', ...term }]));
  await handle.db.insert(deadlines).values([{ caseId: 'other', ...term }]);
  const [same, other] = await handle.db
    .select()
    .from(deadlines)
    .orderBy(sql`case_id = 'other'`);
  expect({ ...same, caseId: 'other' }).toEqual(other);
});

it('a row that leaves a default to the table while others do not is a fault of the program', () => {
  const hit = { registrationNo: 'X', position: 0, itemId: 'PA001', keyword: '', clause: '', start: 0, end: 0 };
  const rows = [{ ...hit, tried: ['a'] }, hit] as never[];
  expect(() => insertRows(registrationHits, rows)).not.toThrow();
  const mixed = [{ caseId: 'a', ladder: 1 }, { caseId: 'b' }] as never[];
  expect(() => insertRows(deadlines, mixed)).toThrow('ladder');
});
