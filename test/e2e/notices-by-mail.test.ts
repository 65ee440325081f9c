/** A registration's notice reaches a department by e-mail and its system by webhook, through the whole product. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accept } from '../api/support/requests.ts';
import { insideSenders } from '../outbox/support/delivery-world.ts';
import { HttpReceiver, MailReceiver } from '../outbox/support/receivers.ts';
import { eventually, Product } from '../support/product.ts';

let mail: MailReceiver;
let http: HttpReceiver;
let product: Product;

beforeAll(async () => {
  [mail, http] = await Promise.all([MailReceiver.start(), HttpReceiver.start()]);
  product = await Product.start({ senders: insideSenders(http, mail) });
});
afterAll(async () => {
  await product.close();
  await Promise.all([mail.down(), http.down()]);
});

it('a pushed registration is told by mail and webhook, once each', async () => {
  for (const body of [
    { channel: 'email', target: 'nongye@county.test' },
    { channel: 'webhook', target: http.url() },
  ])
    expect((await product.post('nongye', '/api/v1/subscriptions', body)).status).toBe(201);
  const { input } = await accept(product, { scope: '许可项目：农药零售。' });
  const [letter] = await eventually(
    async () => mail.mails,
    (mails) => mails.length > 0,
  );
  const [request] = await eventually(
    async () => http.requests,
    (requests) => requests.length > 0,
  );
  expect(letter).toMatchObject({ subject: `【告知】登记信息推送：${input.name}` });
  expect(letter!.text).toContain('依据：第七条第二款');
  expect(request!.body).toContain(input.name);
  await product.stopWorker();
  expect([mail.mails.length, http.requests.length]).toEqual([1, 1]);
});
