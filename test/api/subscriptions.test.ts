/** 通知订阅: whose it is, what may be asked, and what is never read back. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createSenders } from '../../outbox/senders.ts';
import { loadConfig } from '../../config.ts';
import { HttpReceiver } from '../outbox/support/receivers.ts';
import { insideSenders } from '../outbox/support/delivery-world.ts';
import { Product } from '../support/product.ts';
import { expectProblem, NOWHERE } from './support/requests.ts';

const PATH = '/api/v1/subscriptions';

interface Subscription {
  id: string;
  owner: string;
  channel: string;
  target: string;
  hasSecret: boolean;
  secret?: string;
  urgencies: string[];
  digestHour: number | null;
  quietFromHour: number | null;
}

/** The answer of a name server that an attacker controls, changed by the test. */
let addresses = ['127.0.0.1'];
let http: HttpReceiver;
let product: Product;

beforeAll(async () => {
  http = await HttpReceiver.start();
  const resolve = async () => addresses;
  product = await Product.start({
    worker: false,
    temporalAddress: NOWHERE,
    senders: insideSenders(http, undefined, resolve),
  });
});
afterAll(async () => {
  await product.close();
  await http.down();
});
afterEach(async () => {
  addresses = ['127.0.0.1'];
  http.requests.length = 0;
  http.answer = () => ({});
  await product.handle.pool.query('delete from subscriptions');
});

const webhook = (more: object = {}) => ({ channel: 'webhook', target: http.url(), ...more });
const create = (as: string | null, body: unknown) => product.post<Subscription>(as, PATH, body);
const list = async (as: string) => (await product.get<{ items: Subscription[] }>(as, PATH)).body.items;
const at = (id: string, verb = '') => `${PATH}/${id}${verb && `/${verb}`}`;

describe('subscribing', () => {
  it('a webhook’s secret is made for it, shown once and never again', async () => {
    const { status, body } = await create('nongye', webhook());
    expect(status).toBe(201);
    expect(body.secret).toMatch(/^[\w-]{43}$/);
    expect(body).toMatchObject({
      owner: 'me',
      hasSecret: true,
      urgencies: ['info', 'reminder', 'breach', 'supervision'],
      digestHour: null,
      quietFromHour: null,
    });
    const [seen] = await list('nongye');
    expect(seen).toMatchObject({ id: body.id, hasSecret: true });
    expect(JSON.stringify(seen)).not.toContain(body.secret);
  });

  it('a secret of one’s own is not repeated, nor a robot’s key', async () => {
    const secret = 'a-secret-of-my-own-1';
    const own = await create('nongye', webhook({ secret }));
    expect(JSON.stringify(own.body)).not.toContain(secret);
    const robot = await create('nongye', { channel: 'wecom', target: http.url('/send?key=robot-key') });
    expect(robot.body).toMatchObject({ target: `${http.url('/send')}?***`, hasSecret: false });
    expect(JSON.stringify([robot.body, await list('nongye')])).not.toContain('robot-key');
  });

  const REFUSED: [string, object, string][] = [
    ['no such channel', { channel: 'fax', target: '123' }, 'input.invalid'],
    ['no urgency', webhookLike({ urgencies: [] }), 'input.invalid'],
    ['an unknown urgency', webhookLike({ urgencies: ['never'] }), 'input.invalid'],
    ['hour 24', webhookLike({ digestHour: 24 }), 'input.invalid'],
    ['half an hour', webhookLike({ digestHour: 8.5 }), 'input.invalid'],
    ['quiet hours with one end', webhookLike({ quietFromHour: 22 }), 'input.invalid'],
    ['quiet hours of no length', webhookLike({ quietFromHour: 22, quietUntilHour: 22 }), 'input.invalid'],
    ['a short secret', webhookLike({ secret: 'short' }), 'input.invalid'],
    ['a secret for WeCom', { ...webhookLike(), channel: 'wecom', secret: 'x'.repeat(20) }, 'input.invalid'],
    ['no mail address', { channel: 'email', target: 'nobody' }, 'input.invalid'],
    ['two mail addresses', { channel: 'email', target: 'a@b.cn, c@d.cn' }, 'input.invalid'],
    ['a header in a mail address', { channel: 'email', target: 'a@b.cn\r\nBcc: c@d.cn' }, 'input.invalid'],
    ['somebody else', webhookLike({ username: 'weijian' }), 'input.invalid'],
    ['the inside', webhookLike({ target: 'https://10.0.0.1/' }), 'subscription.target-refused'],
    ['a port of no web server', webhookLike({ target: 'https://93.184.216.34:5432/' }), 'subscription.target-refused'],
    ['e-mail without a mail server', { channel: 'email', target: 'a@b.cn' }, 'subscription.channel-unavailable'],
  ];
  function webhookLike(more: object = {}) {
    return { channel: 'webhook', target: 'https://93.184.216.34/', ...more };
  }
  it.each(REFUSED)('refuses %s', async (_, body, code) => {
    const problem = expectProblem(await create('nongye', body), code as never);
    expect(problem.remedy).toMatch(/\p{Script=Han}/u);
    expect(await list('nongye')).toEqual([]);
  });

  it('says what e-mail lacks', async () => {
    const problem = expectProblem(
      await create('nongye', { channel: 'email', target: 'a@b.cn' }),
      'subscription.channel-unavailable',
    );
    expect(problem.remedy).toContain('SMTP_URL');
  });

  it('twenty at most', async () => {
    for (let n = 0; n < 20; n += 1) expect((await create('nongye', webhook())).status).toBe(201);
    expectProblem(await create('nongye', webhook()), 'subscription.too-many');
    expect((await create('weijian', webhook())).status).toBe(201);
  });
});

describe('whose', () => {
  it('a department’s are its lead’s to keep', async () => {
    for (const as of ['shichang', 'ducha', 'admin'])
      expectProblem(await create(as, webhook({ owner: 'department' })), 'access.denied');
    const { body } = await create('shichang-lead', webhook({ owner: 'department' }));
    expect(body.owner).toBe('department');
    expect(await list('shichang')).toEqual([]);
    expectProblem(await product.request('shichang', 'DELETE', at(body.id)), 'resource.not-found');
    expect((await product.request('shichang-lead', 'DELETE', at(body.id))).status).toBe(204);
  });

  it('another’s is not found, by whatever verb', async () => {
    const { body } = await create('nongye', webhook());
    for (const as of ['weijian', 'shichang-lead', 'admin']) {
      expect(await list(as)).toEqual([]);
      expectProblem(await product.request(as, 'PATCH', at(body.id), { digestHour: 9 }), 'resource.not-found');
      expectProblem(await product.request(as, 'DELETE', at(body.id)), 'resource.not-found');
      expectProblem(await product.post(as, at(body.id, 'test')), 'resource.not-found');
    }
    expect(http.requests).toEqual([]);
    expectProblem(await create(null, webhook()), 'auth.required');
    expectProblem(await product.get(null, PATH), 'auth.required');
  });
});

describe('changing', () => {
  it('preferences and secret change, channel and address do not', async () => {
    const { body } = await create('nongye', webhook());
    const change = { urgencies: ['breach'], digestHour: 9, quietFromHour: 22, quietUntilHour: 7 };
    const changed = await product.request<Subscription>('nongye', 'PATCH', at(body.id), change);
    expect(changed.body).toMatchObject({ id: body.id, ...change });
    expect((await list('nongye'))[0]).toMatchObject(change);
    expectProblem(await product.request('nongye', 'PATCH', at(body.id), { target: 'https://b.cn/' }), 'input.invalid');
    expectProblem(await product.request('nongye', 'PATCH', at(body.id), { quietUntilHour: null }), 'input.invalid');
    expectProblem(await product.request('nongye', 'PATCH', at(body.id), { quietUntilHour: 22 }), 'input.invalid');
    const same = await product.request<Subscription>('nongye', 'PATCH', at(body.id), {});
    expect(same.body).toMatchObject(change);
    const robot = await create('nongye', { channel: 'wecom', target: http.url('/send?key=k') });
    expectProblem(
      await product.request('nongye', 'PATCH', at(robot.body.id), { secret: 'x'.repeat(20) }),
      'input.invalid',
    );
  });

  it('a cancelled one is gone', async () => {
    const { body } = await create('nongye', webhook());
    expect((await product.request('nongye', 'DELETE', at(body.id))).status).toBe(204);
    expect(await list('nongye')).toEqual([]);
    expectProblem(await product.request('nongye', 'DELETE', at(body.id)), 'resource.not-found');
  });
});

describe('trying out', () => {
  const tryOut = async (id: string) =>
    (await product.post<{ delivered: boolean; reason: string | null }>('nongye', at(id, 'test'))).body;

  it('says whether it arrived, and if not why', async () => {
    const { body } = await create('nongye', webhook());
    expect(await tryOut(body.id)).toEqual({ delivered: true, reason: null });
    expect(http.requests[0]!.body).toContain('试发');
    http.answer = () => ({ status: 500 });
    expect(await tryOut(body.id)).toEqual({ delivered: false, reason: '接收方返回 HTTP 500' });
    await http.down();
    expect(await tryOut(body.id)).toEqual({ delivered: false, reason: '无法送达接收方：ECONNREFUSED' });
    await http.up();
  });

  it('connects to the address that was checked, under the name that was given', async () => {
    // No name server knows this name, so only the checked address can have been used.
    const { body } = await create('nongye', webhook({ target: http.url('/hook', 'hook.xietong.invalid') }));
    expect(await tryOut(body.id)).toEqual({ delivered: true, reason: null });
    expect(http.requests[0]!.headers.host).toBe(`hook.xietong.invalid:${http.port}`);
  });

  it('a name that now points to the inside is refused at sending, too', async () => {
    const { body } = await create('nongye', webhook({ target: http.url('/hook', 'hook.xietong.invalid') }));
    addresses = ['10.0.0.1'];
    expect(await tryOut(body.id)).toEqual({ delivered: false, reason: '该地址指向内部网络或保留地址' });
    expect(http.requests).toEqual([]);
  });

  it('may not be used to send without end', async () => {
    const { body } = await create('nongye', webhook());
    const answers = [];
    for (let n = 0; n < 12; n += 1) answers.push((await product.post('nongye', at(body.id, 'test'))).status);
    expect(answers).toContain(429);
  });
});

describe('settings', () => {
  const load = (env: Record<string, string>) => loadConfig({ DATABASE_URL: 'postgres://x', ...env });

  it('by default: no mail, https to public addresses at the web’s ports', () => {
    expect(load({})).toMatchObject({
      SMTP_URL: '',
      WEBHOOK_ALLOW_HTTP: false,
      WEBHOOK_PORTS: [443, 80, 8443, 8080],
      WEBHOOK_ALLOWED_HOSTS: [],
      WEBHOOK_ALLOWED_CIDRS: [],
    });
    expect(() => createSenders(load({}))).not.toThrow();
  });

  it('lists are read, and what is wrong is named', () => {
    expect(load({ WEBHOOK_PORTS: '443, 9443', WEBHOOK_ALLOWED_CIDRS: '10.0.0.0/8,fd00::/8' })).toMatchObject({
      WEBHOOK_PORTS: [443, 9443],
      WEBHOOK_ALLOWED_CIDRS: ['10.0.0.0/8', 'fd00::/8'],
    });
    expect(() => load({ SMTP_URL: 'mail.example.cn' })).toThrow(/SMTP_URL/);
    expect(() => load({ WEBHOOK_PORTS: '443,http' })).toThrow(/WEBHOOK_PORTS/);
    expect(() => load({ WEBHOOK_ALLOWED_CIDRS: '10.0.0.0' })).toThrow(/WEBHOOK_ALLOWED_CIDRS/);
  });
});
