/** With keys, nothing that officials type is readable in Temporal, and only overseeing roles may decrypt it. */
import { randomBytes } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deadlines } from '../../db/schema.ts';
import type { Problem } from '../../api/plugins/problems.ts';
import type { CommandResult } from '../../domain/case/case.ts';
import { withCheckDigit } from '../../domain/uscc.ts';
import { codecsOf } from '../../temporal/payload-codec.ts';
import { casePath, registration, started } from '../api/support/requests.ts';
import { payloadsOf, readableIn, textOf, type PayloadJson } from '../support/payloads.ts';
import { eventually, Product } from '../support/product.ts';

const REASON = '该企业实际经营地在外省，联系人李四';
const RETURN = { reasonCode: 'wrong-department', reason: REASON };
const UI = 'http://127.0.0.1:8233';

let product: Product;
beforeAll(async () => {
  product = await Product.start({ payloadCodecs: codecsOf([{ id: 'test', key: randomBytes(32) }]) });
});
afterAll(() => product.close());

async function openPush() {
  const registrationNo = `ENC-${process.pid}-${Date.now()}`;
  const input = {
    registrationNo,
    uscc: withCheckDigit('91430103MA4000123'),
    name: '天心区加密试验企业',
    regionCode: '430103',
    scope: '许可项目：农药零售。',
  };
  const accepted = await product.post<{ caseIds: string[] }>('dengji', '/api/v1/registrations', input);
  const [caseId] = accepted.body.caseIds;
  await started(product, [caseId!]);
  return { caseId: caseId!, path: casePath('pushes', caseId!) };
}

describe('a case under encryption', () => {
  it('runs as usual, and its history shows no reasons', async () => {
    const { caseId, path } = await openPush();
    const returned = await product.post<CommandResult>('nongye', `${path}/return`, RETURN);
    expect(returned.body).toMatchObject({ stage: 'returned' });
    const { events } = await product.temporal.workflow.getHandle(caseId).fetchHistory();
    const payloads = payloadsOf(events);
    const encrypted = payloads.filter(({ metadata }) => 'encryption-key-id' in metadata);
    expect(encrypted.length).toBeGreaterThan(3);
    expect(readableIn(events)).toContain(caseId);
    expect(readableIn(events)).not.toContain('李四');

    const open = await product.post<{ payloads: PayloadJson[] }>('ducha', '/codec/decode', { payloads });
    expect(open.status).toBe(200);
    const decoded = open.body.payloads.map(textOf);
    expect(decoded).toHaveLength(payloads.length);
    expect(decoded.join('\n')).toContain(REASON);
  });
});

describe('a step that cannot be written', () => {
  it('is retried, and Temporal shows neither its values nor, without a key, the failure', async () => {
    const { db } = product.handle;
    const { path, caseId } = await openPush();
    await db.execute(sql`alter table audit_log add constraint no_return check (action <> 'return') not valid`);
    const returned = product.post<CommandResult>('nongye', `${path}/return`, RETURN, { 'idempotency-key': caseId });
    const workflow = product.temporal.workflow.getHandle(caseId);
    const [pending] = await eventually(
      async () => (await workflow.describe()).raw.pendingActivities ?? [],
      ([activity]) => activity?.lastFailure != null,
    );
    await db.execute(sql`alter table audit_log drop constraint no_return`);
    await returned;
    // With the same key, because the first try was put off.
    await eventually(
      () => product.post<CommandResult>('nongye', `${path}/return`, RETURN, { 'idempotency-key': caseId }),
      ({ status }) => status === 200,
    );
    const { events } = await workflow.fetchHistory();
    const failed = (events ?? []).find(({ activityTaskStartedEventAttributes: tried }) => tried?.lastFailure);
    for (const failure of [pending!.lastFailure!, failed!.activityTaskStartedEventAttributes!.lastFailure!]) {
      const payloads = payloadsOf(failure.encodedAttributes);
      expect(payloads).toHaveLength(1);
      for (const { metadata } of payloads) expect(metadata).toHaveProperty('encryption-key-id');
      expect(readableIn(failure)).not.toMatch(/李四|Failed query/);
      const open = await product.post<{ payloads: PayloadJson[] }>('ducha', '/codec/decode', { payloads });
      const told = textOf(open.body.payloads[0]!);
      expect(told).toContain('Failed query: with');
      expect(told).not.toContain('李四');
    }
  });

  it('does not make refusals unreadable', async () => {
    const { path } = await openPush();
    const refused = await product.post<Problem>('nongye', `${path}/feedback`, { outcome: 'not-applied' });
    expect(refused.body).toMatchObject({
      code: 'transition.refused',
      detail: expect.stringMatching(/^\p{Script=Han}/u),
    });
  });
});

describe('a calendar that is published under encryption', () => {
  it('reaches the running cases encrypted, as all that they are told', async () => {
    const { body } = await product.post<{ caseIds: string[] }>('shengju', '/api/v1/registrations', registration());
    const [caseId] = body.caseIds;
    const { db } = product.handle;
    const [duty] = await eventually(
      () => db.select().from(deadlines).where(eq(deadlines.caseId, caseId!)),
      (rows) => rows.length > 0,
    );
    const closure = { restDays: [duty!.dueDate], title: '临时放假', reason: '湘政办函〔2026〕99号' };
    await product.post('admin', '/api/v1/admin/calendars/closures', closure);
    const signals = await eventually(
      async () => {
        const { events } = await product.temporal.workflow.getHandle(caseId!).fetchHistory();
        return events!.flatMap((event) => event.workflowExecutionSignaledEventAttributes ?? []);
      },
      (seen) => seen.length > 0,
    );
    const payloads = payloadsOf(signals);
    expect(payloads.length).toBeGreaterThan(0);
    for (const { metadata } of payloads) expect(metadata).toHaveProperty('encryption-key-id');
    const moved = await eventually(
      () => db.select().from(deadlines).where(eq(deadlines.caseId, caseId!)),
      (rows) => rows.every(({ dueDate }) => dueDate !== duty!.dueDate),
    );
    expect(moved).not.toEqual([]);
  });
});

describe('the codec endpoint', () => {
  const nothing = { payloads: [] };

  it('decrypts for nobody without sign-in, and for no department', async () => {
    expect((await product.post<Problem>(null, '/codec/decode', nothing)).body.code).toBe('auth.required');
    for (const who of ['nongye', 'nongye-lead', 'dengji']) {
      expect((await product.post<Problem>(who, '/codec/decode', nothing)).body.code).toBe('access.denied');
    }
    for (const who of ['ducha', 'admin', 'shenji']) {
      expect((await product.post(who, '/codec/decode', nothing)).status).toBe(200);
    }
  });

  it('says what is wrong with a payload that it cannot decrypt', async () => {
    const base64 = (text: string) => Buffer.from(text).toString('base64');
    const foreign = {
      metadata: { encoding: base64('binary/encrypted'), 'encryption-key-id': base64('lost') },
      data: base64('x'),
    };
    const answer = await product.post<Problem>('ducha', '/codec/decode', { payloads: [foreign] });
    expect(answer.body).toMatchObject({ status: 400, code: 'input.invalid', article: '第十九条' });
    expect(answer.body.detail).toContain('lost');
    expect((await product.post('ducha', '/codec/decode', { payloads: [{ data: '不是base64' }] })).status).toBe(400);
  });

  it('answers a supervisor’s browser that shows the Temporal UI, and no other page that has the session', async () => {
    const credentials = { username: 'ducha', password: 'xietong-demo' };
    const signedIn = await product.post(null, '/api/v1/session', credentials);
    const cookie = signedIn.headers.get('set-cookie')!.split(';')[0]!;
    const decode = (origin: string) =>
      product.request(null, 'POST', '/codec/decode', nothing, { cookie, origin, 'sec-fetch-site': 'same-site' });
    expect((await decode(UI)).status).toBe(200);
    expect((await decode('http://127.0.0.1:9999')).status).toBe(403);
  });

  it('lets a browser in from the Temporal UI and from no other page', async () => {
    const preflight = (origin: string) =>
      fetch(`${product.url}/codec/decode`, {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'content-type,x-namespace',
        },
      });
    const own = await preflight(UI);
    expect(own.status).toBe(204);
    expect(own.headers.get('access-control-allow-origin')).toBe(UI);
    expect(own.headers.get('access-control-allow-credentials')).toBe('true');
    const other = await preflight('https://evil.example');
    expect(other.headers.get('access-control-allow-origin')).not.toBe('https://evil.example');
  });
});
