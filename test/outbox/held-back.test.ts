/** 汇总与免打扰: notices that may wait are held back and sent together; breach and supervision never wait. */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { DAY_MS, legalDateOf, startOfDay } from '../../domain/clock/calendar.ts';
import { eventually } from '../support/product.ts';
import { DeliveryWorld } from './support/delivery-world.ts';

const HOUR = 3_600_000;
let world: DeliveryWorld;

beforeAll(async () => {
  // An hour takes a second.
  world = await DeliveryWorld.start({ secondsPerWorkingDay: 24, leaseSeconds: 1 });
});
afterAll(() => world.close());
afterEach(() => {
  world.mail.mails.length = 0;
  world.http.requests.length = 0;
});

const legalNow = () => world.clock.toLegal(Date.now());
const hourNow = () => Math.floor((legalNow() - startOfDay(legalDateOf(legalNow()))) / HOUR);
const hours = (later: number) => (hourNow() + later) % 24;
const email = (target: string, more: object) =>
  world.subscribe('nongye', { channel: 'email', target: `${target}@county.test`, ...more });
const mailsTo = (target: string) =>
  world.mail.mails.filter((mail) =>
    (Array.isArray(mail.to) ? mail.to : [mail.to]).some((to) => to?.text.startsWith(target)),
  );

it('quiet hours hold a notice until they end, and a breach not at all', async () => {
  const until = hours(5);
  const { id } = await email('quiet', { quietFromHour: hourNow(), quietUntilHour: until });
  await world.tell('info', { title: '可以等' });
  await world.tell('breach', { title: '不能等' });
  await world.tell('supervision', { title: '督办' });
  await eventually(
    async () => mailsTo('quiet'),
    (mails) => mails.length === 2,
    3000,
  );
  const subjects = new Set(mailsTo('quiet').map((mail) => mail.subject));
  expect(subjects).toEqual(new Set(['【督办】督办', '【逾期】不能等']));
  await eventually(
    async () => mailsTo('quiet'),
    (mails) => mails.length === 3,
  );
  expect(mailsTo('quiet').at(-1)?.subject).toBe('【告知】可以等');
  const deliveredAt = async () => {
    const { rows } = await world.product.handle.pool.query<{ at: Date | null }>(
      "select delivered_at as at from deliveries where subscription_id = $1 and payload->>'urgency' = 'info'",
      [id],
    );
    return rows[0]?.at?.getTime() ?? null;
  };
  // A delivery is recorded after it has arrived.
  const delivered = (await eventually(deliveredAt, (at) => at !== null))!;
  const end = startOfDay(legalDateOf(delivered)) + until * HOUR;
  expect(delivered).toBeGreaterThanOrEqual(end - 1000);
  expect(delivered - end).toBeLessThan(3 * HOUR);
  await world.unsubscribe('nongye', id);
});

it('a digest gathers a day in one message at its hour; a breach goes by itself', async () => {
  const { id } = await email('digest', { digestHour: hours(3) });
  await world.tellMany(6, 'info');
  await world.tellMany(4, 'reminder');
  await world.tell('breach', { title: '不能等' });
  await eventually(
    async () => mailsTo('digest'),
    (mails) => mails.length === 2,
  );
  const [first, second] = mailsTo('digest');
  expect(first?.subject).toBe('【逾期】不能等');
  expect(second?.subject).toBe('【每日汇总】10条通知');
  expect(second?.text?.match(/依据：/g)).toHaveLength(10);
  const open = async () => {
    const { rows } = await world.product.handle.pool.query<{ open: string }>(
      'select count(*) filter (where delivered_at is null) as open from deliveries where subscription_id = $1',
      [id],
    );
    return rows[0]!.open;
  };
  await eventually(open, (left) => left === '0');
  await world.unsubscribe('nongye', id);
});

it('a digest that was sent but not recorded goes again as it was; what came meanwhile goes with the next', async () => {
  const hour = hours(3);
  const { id } = await world.subscribe('nongye', { channel: 'webhook', target: world.http.url(), digestHour: hour });
  await world.tellMany(3, 'info');
  await world.failToRecord(1);
  await eventually(
    async () => world.http.requests,
    (requests) => requests.length === 1,
  );
  await world.tell('info', { title: '晚到' });
  await eventually(
    async () => world.http.requests,
    (requests) => requests.length === 2,
  );
  const [first, second] = world.http.requests;
  expect(second!.body).toBe(first!.body);
  expect(second!.headers['x-xietong-delivery']).toBe(first!.headers['x-xietong-delivery']);
  const open = async () => {
    const { rows } = await world.product.handle.pool.query<{ due: Date }>(
      'select next_attempt_at as due from deliveries where subscription_id = $1 and delivered_at is null',
      [id],
    );
    return rows;
  };
  // The repeated digest is marked as delivered after it has arrived.
  const [late] = await eventually(open, (rows) => rows.length === 1);
  const due = world.clock.toLegal(late!.due.getTime());
  // A rest day takes no time here, so the next hour is that of the next working day, or its start.
  expect(due - legalNow()).toBeGreaterThan(HOUR);
  expect(due - legalNow()).toBeLessThan(10 * DAY_MS);
  await world.unsubscribe('nongye', id);
});

it('a notice written into a digest’s hour after it has gone starts another, under a key of its own', async () => {
  const { id } = await world.subscribe('nongye', {
    channel: 'webhook',
    target: world.http.url(),
    digestHour: hours(3),
  });
  await world.tellMany(2, 'info');
  await eventually(
    async () => world.http.requests,
    (requests) => requests.length === 1,
  );
  // As if a fan-out had begun before the hour and committed after it.
  await world.product.handle.pool.query(
    `insert into deliveries (key, subscription_id, notice_key, payload, digest_key)
     select 'late:' || n || ':' || subscription_id, subscription_id, 'late:' || n, payload, digest_key
     from (select * from deliveries where subscription_id = $1 order by id limit 1) one, generate_series(1, 2) n`,
    [id],
  );
  await eventually(
    async () => world.http.requests,
    (requests) => requests.length === 2,
  );
  expect(world.http.keys[1]).toBe(`late:1:${id}`);
  expect((JSON.parse(world.http.requests[1]!.body) as { notices: unknown[] }).notices).toHaveLength(2);
  await world.unsubscribe('nongye', id);
});
