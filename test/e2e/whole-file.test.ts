/**
 * A file of 800 registrations through HTTP: each becomes running cases at the expected departments, or is published (第七条第二款).
 */
import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { composeRegister } from '../../bench/register.ts';
import { loadCatalogue } from '../../data/catalogue/load.ts';
import { cases, outbox } from '../../db/schema.ts';
import { loadReference } from '../../db/reference/reference.ts';
import { eventually, Product } from '../support/product.ts';

/** A file's cases are started at a walk, so that people go first: more rows would only take longer. */
const ROWS = 800;

describe('800 labelled registrations', () => {
  let product: Product;
  beforeAll(async () => {
    product = await Product.start();
  });
  afterAll(() => product.close());

  it('are accepted, pushed to the departments expected or published where no approval is touched, and all run in Temporal', async () => {
    // Registration numbers are part of workflow ids, and the run shares one Temporal server: use new numbers each time.
    const own = `${process.pid}-${Date.now()}-`;
    const rows = composeRegister(loadCatalogue(), 7, ROWS).map((row) => ({
      ...row,
      registrationNo: own + row.registrationNo,
    }));
    const text = rows.map(({ expectedItems: _, ...registration }) => JSON.stringify(registration)).join('\n');
    const type = { 'content-type': 'application/x-ndjson' };
    const { status, body } = await product.request<string>(
      'shengju',
      'POST',
      '/api/v1/registrations/import',
      text,
      type,
    );
    expect(status).toBe(200);
    const lines = body
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.at(-1)).toMatchObject({ summary: { accepted: ROWS, duplicate: 0, rejected: 0 } });
    expect(lines).toHaveLength(ROWS + 1);

    const { router, items } = await loadReference(product.handle.db);
    const found = await product.handle.db.select().from(cases);
    const held = new Map<string, string[]>();
    for (const { caseNo, departmentCode } of found) {
      held.set(caseNo, [...(held.get(caseNo) ?? []), departmentCode ?? 'pool'].sort());
    }
    const right = rows.filter(({ registrationNo, regionCode, expectedItems }) => {
      const departments = expectedItems.map((id) => {
        const { sector, approvingLevel } = items.get(id)!;
        return router.route(sector, regionCode, approvingLevel)!.department.code;
      });
      const expected = [...new Set(departments)].sort();
      return JSON.stringify(expected) === JSON.stringify(held.get(registrationNo) ?? []);
    });
    process.stdout.write(`推送与标注一致：${right.length}/${rows.length}\n`);
    expect(right.length).toBeGreaterThanOrEqual(rows.length * 0.99);

    const begun = await eventually(
      async () => {
        const [row] = await product.handle.db
          .select({ count: sql<number>`count(*)::int` })
          .from(cases)
          .where(gt(cases.step, 0));
        return row!.count;
      },
      (count) => count === found.length,
      400_000,
    );
    expect(begun).toBe(found.length);
    const isWaiting = and(eq(outbox.kind, 'start-case'), isNull(outbox.doneAt));
    const waiting = () => product.handle.db.$count(outbox, isWaiting);
    await eventually(waiting, (count) => count === 0, 400_000);
  }, 480_000);
});
