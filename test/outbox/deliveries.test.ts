/** From a notice to real receivers: each once, in the receiver's format, whatever breaks on the way. */
import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { eq } from 'drizzle-orm';
import { notices } from '../../db/schema.ts';
import { storeNotices } from '../../db/notices/store-notices.ts';
import type { DeliveredNotice } from '../../domain/notices/delivery-message.ts';
import { eventually } from '../support/product.ts';
import { AGRICULTURE, DeliveryWorld } from './support/delivery-world.ts';
import type { Request } from './support/receivers.ts';
import type { Role } from '../../domain/organs/roles.ts';

let world: DeliveryWorld;
const subscribed: [string, string][] = [];

beforeAll(async () => {
  // A minute of law is 42 ms: retries come at once, and three days take three minutes. The lease outlasts a slow machine:
  // a batch that is still being sent when it ends would rightly go out twice.
  world = await DeliveryWorld.start({ secondsPerWorkingDay: 60, leaseSeconds: 5 });
});
afterAll(() => world.close());
afterEach(async () => {
  for (const [as, id] of subscribed.splice(0)) await world.unsubscribe(as, id);
  world.http.answer = () => ({});
  world.mail.fault = () => null;
  world.http.requests.length = 0;
  world.mail.mails.length = 0;
});

async function subscribe(as: string, input: Record<string, unknown>) {
  const made = await world.subscribe(as, input);
  subscribed.push([as, made.id]);
  return made;
}
const requests = (count: number) =>
  eventually(
    async () => world.http.requests,
    (seen) => seen.length >= count,
  );
const mails = (count: number) =>
  eventually(
    async () => world.mail.mails,
    (seen) => seen.length >= count,
  );
const settled = (keys: string[]) =>
  eventually(
    () => world.deliveries(),
    (rows) => keys.every((key) => rows.some((row) => row.key.startsWith(`${key}:`) && (row.delivered || row.dead))),
  );

/** Checks the signature as docs/notifications.md tells receivers to. */
function isGenuine({ headers, body }: Request, secret: string): boolean {
  const timestamp = String(headers['x-xietong-timestamp']);
  const expected = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
  const age = Math.abs(Date.now() / 1000 - Number(timestamp));
  return headers['x-xietong-signature'] === `sha256=${expected}` && age < 300;
}

describe('formats', () => {
  it('an e-mail says urgency, matter and article in Chinese, and names its delivery', async () => {
    const { id } = await subscribe('nongye', { channel: 'email', target: 'nongye@county.test' });
    const key = await world.tell('breach', { title: '逾期：反馈（长沙某公司）' });
    const [mail] = await mails(1);
    expect(mail).toMatchObject({ subject: '【逾期】逾期：反馈（长沙某公司）', to: { text: 'nongye@county.test' } });
    expect(mail!.text).toContain('依据：第七条第二款');
    expect(mail!.text).toContain('办理：https://console.test/pushes/push~TOLD-');
    expect(mail!.headers.get('x-xietong-delivery')).toBe(`${key}:${id}`);
    expect(mail!.headers.get('auto-submitted')).toBe('auto-generated');
    expect(mail!.messageId).toMatch(/^<[0-9a-f]{40}@platform\.test>$/);
  });

  it('a webhook is signed over time and body', async () => {
    const { id, secret } = await subscribe('nongye', { channel: 'webhook', target: world.http.url() });
    const key = await world.tell('reminder');
    const [request] = await requests(1);
    expect(isGenuine(request!, secret!)).toBe(true);
    expect(isGenuine({ ...request!, body: `${request!.body} ` }, secret!)).toBe(false);
    expect(request!.headers['x-xietong-delivery']).toBe(`${key}:${id}`);
    const body = JSON.parse(request!.body) as { delivery: string; digest: boolean; notices: DeliveredNotice[] };
    expect(body).toMatchObject({ delivery: `${key}:${id}`, digest: false });
    expect(body.notices).toEqual([expect.objectContaining({ key, urgency: 'reminder', departmentCode: AGRICULTURE })]);
  });

  it('a webhook of a case with a Chinese number carries its key percent-encoded, and whole in the body', async () => {
    const { id } = await subscribe('nongye', { channel: 'webhook', target: world.http.url() });
    const key = await world.tell('breach', {}, 'notice:listing~court-debtor~（2026）湘0103执12号');
    const [request] = await requests(1);
    const header = String(request!.headers['x-xietong-delivery']);
    expect(header).toMatch(/^[\x21-\x7e]+$/);
    expect(decodeURI(header)).toBe(`${key}:${id}`);
    expect(JSON.parse(request!.body)).toMatchObject({ delivery: `${key}:${id}` });
  });

  it('a webhook’s answer may be long: what counts is that it is a success', async () => {
    await subscribe('nongye', { channel: 'webhook', target: world.http.url() });
    world.http.answer = () => ({ body: 'x'.repeat(1_000_000) });
    const key = await world.tell();
    await settled([key]);
    expect(world.http.requests).toHaveLength(1);
    expect((await world.deliveries()).find((row) => row.key.startsWith(`${key}:`))).toMatchObject({ delivered: true });
  });

  it('a WeCom robot reads Markdown; what it refuses with 200 is tried again', async () => {
    await subscribe('nongye', { channel: 'wecom', target: world.http.url('/cgi-bin/webhook/send?key=k-1') });
    let calls = 0;
    world.http.answer = () => {
      calls += 1;
      return { body: JSON.stringify(calls === 1 ? { errcode: 45009, errmsg: 'freq out of limit' } : { errcode: 0 }) };
    };
    const key = await world.tell();
    const [first, second] = await requests(2);
    await settled([key]);
    expect(first!.path).toBe('/cgi-bin/webhook/send?key=k-1');
    expect(JSON.parse(first!.body)).toEqual({
      msgtype: 'markdown',
      markdown: {
        content: expect.stringMatching(
          /登记信息推送[^]*\n\n\[办理\]\(https:\/\/console\.test\/pushes\/push~TOLD-[^)]+\)$/,
        ),
      },
    });
    expect(second!.body).toBe(first!.body);
    expect(world.http.requests).toHaveLength(2);
  });

  it('a DingTalk robot reads Markdown, with time and signature in the address', async () => {
    const secret = 'SEC0123456789abcdef';
    await subscribe('nongye', { channel: 'dingtalk', target: world.http.url('/robot/send?access_token=t-1'), secret });
    world.http.answer = () => ({ body: '{"errcode":0,"errmsg":"ok"}' });
    await world.tell();
    const [request] = await requests(1);
    const { searchParams } = new URL(request!.path, 'http://robot.test');
    const timestamp = searchParams.get('timestamp');
    expect(searchParams.get('access_token')).toBe('t-1');
    expect(searchParams.get('sign')).toBe(
      createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64'),
    );
    expect(JSON.parse(request!.body)).toMatchObject({
      msgtype: 'markdown',
      markdown: { title: expect.stringContaining('告知'), text: expect.stringContaining('登记信息推送') },
    });
  });
});

describe('who is sent what', () => {
  it('exactly what the inbox shows, and a department’s subscription what its department is told', async () => {
    const accounts = ['nongye', 'weijian', 'shichang', 'shichang-lead', 'ducha', 'dengji', 'shengju', 'admin'];
    const own: Record<string, string> = {};
    for (const as of accounts)
      own[as] = (await subscribe(as, { channel: 'webhook', target: world.http.url(`/${as}`) })).id;
    const department = await subscribe('shichang-lead', {
      owner: 'department',
      channel: 'webhook',
      target: world.http.url('/department'),
    });
    const role = (name: Role, regionCode: string) => ({ departmentCode: null, role: name, regionCode });
    const keys = [
      await world.tell('info', { departmentCode: AGRICULTURE }),
      await world.tell('info', { departmentCode: '430103-market-regulation' }),
      await world.tell('info', role('supervisor', '430103')),
      await world.tell('info', role('supervisor', '430104')),
      await world.tell('info', role('registering-authority', '430103')),
      await world.tell('info', role('registering-authority', '430302')),
      await world.tell('info', role('platform-administrator', '431000')),
    ];
    await settled([keys.at(-1)!]);
    await eventually(
      () => world.deliveries(),
      (rows) => rows.every((row) => row.delivered),
    );
    const told = (await world.deliveries()).map(({ key }) => key);
    for (const as of accounts) {
      const { body } = await world.product.get<{ items: { key?: string; caseId: string }[] }>(
        as,
        '/api/v1/inbox?limit=200',
      );
      const { rows } = await world.product.handle.pool.query<{ key: string; case_id: string }>(
        'select key, case_id from notices where key = any($1)',
        [keys],
      );
      const shown = rows.filter((row) => body.items.some((item) => item.caseId === row.case_id)).map((row) => row.key);
      expect(shown.length, as).toBeGreaterThanOrEqual(as === 'weijian' ? 0 : 1);
      expect(told.filter((key) => key.endsWith(`:${own[as]}`)).sort(), as).toEqual(
        shown.map((key) => `${key}:${own[as]}`).sort(),
      );
    }
    expect(told.filter((key) => key.endsWith(`:${department.id}`))).toEqual([`${keys[1]}:${department.id}`]);
  });

  it('only the urgencies that were asked for', async () => {
    await subscribe('nongye', { channel: 'webhook', target: world.http.url(), urgencies: ['breach'] });
    await world.tell('info');
    await world.tell('reminder');
    const key = await world.tell('breach');
    await settled([key]);
    expect(world.http.keys).toEqual([expect.stringContaining(`${key}:`)]);
  });

  it('nothing of a cancelled subscription, and nothing for a closed account', async () => {
    const kept = await world.subscribe('weijian', { channel: 'webhook', target: world.http.url('/kept') });
    const cancelled = await world.subscribe('nongye', { channel: 'webhook', target: world.http.url('/cancelled') });
    world.http.answer = () => ({ status: 503 });
    await world.tell('info');
    await requests(1);
    await world.unsubscribe('nongye', cancelled.id);
    world.http.answer = () => ({});
    await world.product.handle.pool.query("update users set disabled_at = now() where username = 'weijian'");
    const before = (await world.deliveries()).length;
    const later = [await world.tell('info'), await world.tell('info', { departmentCode: '430103-health' })];
    await eventually(
      () => world.product.handle.pool.query('select 1 from notices where key = any($1)', [later]),
      ({ rows }) => rows.length === 2,
    );
    await world.product.handle.pool.query("update users set disabled_at = null where username = 'weijian'");
    const rows = await world.deliveries();
    expect(rows.length).toBeLessThanOrEqual(before);
    expect(rows.filter((row) => row.key.endsWith(cancelled.id) || row.key.endsWith(kept.id))).toEqual([]);
    await world.unsubscribe('weijian', kept.id);
  });
});

describe('exactly once', () => {
  it('fifty notices, several processes: each receiver has each once', async () => {
    await subscribe('nongye', { channel: 'email', target: 'nongye@county.test' });
    await subscribe('nongye', { channel: 'webhook', target: world.http.url() });
    world.deliver();
    world.deliver();
    const keys = await world.tellMany(50, 'reminder');
    await settled(keys);
    await mails(50);
    await requests(50);
    expect(new Set(world.mail.ids).size).toBe(50);
    expect(world.mail.mails).toHaveLength(50);
    expect(new Set(world.http.keys).size).toBe(50);
    expect(world.http.requests).toHaveLength(50);
  });

  it('an hour of no receivers loses nothing and doubles nothing', async () => {
    await subscribe('nongye', { channel: 'email', target: 'nongye@county.test' });
    await subscribe('nongye', { channel: 'webhook', target: world.http.url() });
    await Promise.all([world.mail.down(), world.http.down()]);
    const from = world.clock.toLegal(Date.now());
    const keys = await world.tellMany(20, 'breach');
    await eventually(
      async () => world.clock.toLegal(Date.now()) - from,
      (passed) => passed >= 3_600_000,
    );
    // Most were tried more than once meanwhile; how often depends on the speed of the machine.
    const isOurs = ({ key: delivery }: { key: string }) => keys.some((key) => delivery.startsWith(`${key}:`));
    await eventually(
      async () => (await world.deliveries()).filter((row) => isOurs(row) && row.attempts > 1),
      (triedAgain) => triedAgain.length > 20,
    );
    await Promise.all([world.mail.up(), world.http.up()]);
    await mails(20);
    await requests(20);
    await settled(keys);
    expect([...new Set(world.mail.ids)]).toHaveLength(20);
    expect(world.mail.mails).toHaveLength(20);
    expect(world.http.keys.map((key) => key.split(':').slice(0, 2).join(':')).sort()).toEqual([...keys].sort());
  });

  it('killed between sending and recording: sent again as the same message', async () => {
    await subscribe('nongye', { channel: 'email', target: 'nongye@county.test' });
    await subscribe('nongye', { channel: 'webhook', target: world.http.url() });
    await world.failToRecord(2);
    const key = await world.tell('breach');
    await mails(2);
    await requests(2);
    await settled([key]);
    expect(new Set(world.mail.ids).size).toBe(1);
    expect(new Set(world.http.keys).size).toBe(1);
    expect(world.http.requests[1]!.body).toBe(world.http.requests[0]!.body);
    // The outcome is stored now: there is no third delivery.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect([world.mail.mails.length, world.http.requests.length]).toEqual([2, 2]);
  });

  it('a notice that is stored twice fans out once', async () => {
    await subscribe('nongye', { channel: 'webhook', target: world.http.url() });
    const key = await world.tell('info');
    await settled([key]);
    const { db } = world.product.handle;
    const [row] = await db.select().from(notices).where(eq(notices.key, key));
    const payload = { ...row!, at: row!.at.toISOString() };
    await db.transaction((tx) => storeNotices(tx, world.clock, [{ key, payload }]));
    expect((await world.deliveries()).filter((one) => one.key.startsWith(`${key}:`))).toHaveLength(1);
  });
});

describe('what a receiver may do to us', () => {
  it('a redirect is not followed', async () => {
    await subscribe('nongye', { channel: 'webhook', target: world.http.url('/hook') });
    world.http.answer = ({ path }) =>
      path === '/hook' ? { status: 307, headers: { location: world.http.url('/metadata') } } : {};
    await world.tell('info');
    await requests(2);
    expect(new Set(world.http.requests.map(({ path }) => path))).toEqual(new Set(['/hook']));
    const [row] = await eventually(
      async () => (await world.deliveries()).filter((one) => !one.delivered),
      (rows) => rows[0]?.error != null,
    );
    expect(row!.error).toContain('不跟随跳转');
  });

  it('an endless answer is cut off, and no success', async () => {
    await subscribe('nongye', { channel: 'wecom', target: world.http.url('/send?key=1') });
    world.http.answer = () => ({ body: JSON.stringify({ errcode: 0, padding: 'x'.repeat(200_000) }) });
    await world.tell('info');
    const [row] = await eventually(
      async () => (await world.deliveries()).filter((one) => !one.delivered),
      (rows) => rows[0]?.error != null,
    );
    expect(row).toMatchObject({ error: expect.stringContaining('应答过长'), dead: false });
  });
});
