import { describe, expect, test } from 'vitest';
import { markdownOf, subjectOf, textOf, type DeliveredNotice } from '../../domain/notices/delivery-message.ts';

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
