/** 未送达通知: given up after three days or at a final refusal, listed, and sent again under their old key. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/product.ts';
import { expectProblem } from '../api/support/requests.ts';
import { DeliveryWorld } from './support/delivery-world.ts';

const LETTERS = '/api/v1/dead-letters';

interface Letter {
  id: number;
  key: string;
  subscriptionId: string;
  channel: string;
  target: string;
  title: string;
  notices: number;
  attempts: number;
  lastError: string;
}

interface Replayed {
  id: number;
  result: string;
  message: string;
}

let world: DeliveryWorld;

beforeAll(async () => {
  // Three days take three seconds.
  world = await DeliveryWorld.start({ secondsPerWorkingDay: 1 });
});
afterAll(() => world.close());
afterEach(() => {
  world.http.answer = () => ({});
  world.mail.fault = () => null;
  world.http.requests.length = 0;
  world.mail.mails.length = 0;
});

const letters = async (query = '') =>
  (await world.product.get<{ items: Letter[] }>('admin', `${LETTERS}${query}`)).body.items;
const lettersOf = (subscriptionId: string, count = 1) =>
  eventually(
    () => letters(`?subscriptionId=${subscriptionId}`),
    (items) => items.length >= count,
  );
// The route takes no body.
const replay = (id: number, as = 'admin') => world.product.request<Replayed>(as, 'POST', `${LETTERS}/${id}/replay`);
const webhook = (path: string) =>
  world.subscribe('nongye', { channel: 'webhook', target: world.http.url(`${path}?token=t-1`), urgencies: ['breach'] });

describe('giving up', () => {
  it('three days of failures, with growing intervals, and then no more', async () => {
    const { id } = await webhook('/down');
    world.http.answer = () => ({ status: 503 });
    const since = Date.now();
    await world.tell('breach', { title: '逾期：三天' });
    const [letter] = await lettersOf(id);
    expect(letter).toMatchObject({ username: 'nongye', recipient: expect.stringMatching(/\p{Script=Han}/u) });
    expect(Date.now() - since).toBeGreaterThan(2900);
    expect(letter).toMatchObject({
      title: '逾期：三天',
      lastError: '接收方返回 HTTP 503',
      notices: 1,
      channel: 'webhook',
    });
    expect(letter!.attempts).toBeGreaterThan(5);
    expect(letter!.target).toBe(`${world.http.url('/down')}?***`);
    const tried = world.http.requests.length;
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(world.http.requests).toHaveLength(tried);
    await world.unsubscribe('nongye', id);
  });

  it('at once where the receiver says that it is gone (HTTP 410)', async () => {
    const { id } = await webhook('/gone');
    world.http.answer = () => ({ status: 410 });
    await world.tell('breach');
    const [letter] = await lettersOf(id);
    expect(letter).toMatchObject({ attempts: 1, lastError: expect.stringContaining('410') });
    await world.unsubscribe('nongye', id);
  });

  it('at once where the mail server refuses the recipient (5xx), not where it defers (4xx)', async () => {
    const subscribe = (target: string) =>
      world.subscribe('nongye', { channel: 'email', target, urgencies: ['breach'] });
    const [unknown, full] = [await subscribe('unknown@county.test'), await subscribe('full@county.test')];
    let deferred = 0;
    world.mail.fault = (recipient) => {
      if (recipient.startsWith('unknown')) return { responseCode: 550 };
      deferred += 1;
      return deferred === 1 ? { responseCode: 452 } : null;
    };
    await world.tell('breach');
    const [letter] = await lettersOf(unknown.id);
    expect(letter).toMatchObject({ attempts: 1, lastError: '邮件服务器拒收该收件人（550）' });
    const [mail] = await eventually(
      async () => world.mail.mails,
      (mails) => mails.length === 1,
    );
    expect(mail!.to).toMatchObject({ text: 'full@county.test' });
    expect(deferred).toBe(2);
    for (const { id } of [unknown, full]) await world.unsubscribe('nongye', id);
  });
});

describe('sending again', () => {
  it('goes out under its old key once the receiver is back, and leaves the list', async () => {
    const { id } = await webhook('/back');
    world.http.answer = () => ({ status: 410 });
    await world.tell('breach');
    const [letter] = await lettersOf(id);
    world.http.answer = () => ({});
    const { status, body } = await replay(letter!.id);
    expect([status, body]).toEqual([200, { id: letter!.id, result: 'replayed', message: '已重新发送' }]);
    await eventually(
      async () => world.http.keys,
      (keys) => keys.length === 2,
    );
    expect(new Set(world.http.keys)).toEqual(new Set([letter!.key]));
    expect(await letters(`?subscriptionId=${id}`)).toEqual([]);
    expect((await replay(letter!.id)).body).toMatchObject({ result: 'not-dead' });
    await world.unsubscribe('nongye', id);
  });

  it('all of a subscription, with a result each; others’ stay', async () => {
    const [one, other] = [await webhook('/one'), await webhook('/other')];
    world.http.answer = () => ({ status: 410 });
    await world.tellMany(5, 'breach');
    const dead = await lettersOf(one.id, 5);
    await lettersOf(other.id, 5);
    world.http.requests.length = 0;
    world.http.answer = () => ({});
    const { body } = await world.product.post<{ items: Replayed[]; remaining: number }>(
      'admin',
      `${LETTERS}/replay-all`,
      {
        subscriptionId: one.id,
      },
    );
    expect(body.remaining).toBe(0);
    expect(body.items).toEqual(
      dead.map(({ id }) => ({ id, result: 'replayed', message: '已重新发送' })).toSorted((a, b) => a.id - b.id),
    );
    await eventually(
      async () => world.http.keys,
      (keys) => keys.length === 5,
    );
    expect(new Set(world.http.keys)).toEqual(new Set(dead.map(({ key }) => key)));
    expect(await letters(`?subscriptionId=${other.id}`)).toHaveLength(5);
    // A cancelled subscription is not served again; its letters say so.
    await world.unsubscribe('nongye', other.id);
    const again = await world.product.post<{ items: Replayed[] }>('admin', `${LETTERS}/replay-all`, {
      subscriptionId: other.id,
    });
    expect(again.body.items.map(({ result }) => result)).toEqual(Array(5).fill('subscription-cancelled'));
    const whole = await world.product.request<{ items: Replayed[] }>('admin', 'POST', `${LETTERS}/replay-all`);
    expect(whole).toMatchObject({ status: 200 });
    expect(whole.body.items.filter(({ result }) => result !== 'subscription-cancelled')).toEqual([]);
    await world.unsubscribe('nongye', one.id);
  });

  it('is the platform administrator’s', async () => {
    for (const as of ['nongye', 'ducha', 'shichang-lead', 'shenji']) {
      expectProblem(await world.product.get(as, LETTERS), 'access.denied');
      expectProblem(await replay(1, as), 'access.denied');
      expectProblem(await world.product.post(as, `${LETTERS}/replay-all`), 'access.denied');
    }
    expectProblem(await world.product.get(null, LETTERS), 'auth.required');
    expectProblem(await replay(999_999), 'resource.not-found');
  });
});
