/** Who says that a case was opened really inserted it: an order of supervision meets the rung that opens the same case. */
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeRung } from '../../activities/rungs.ts';
import { openCases } from '../../db/cases/opened.ts';
import type { OpenedSupervision } from '../../db/intake/supervisions.ts';
import { auditLog, cases, outbox } from '../../db/schema.ts';
import type { CaseOpening } from '../../domain/case/case.ts';
import type { RungStep } from '../../domain/case/case-step.ts';
import { supervisionId } from '../../domain/case/id.ts';
import { realClock } from '../../domain/clock/clock.ts';
import { openedPush, type RegistrationPushInput } from '../../domain/case-types/registration-push/opening.ts';
import { accept, expectProblem, NOWHERE } from '../api/support/requests.ts';
import { Product } from '../support/product.ts';

const LIMIT = 'registrationPush.feedback';
const MATTER = '逾期不反馈，多次催办无果';
const FORTY_DAYS_MS = 40 * 86_400_000;

let product: Product;
beforeAll(async () => {
  product = await Product.start({ worker: false, temporalAddress: NOWHERE });
});
afterAll(() => product.close());

/** A push whose feedback has long been due, and the step of its last rung. */
async function neglected(): Promise<RungStep> {
  const { caseIds } = await accept(product);
  const first = (await startOf(caseIds[0]!)).input as RegistrationPushInput;
  const input = { ...first, round: 2, pushedAt: Date.now() - FORTY_DAYS_MS };
  const opened = openedPush(input);
  const { caseId } = opened;
  await openCases(product.handle.db, [{ workflow: 'registrationPush', opened, input }], realClock);
  const at = Date.now();
  return { caseId, token: `rung:${LIMIT}:1:due+3`, at, plannedAt: at, limitId: LIMIT, rung: 'due+3', ladder: 1 };
}

async function startOf(caseId: string): Promise<CaseOpening> {
  const isStart = eq(outbox.key, `start:${caseId}`);
  const [row] = await product.handle.db.select().from(outbox).where(isStart);
  return row!.payload as CaseOpening;
}

const order = (originCaseId: string) =>
  product.post<OpenedSupervision>('ducha', '/api/v1/supervisions', { originCaseId, limitId: LIMIT, matter: MATTER });

/** Waits until some statement waits for a lock of another transaction. */
async function untilBlocked(): Promise<void> {
  for (;;) {
    const { rows } = await product.handle.pool.query(
      "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    );
    if (rows.length > 0) return;
  }
}

it('an order that crosses the rung is refused and told which case exists, instead of losing its text', async () => {
  const rung = await neglected();
  const caseId = supervisionId(rung.caseId, LIMIT);
  const { db } = product.handle;
  const ordering = await db.transaction(async (tx) => {
    await writeRung(tx, rung, realClock);
    const sent = order(rung.caseId);
    await untilBlocked();
    return { sent };
  });
  const problem = expectProblem(await ordering.sent, 'supervision.exists');
  expect(problem.remedy).toContain(caseId);
  const ordered = and(eq(auditLog.caseId, caseId), eq(auditLog.action, 'order'));
  expect(await db.select().from(auditLog).where(ordered)).toEqual([]);
  // The ladder's own workflow starts the case; the refused order must not start it with an input of its own.
  expect(await startOf(caseId).catch(() => undefined)).toBeUndefined();
});

it('an order that comes before the rung keeps its text', async () => {
  const rung = await neglected();
  const { body } = await order(rung.caseId);
  expect(body.result).toBe('opened');
  const { db } = product.handle;
  await db.transaction((tx) => writeRung(tx, rung, realClock));
  const [row] = await db.select().from(cases).where(eq(cases.caseId, body.caseId));
  expect(row?.facts).toMatchObject({ matter: MATTER, limitId: LIMIT });
});

it('cases that an intake opens are those whose rows it inserted; others are neither claimed nor started', async () => {
  const { caseIds } = await accept(product);
  const known = await startOf(caseIds[0]!);
  const { db } = product.handle;
  await db.delete(outbox).where(eq(outbox.key, `start:${known.opened.caseId}`));
  const other = { ...known, opened: { ...known.opened, caseId: `${known.opened.caseId}0` } };
  const opened = await db.transaction((tx) => openCases(tx, [known, other], realClock));
  expect([...opened]).toEqual([other.opened.caseId]);
  expect(await startOf(known.opened.caseId).catch(() => undefined)).toBeUndefined();
  expect((await startOf(other.opened.caseId)).opened.caseId).toBe(other.opened.caseId);
});
