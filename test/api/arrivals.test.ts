/** A command’s instant is that of its first arrival in the system (电子签名法第十一条), whatever is away behind the door. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createCaseRecords } from '../../activities/case-records.ts';
import { buildApp } from '../../api/app.ts';
import { createCaseCommands, lazyClient } from '../../api/temporal.ts';
import type { App } from '../../api/context.ts';
import type { Clock } from '../../domain/clock/clock.ts';
import { registrationPushBodies } from '../../domain/case-types/registration-push/commands.ts';
import type { CommandResult } from '../../domain/case/case.ts';
import type { CaseDetail } from '../../api/cases/detail.ts';
import type { Problem } from '../../api/plugins/problems.ts';
import { forgetOldArrivals } from '../../db/intake/arrivals.ts';
import { loadClock } from '../../db/reference/clock-setting.ts';
import { updateOf } from '../../workflows/lib/updates.ts';
import { eventually, Product } from '../support/product.ts';
import { bareApi } from './support/bare-api.ts';
import { accept, begunCase, casePath, expectProblem, NOWHERE } from './support/requests.ts';

const FEEDBACK = 'registrationPush.feedback';
const ANSWER = { outcome: 'not-applied' };
const NONGYE = {
  username: 'nongye',
  role: 'department-officer',
  regionCode: '430103',
  departmentCode: '430103-agriculture',
} as const;

let product: Product;
let clock: Clock;
/** A second API on the same database, which does not reach the process engine. */
let cutOff: App;
beforeAll(async () => {
  product = await Product.start({ secondsPerWorkingDay: 4 });
  const { db } = product.handle;
  clock = await loadClock(db);
  const nowhere = lazyClient({ address: NOWHERE }, 'default', []);
  const commands = createCaseCommands({ client: nowhere, db, clock, taskQueue: product.taskQueue, patience: 1000 });
  const api = { ...(await bareApi(db, nowhere)), commands };
  cutOff = await buildApp({ api, logger: false, cookieSecure: false, rateLimit: 1000 });
});
afterAll(async () => {
  await cutOff.close();
  await product.close();
});
afterEach(() => product.resumeWorker());

const give = (verb: string, caseId: string, key: string, body: object, as = 'nongye') =>
  product.post<CommandResult & Problem>(as, casePath('pushes', caseId, verb), body, { 'idempotency-key': key });

const without = async (verb: string, caseId: string, key: string, body: object) => {
  const headers = { authorization: `Bearer ${await product.tokenOf('nongye')}`, 'idempotency-key': key };
  const url = casePath('pushes', caseId, verb);
  const answer = await cutOff.inject({ method: 'POST', url, headers, payload: body });
  return {
    status: answer.statusCode,
    headers: new Headers(answer.headers as Record<string, string>),
    body: answer.json(),
  };
};

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, Math.max(ms, 0)));

const stamps = async (caseId: string) => {
  const { rows } = await product.handle.pool.query<{ arrived_at: Date }>(
    'select arrived_at from arrivals where case_id = $1 order by arrived_at',
    [caseId],
  );
  return rows.map((row) => row.arrived_at);
};

const limitOf = async (caseId: string) => {
  const { body } = await product.get<CaseDetail>('nongye', casePath('pushes', caseId));
  return body.deadlines.find(({ limitId }) => limitId === FEEDBACK)!;
};

async function claimed() {
  const { caseIds } = await accept(product);
  const [caseId] = caseIds as [string];
  await begunCase(product, 'nongye', 'pushes', caseId);
  expect(await give('claim', caseId, 'claim-1', {})).toMatchObject({ status: 200 });
  return caseId;
}

describe('a command', () => {
  it('that could not reach its process before midnight is in time when it is sent again after it', async () => {
    const caseId = await claimed();
    const { dueAt } = await limitOf(caseId);
    expectProblem(await without('feedback', caseId, 'answer-1', ANSWER), 'process.unavailable');
    const [first] = await stamps(caseId);
    expect(clock.toLegal(first!.getTime())).toBeLessThan(new Date(dueAt).getTime());
    expectProblem(await without('feedback', caseId, 'answer-1', ANSWER), 'process.unavailable');
    expect(await stamps(caseId)).toEqual([first]);
    await eventually(
      () => limitOf(caseId),
      ({ breachedAt }) => breachedAt !== null,
      90_000,
    );

    const again = await give('feedback', caseId, 'answer-1', ANSWER);
    expect(again).toMatchObject({ status: 200, body: { late: false } });
    expect(await limitOf(caseId)).toMatchObject({ breachedAt: null });
    expect(await stamps(caseId)).toEqual([]);
    // Once carried out, it is answered from the ledger.
    expect((await give('feedback', caseId, 'answer-1', ANSWER)).body).toEqual(again.body);
    expect(await stamps(caseId)).toEqual([]);
  }, 120_000);

  it('that waits over midnight for a worker is in time', async () => {
    const caseId = await claimed();
    const due = clock.toEngine(new Date((await limitOf(caseId)).dueAt).getTime());
    await sleep(due - 3000 - Date.now());
    await product.stopWorker();
    const answer = give('feedback', caseId, 'answer-3', ANSWER);
    await eventually(
      () => stamps(caseId),
      (seen) => seen.length === 1,
    );
    await sleep(due + 500 - Date.now());
    await product.resumeWorker();
    // The patience of the API may have ended; whoever repeats his command finds it done, or has it done now.
    const { status } = await answer;
    const again = status === 200 ? await answer : await give('feedback', caseId, 'answer-3', ANSWER);
    expect(again).toMatchObject({ status: 200, body: { late: false } });
    expect(await limitOf(caseId)).toMatchObject({ breachedAt: null });
  }, 120_000);

  it('that is another one, or another’s, under the same key does not inherit the arrival', async () => {
    const caseId = await claimed();
    await without('feedback', caseId, 'answer-2', ANSWER);
    await without('feedback', caseId, 'answer-2', { outcome: 'permit-refused', reason: '不符合条件' });
    expect(await stamps(caseId)).toHaveLength(2);
    expectProblem(await give('feedback', caseId, 'answer-2', ANSWER, 'weijian'), 'resource.not-found');
    expect(await stamps(caseId)).toHaveLength(2);
  }, 60_000);

  it('that is refused leaves no arrival to be counted from later', async () => {
    const { caseIds } = await accept(product);
    const [caseId] = caseIds as [string];
    await begunCase(product, 'nongye', 'pushes', caseId);
    expectProblem(await give('feedback', caseId, 'early-1', ANSWER), 'transition.refused');
    expect(await stamps(caseId)).toEqual([]);
    await give('feedback', 'push~nobody~x~1', 'early-2', ANSWER);
    expect(await stamps('push~nobody~x~1')).toEqual([]);
  });

  it('fifty times at once has one arrival and one answer', async () => {
    const caseId = await claimed();
    const answers = await Promise.all(Array.from({ length: 50 }, () => give('feedback', caseId, 'fifty', ANSWER)));
    expect(new Set(answers.map(({ body }) => body.step)).size).toBe(1);
    expect(await stamps(caseId)).toEqual([]);
  });

  it('that a worker had written, closing the case, before its workflow was ended has its answer', async () => {
    const caseId = await claimed();
    const { handle, temporal, taskQueue } = product;
    const kept = { key: 'written', requestHash: 'x', result: { caseId, stage: 'fedBack', late: false } };
    const stage = { before: 'claimed', after: 'fedBack' };
    const nothing = { facts: {}, limits: [], notify: [], effects: [], followUps: [] };
    const did = { action: 'feedBack', actor: NONGYE, article: '第七条第三款', at: Date.now() };
    const step = { ...nothing, ...did, caseId, token: 'cmd:written', stage, command: kept };
    const { step: number } = await createCaseRecords({ db: handle.db, clock }).recordStep(step);
    await temporal.workflow.getHandle(caseId).terminate();
    const commands = createCaseCommands({ client: temporal, db: handle.db, clock, taskQueue });
    const send = (key: string) =>
      commands.send(caseId, updateOf(registrationPushBodies, 'feedBack'), {
        actor: NONGYE,
        key,
        requestHash: 'x',
        body: { outcome: 'not-applied' },
      });
    expect(await send('written')).toMatchObject({ result: { ...kept.result, step: number } });
    await expect(send('another')).rejects.toMatchObject({ code: 'case.closed' });
  });

  it('whose process died before it could forget is forgotten later, and one without an answer is kept', async () => {
    const [done, waiting] = [await claimed(), await claimed()];
    const insert = 'insert into arrivals (case_id, key, request_hash, arrived_at) values ($1, $2, $3, now())';
    await product.handle.pool.query(insert, [done, 'claim-1', 'x']);
    await product.handle.pool.query(insert, [waiting, 'no-answer', 'x']);
    await forgetOldArrivals(product.handle.db);
    expect(await stamps(done)).toEqual([]);
    expect(await stamps(waiting)).toHaveLength(1);
  });
});
