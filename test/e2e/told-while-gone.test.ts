/** A restored case hears what it would have been told while its workflow was gone. */
import { Client, type WorkflowClientInterceptor } from '@temporalio/client';
import { asc, eq, inArray } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadClock } from '../../db/reference/clock-setting.ts';
import { auditLog, cases, outbox } from '../../db/schema.ts';
import { sanctionCaseId } from '../../domain/case/id.ts';
import { restoreCases } from '../../outbox/restore-cases.ts';
import { listingEntry, LISTINGS, type AcceptedListing } from '../api/support/listings.ts';
import { accept, casePath, newcomer, started, withToken } from '../api/support/requests.ts';
import { eventually, Product } from '../support/product.ts';

let product: Product;
beforeAll(async () => {
  product = await Product.start();
});
afterAll(() => product.close());

const rowsOf = (caseIds: string[]) =>
  product.handle.db.select().from(cases).where(inArray(cases.caseId, caseIds)).orderBy(asc(cases.caseId));
const begun = (caseIds: string[]) => started(product, caseIds);
const comesTo = (caseId: string, stage: string) =>
  eventually(
    () => rowsOf([caseId]),
    ([row]) => row?.stage === stage,
  );
const actions = async (caseId: string) => {
  const rows = await product.handle.db.select().from(auditLog).where(eq(auditLog.caseId, caseId));
  return rows.sort((a, b) => a.step - b.step).map(({ action }) => action);
};
const terminate = (caseId: string) => product.temporal.workflow.getHandle(caseId).terminate('by hand');

/** Waits until the dispatcher has tried in vain to tell a case. */
const missed = (caseId: string, signal: string) =>
  eventually(
    async () => {
      const told = await product.handle.db.select().from(outbox).where(eq(outbox.kind, 'tell-case'));
      return told.filter(({ key }) => key.startsWith(`tell:${caseId}:${signal}:`));
    },
    (rows) => rows.length > 0 && rows.every(({ lastError, doneAt }) => lastError !== null && doneAt === null),
  );

async function restore(client = product.temporal): Promise<void> {
  const { taskQueue } = product;
  const { db } = product.handle;
  for await (const { result } of restoreCases({ db, client, clock: await loadClock(db), taskQueue, settleMs: 0 })) {
    expect(result).toBe('restored');
  }
}

async function pushOfCancelled() {
  const { caseIds, input } = await accept(product);
  const push = caseIds[0]!;
  await begun(caseIds);
  await terminate(push);
  await accept(product, { uscc: input.uscc, scope: '', event: 'cancel' });
  return push;
}

/** As if the signal were in the history of the terminated workflow. */
async function heard(push: string): Promise<void> {
  const [row] = await missed(push, 'enterpriseCancelled');
  await product.handle.db.update(outbox).set({ doneAt: new Date() }).where(eq(outbox.id, row!.id));
}

/** A listing with an open notice for each department. */
async function listed() {
  const entry = listingEntry();
  const { body } = await product.post<AcceptedListing>('dengji', LISTINGS, entry);
  const owed = (type: 'sanctionNotice' | 'sanctionLifting') =>
    body.departments.map((departmentCode) => sanctionCaseId(type, { ...entry, departmentCode }));
  await begun([body.caseId, ...owed('sanctionNotice')]);
  const confirm = async (departmentCode: string) => {
    const [regionCode = ''] = departmentCode.split('-');
    const username = `officer-${departmentCode}`;
    const token = await newcomer(product, username, { role: 'department-officer', regionCode, departmentCode });
    const lifting = sanctionCaseId('sanctionLifting', { ...entry, departmentCode });
    await eventually(
      () => withToken(product, token, 'POST', casePath('sanction-liftings', lifting, 'confirm'), {}),
      ({ status }) => status === 200,
    );
  };
  const remove = async () => {
    const repair = { ground: 'obligation-performed', reason: '已履行义务' };
    expect((await product.post('dengji', casePath('listings', body.caseId, 'remove'), repair)).status).toBe(200);
    await begun(owed('sanctionLifting'));
  };
  return { listingId: body.caseId, departments: body.departments, notices: owed('sanctionNotice'), remove, confirm };
}

const removed = ['acceptListing', 'open', 'remove'];

describe('a case that was terminated', () => {
  it('a push, while its enterprise was cancelled, ends', async () => {
    const push = await pushOfCancelled();
    await missed(push, 'enterpriseCancelled');
    await restore();
    await comesTo(push, 'lapsed');
    expect(await actions(push)).toEqual(['open', 'restore', 'lapse']);
  });

  it('a push that was told, but terminated before it acted, is told again', async () => {
    const push = await pushOfCancelled();
    await heard(push);
    await restore();
    await comesTo(push, 'lapsed');
    expect(await actions(push)).toEqual(['open', 'restore', 'lapse']);
  });

  it('a push whose restoration died as soon as it was started is told again all the same', async () => {
    const push = await pushOfCancelled();
    await heard(push);
    const dying: WorkflowClientInterceptor = {
      // Its transaction is rolled back, as PostgreSQL does for a process that is gone.
      async start(input, next) {
        await next(input);
        throw new Error('killed');
      },
    };
    const { connection } = product.temporal;
    await expect(restore(new Client({ connection, interceptors: { workflow: [dying] } }))).rejects.toThrow('killed');
    await comesTo(push, 'lapsed');
    expect(await actions(push)).toEqual(['open', 'lapse']);
  });

  it('a notice, while its listing was removed, is withdrawn', async () => {
    const { notices, remove } = await listed();
    const [notice, ...others] = notices;
    await terminate(notice!);
    await remove();
    await missed(notice!, 'withdrawNotice');
    for (const other of others) await comesTo(other, 'withdrawn');
    await restore();
    await comesTo(notice!, 'withdrawn');
    expect(await actions(notice!)).toEqual(['open', 'restore', 'withdraw']);
  });

  it('a listing, while departments confirmed its lifting, is lifted', async () => {
    const { listingId, departments, remove, confirm } = await listed();
    await remove();
    await terminate(listingId);
    for (const department of departments) await confirm(department);
    await missed(listingId, 'liftingConfirmed');
    await restore();
    await comesTo(listingId, 'lifted');
    const confirmed = departments.map(() => 'recordLifting');
    expect(await actions(listingId)).toEqual([...removed, 'restore', ...confirmed, 'complete']);
  });

  it('a listing whose last confirmation was stored, but not its closing, is lifted', async () => {
    const { listingId, departments, remove, confirm } = await listed();
    await remove();
    await terminate(listingId);
    for (const department of departments) await confirm(department);
    await missed(listingId, 'liftingConfirmed');
    const [row] = await rowsOf([listingId]);
    const facts = { ...row!.facts, confirmed: departments };
    await product.handle.db.update(cases).set({ facts }).where(eq(cases.caseId, listingId));
    await restore();
    await comesTo(listingId, 'lifted');
    expect(await actions(listingId)).toEqual([...removed, 'restore', 'complete']);
  });
});
