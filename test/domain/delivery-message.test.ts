import { describe, expect, test } from 'vitest';
import {
  markdownOf,
  subjectOf,
  textOf,
  withAddresses,
  type DeliveredNotice,
} from '../../domain/notices/delivery-message.ts';

const notice = (more: Partial<DeliveredNotice> = {}): DeliveredNotice => ({
  key: 'notice:1',
  caseId: 'push~1~430103-agriculture~1',
  topic: 'push.received',
  departmentCode: '430103-agriculture',
  regionCode: '430103',
  at: '2026-03-02T02:00:00.000Z',
  urgency: 'breach',
  article: '第七条第三款',
  title: '逾期：反馈（长沙某公司）',
  body: '长沙某公司：法定期限已届满。',
  ...more,
});
const message = (...notices: DeliveredNotice[]) => ({ key: 'k', notices });
const bytes = (text: string) => Buffer.byteLength(text);

describe('a message', () => {
  test('names urgency, matter and article', () => {
    expect(subjectOf(message(notice()))).toBe('【逾期】逾期：反馈（长沙某公司）');
    const text = textOf(message(notice()));
    expect(text).toMatch(/^【逾期】/);
    for (const part of ['法定期限已届满', '依据：第七条第三款', 'push~1~430103-agriculture~1'])
      expect(text).toContain(part);
  });

  test('of several notices counts and numbers them', () => {
    const digest = message(notice(), notice({ title: '第二条', urgency: 'info' }));
    expect(subjectOf(digest)).toBe('【每日汇总】2条通知');
    expect(textOf(digest)).toMatch(/^1\. 【逾期】[^]+\n\n2\. 【告知】第二条/);
  });

  test('its subject stays one line, whatever an enterprise is called', () => {
    expect(subjectOf(message(notice({ title: '甲\r\n\nBcc: a@b.cn' })))).toBe('【逾期】甲 Bcc: a@b.cn');
  });

  test('shows officials no link or mention that an enterprise put into its name', () => {
    const text = markdownOf(message(notice({ title: '[点击领取](https://evil.test)<@all>`x`' })), 4096);
    expect(text).not.toMatch(/[[\]<`]/);
  });

  test.each([4096, 20_000])('a notice above %i bytes is cut, its title and address are kept', (limit) => {
    const url = 'https://xietong.test/pushes/push~1';
    const text = markdownOf(message(notice({ body: '长'.repeat(limit), url })), limit);
    expect(bytes(text)).toBeLessThanOrEqual(limit);
    expect(bytes(text)).toBeGreaterThan(limit - 10);
    expect(text).toMatch(/^\*\*【逾期】逾期：反馈（长沙某公司）\*\*\n\n长+……（内容较长，请登录平台查看）/);
    expect(text).toMatch(/> 依据：第七条第三款\n\n\[办理\]\(https:\/\/xietong\.test\/pushes\/push~1\)$/);
  });

  test('the notices behind a long one still go out, wherever it stands', () => {
    for (const at of [0, 1, 2]) {
      const notices = [1, 2, 3].map((n) =>
        notice({ title: `第${n}条`, ...(n === at + 1 && { body: '长'.repeat(5000) }) }),
      );
      const text = markdownOf(message(...notices), 4096);
      expect(bytes(text)).toBeLessThanOrEqual(4096);
      for (const n of [1, 2, 3]) expect(text).toContain(`第${n}条`);
      expect(text).not.toContain('另有');
    }
  });

  test('a title as long as a name can be leaves room for the address', () => {
    const long = notice({ title: '名'.repeat(600), body: '文'.repeat(3000), url: 'https://xietong.test/x' });
    const text = markdownOf(message(long), 4096);
    expect(bytes(text)).toBeLessThanOrEqual(4096);
    expect(text).toContain('](https://xietong.test/x)');
  });

  test('leads to the case where the console’s address is known, brackets in it end no link', () => {
    const listing = notice({ caseId: 'listing~court-debtor~(2026)湘0103执1号~91430103MA4L1ABC2X' });
    const [linked] = withAddresses(message(listing), 'https://xietong.test:8443').notices;
    expect(linked?.url).toMatch(/^https:\/\/xietong\.test:8443\/listings\/listing~court-debtor~/);
    const text = markdownOf(message(linked!), 4096);
    expect(/\]\(([^)]*)\)$/.exec(text)?.[1]).toBe(linked!.url!.replace('(', '%28').replace(')', '%29'));
    expect(textOf(message(linked!))).toContain(`办理：${linked!.url}`);
    expect(withAddresses(message(listing), '').notices).toEqual([listing]);
    // What has no page of its own, such as a record.
    const other = message(notice({ caseId: 'record~0123456789abcdef0123456789abcdef' }));
    expect(withAddresses(other, 'https://xietong.test')).toEqual(other);
  });

  test.each([1, 2, 9, 10, 11, 50, 120])('%i notices fit a robot’s limit, and what does not fit is counted', (count) => {
    const notices = Array.from({ length: count }, (_, index) => notice({ title: `第${index + 1}条` }));
    for (const limit of [1000, 4096, 20_000]) {
      const text = markdownOf(message(...notices), limit);
      expect(bytes(text)).toBeLessThanOrEqual(limit);
      const shown = text.split('依据').length - 1;
      const left = Number(/另有(\d+)条/.exec(text)?.[1] ?? 0);
      expect(shown + left).toBe(count);
    }
  });
});
