/** The log line of a failed statement: what failed and why, without what people wrote (第十九条). */
import { Writable } from 'node:stream';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectDatabase, type DatabaseHandle } from '../../db/postgres/client.ts';
import { complaintReports } from '../../db/schema.ts';
import { createLog } from '../../runtime/logging.ts';
import { createTestDatabase } from '../support/servers.ts';

const REPORT = {
  receiptNo: 'R-1',
  uscc: '91350100M000100Y43',
  category: 'food-drug',
  reporterName: '张三',
  contact: '13800000000',
  content: '甲店\nat 销售过期食品',
  reportedAt: new Date(),
} as const;

let handle: DatabaseHandle;
beforeAll(async () => {
  handle = connectDatabase(await createTestDatabase(), 1);
});
afterAll(() => handle.close());

async function lineOf(failing: Promise<unknown>) {
  const lines: string[] = [];
  const to = new Writable({
    write(chunk: Buffer, _, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  const error = await failing.catch((failure: unknown) => failure);
  createLog({}, to).error({ err: error }, 'request failed');
  return lines.join('');
}

it.each([
  [
    'the values of the statement',
    () => handle.db.insert(complaintReports).values({ ...REPORT, category: null as never }),
  ],
  [
    // PostgreSQL puts the whole row into the error's detail.
    'the row that was refused',
    async () => {
      await handle.db.execute(sql`alter table complaint_reports add constraint short check (length(content) < 3)`);
      await handle.db.insert(complaintReports).values(REPORT);
    },
  ],
])('does not hold %s', async (_, fail) => {
  const line = await lineOf(fail());
  expect(line).toContain('Failed query: insert into \\"complaint_reports\\"');
  expect(line).toMatch(/violates (not-null|check) constraint/);
  expect(line).toContain('failed-query.test.ts');
  expect(line).not.toMatch(/张三|13800000000|过期|91350100M000100Y43/);
});
