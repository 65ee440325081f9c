import { describe, expect, test } from 'vitest';
import {
  wordMoved,
  wordNotice,
  wordRung,
  rungRecipients,
  type NoticeFacts,
  type Topic,
} from '../../domain/notices/notices.ts';
import { TOPICS } from '../../domain/notices/topics.ts';
import { criticism, enterprise, until, type Wording } from '../../domain/notices/wording.ts';

const facts: NoticeFacts = {
  enterpriseName: '某某食品有限公司',
  uscc: '91430103MA4L000000',
  departmentName: '天心区卫健主管部门',
  dueDate: '2026-03-02',
  criticism: { text: '逾期不整改', documentNo: '天督〔2026〕1号' },
};
const topics = Object.entries<Wording>(TOPICS) as [Topic, Wording][];
const limitOf = (topic: Topic) =>
  topic.startsWith('sanction') ? 'sanctionNotice.feedback' : 'registrationPush.feedback';

/** What is not for a reader’s information alone. */
const PRESSING = {
  reminder: topics.filter(([, { urgency }]) => urgency === 'reminder').map(([topic]) => topic),
  supervision: topics.filter(([, { urgency }]) => urgency === 'supervision').map(([topic]) => topic),
};

describe('notices by topic', () => {
  test.each(topics)('%s names its article, its enterprise or department, and what is to be done', (topic) => {
    const { article, title, body, urgency } = wordNotice({ topic, concerns: limitOf(topic) }, facts);
    expect(article).toMatch(/第.+条/);
    expect(title).toMatch(/(某某食品有限公司|天心区卫健主管部门)$/);
    expect(body).toMatch(/某某食品有限公司（91430103MA4L000000）|天心区卫健主管部门/);
    expect(body).toMatch(/[。）]$|号）：逾期不整改$/);
    expect(['info', 'reminder', 'breach', 'supervision']).toContain(urgency);
  });

  test('those that remind, and those that supervise', () => {
    expect(PRESSING).toEqual({
      reminder: [
        'rollback.received',
        'publication.toReview',
        'publication.sentBack',
        'publication.returned',
        'correction.opened',
        'correction.sentBack',
        'correction.reviewed',
        'correction.returned',
        'complaint.received',
        'complaint.disputeReceived',
        'sanction.expired',
        'lifting.ordered',
        'supportMeasure.entered',
        'creditRepair.applied',
        'creditRepair.proposed',
      ],
      supervision: [
        'rollback.arbitration',
        'supervision.opened',
        'supervision.ordered',
        'supervision.rectificationOrdered',
        'supervision.criticismProposed',
        'supervision.criticismHeard',
        'supervision.criticised',
      ],
    });
  });

  test('a notice of 中止 or 延期 cites the limit that it concerns, and nothing where there is none', () => {
    const article = (topic: Topic, concerns?: Parameters<typeof wordMoved>[0]) =>
      wordNotice({ topic, ...(concerns && { concerns }) }, facts).article;
    expect(article('complaint.extensionApproved', 'registrationPush.feedback')).toBe('第十七条');
    expect(article('sanction.suspended', 'sanctionNotice.feedback')).toBe('行政复议法第四十二条');
    expect(article('complaint.extensionApproved', 'rollback.ruling')).toBe('');
    expect(article('complaint.extensionApproved')).toBe('');
    expect(article('sanction.suspended', 'rollback.ruling')).toBe('');
  });

  test('who lifts in the place of a retired department is told of which', () => {
    const body = (inPlaceOf?: string) => wordNotice({ topic: 'lifting.ordered' }, { ...facts, inPlaceOf }).body;
    expect(body()).toContain('请天心区卫健主管部门解除限制');
    expect(body('天心区文广主管部门')).toContain('请天心区卫健主管部门代已撤销的天心区文广主管部门解除限制');
  });
});

describe('parts of notices', () => {
  test('an enterprise is named with its credit code', () => {
    expect(enterprise(facts)).toBe('某某食品有限公司（91430103MA4L000000）');
  });

  test('a day is named where there is one', () => {
    expect(until(facts)).toBe('，请于2026-03-02（含当日）前办理');
    expect(until({ ...facts, dueDate: null })).toBe('');
  });

  test('a criticism is quoted, with its number where it has one', () => {
    expect(criticism(facts)).toBe('（天督〔2026〕1号）：逾期不整改');
    expect(criticism({ ...facts, criticism: { text: '逾期' } })).toBe('：逾期');
    const { criticism: _, ...without } = facts;
    expect(criticism(without)).toBe('。');
  });
});

describe('notices of a ladder', () => {
  const word = (rung: 'due-1' | 'due' | 'due+3', standing?: Parameters<typeof wordRung>[4]) =>
    wordRung('registrationPush.feedback', rung, 7, facts, standing);

  test.each([
    ['due-1', undefined, '将于2026-03-02届满。请及时办理。'],
    ['due', undefined, '已于2026-03-02届满，仍未办理。逾期已记录，请立即办理。'],
    ['due', { acting: '乙部门' }, '仍未办理。逾期已记录，该事项现由乙部门办理，请乙部门立即办理。'],
    ['due', { isDone: true }, '届满后办理。逾期已记录。'],
    ['due+3', undefined, '仍未办理。已转督查督办。'],
    ['due+3', { isSupervised: false }, '仍未办理。请立即办理。'],
    ['due+3', { isDone: true }, '届满后办理。逾期已记录。'],
  ] as const)('%s, %j: %s', (rung, standing, end) => {
    expect(word(rung, standing).body.endsWith(end)).toBe(true);
  });

  test('whoever answers is named: by name, by the role that owes it, or as the holder', () => {
    expect(word('due').body).toContain('：天心区卫健主管部门“');
    expect(word('due', { answering: '甲部门' }).body).toContain('：甲部门“');
    expect(wordRung('publication.publication', 'due', 20, facts).body).toContain('：登记机关“');
    const nobody = { ...facts, departmentName: null };
    expect(wordRung('registrationPush.feedback', 'due', 7, nobody).body).toContain('：有关部门“');
  });

  test.each([
    ['due-1', 'holder', 'registering-authority', ['holder']],
    ['due', 'holder', 'holder', ['holder', 'supervisor']],
    ['due', 'holder', 'registering-authority', ['registering-authority', 'holder', 'supervisor']],
    ['due+3', 'supervisor', 'supervisor', ['supervisor']],
  ] as const)('%s, in the hands of %s, answered for by %s: %j', (rung, acting, answering, told) => {
    expect(rungRecipients(rung, acting, answering)).toEqual(told);
  });

  test('a moved date says from which day to which, and what was taken back', () => {
    const moved = (withdrawn?: 'breach' | 'supervision') =>
      wordMoved('registrationPush.feedback', '2026-02-27', facts, withdrawn);
    expect(moved()).toMatchObject({ urgency: 'reminder', article: '第十七条（及时反馈许可审批和监管信息）' });
    expect(moved().body.endsWith('的届满日由2026-02-27改为2026-03-02。')).toBe(true);
    expect(moved('breach').body).toContain('逾期已撤销');
    expect(moved('breach').body.endsWith('不作逾期统计和考核。')).toBe(true);
    expect(moved('supervision').body).toContain('逾期已撤销');
    expect(moved('supervision').body).toContain('督办事项保留');
  });
});
