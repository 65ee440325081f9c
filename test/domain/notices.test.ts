import { describe, expect, test } from 'vitest';
import type { CaseType } from '../../domain/case/id.ts';
import { ROLES } from '../../domain/organs/roles.ts';
import { LIMITS, RUNGS, type Limit, type LimitId, type Rung } from '../../domain/clock/limits.ts';
import { partyOf } from '../../domain/oversight/answering.ts';
import {
  rungRecipients,
  wordMoved,
  wordNotice,
  wordRung,
  wordWithdrawn,
  type NoticeFacts,
  type Topic,
} from '../../domain/notices/notices.ts';

const facts: NoticeFacts = {
  enterpriseName: '长沙某某食品有限公司',
  uscc: '91430103MA4L000000',
  departmentName: '天心区农业农村主管部门',
  dueDate: '2026-03-02',
};

const isLimit = (id: string): id is LimitId => id in LIMITS;
const climbed = Object.keys(LIMITS)
  .filter(isLimit)
  .flatMap((limitId) => LIMITS[limitId].ladder.map((rung): [LimitId, Rung] => [limitId, rung]));
const caseTypes: CaseType[] = ['registrationPush', 'rollback', 'poolEntry', 'supervision', 'publication', 'complaint'];
const topics: Topic[] = [
  'push.received',
  'push.fedBack',
  'rollback.received',
  'rollback.arbitration',
  'pool.claimed',
  'supervision.opened',
  'supervision.replied',
  'publication.received',
  'publication.returned',
  'publication.resubmitted',
  'publication.published',
  'complaint.received',
  'complaint.extensionRequested',
  'complaint.extensionApproved',
  'complaint.extensionRefused',
];

describe('notices of a ladder', () => {
  test.each(climbed)(
    '%s, %s: only a statutory limit is worded as 法定, and a rule’s term as no norm',
    (limitId, rung) => {
      const { title, body } = wordRung(limitId, rung, LIMITS[limitId].workingDays, facts);
      const { kind, ruleSet }: Limit = LIMITS[limitId];
      const isStatutory = kind === 'statutory';
      expect(`${title}${body}`.includes('法定')).toBe(isStatutory);
      expect(body.includes('法定期限')).toBe(isStatutory);
      expect(body.includes('规章期限')).toBe(ruleSet !== undefined);
      expect(body.includes('办理时限')).toBe(!isStatutory && ruleSet === undefined);
    },
  );

  test.each(climbed)('%s, %s: says who must do what for whom, by when and by which article', (limitId, rung) => {
    const { title, body, article, urgency } = wordRung(limitId, rung, LIMITS[limitId].workingDays, facts);
    const limit: Limit = LIMITS[limitId];
    expect(article).toBe(limit.article);
    expect(title).toBe(`${RUNGS[rung].title}：${limit.title}（${facts.enterpriseName}）`);
    const party = limit.obliged ? ROLES[limit.obliged] : facts.departmentName;
    for (const fact of Object.values({ ...facts, departmentName: party })) expect(body).toContain(fact);
    expect(body).toContain(`${limit.workingDays}个工作日`);
    expect(urgency).toBe({ remind: 'reminder', breach: 'breach', supervise: 'supervision' }[RUNGS[rung].effect]);
  });

  test('a reminder says that the term will end, a breach that it has ended, the last rung that it is supervised', () => {
    const body = (rung: Rung) => wordRung('registrationPush.feedback', rung, 7, facts).body;
    expect(body('due-2')).toContain('将于2026-03-02届满。请及时办理');
    expect(body('due')).toContain('已于2026-03-02届满，仍未办理。逾期已记录');
    expect(body('due+3')).toContain('已转督查督办');
    expect(body('due-1')).not.toContain('逾期已记录');
  });

  test('where no department holds the case, none is named', () => {
    const { body } = wordRung('poolEntry.claim', 'due', 5, { ...facts, departmentName: null });
    expect(body).toContain('有关部门');
    expect(body).not.toContain('null');
  });
});

describe('who is told', () => {
  test.each(caseTypes)('%s: its holder is reminded, and nobody else', (caseType) => {
    const party = partyOf(caseType, true, 'registrationPush.feedback');
    for (const rung of ['due-2', 'due-1'] as const) expect(rungRecipients(rung, party, party)).toEqual(['holder']);
  });

  test.each(['due', 'due+3'] as const)('from the breach on (%s) the supervisors read along', (rung) => {
    expect(rungRecipients(rung, 'holder', 'holder')).toEqual(['holder', 'supervisor']);
  });

  test('if one party must act and another answers for the limit, both are told of the breach, and only the first is reminded', () => {
    expect(rungRecipients('due-1', 'holder', 'registering-authority')).toEqual(['holder']);
    const told = rungRecipients('due', 'holder', 'registering-authority');
    expect(told).toEqual(['registering-authority', 'holder', 'supervisor']);
    const standing = { answering: '湖南省登记机关', acting: '天心区农业农村主管部门' };
    const { body } = wordRung('publication.publication', 'due', 20, facts, standing);
    expect(body).toContain('湖南省登记机关“公示于企业名下');
    expect(body).toContain('请天心区农业农村主管部门立即办理');
  });

  test('a pool that nobody claims is its registering authority’s matter, an arbitration the supervisors’', () => {
    expect(partyOf('poolEntry', false, 'poolEntry.claim')).toBe('registering-authority');
    expect(partyOf('rollback', false, 'rollback.ruling')).toBe('supervisor');
    expect(rungRecipients('due', 'supervisor', 'supervisor')).toEqual(['supervisor']);
  });

  test('that a breach was taken back, and that a supervision of it stays on record', () => {
    const { body } = wordMoved('registrationPush.feedback', '2026-02-27', facts);
    expect(body).toContain('由2026-02-27改为2026-03-02');
    expect(body).not.toContain('撤销');
    expect(wordMoved('registrationPush.feedback', '2026-02-27', facts, 'breach').body).toContain('逾期已撤销');
    expect(wordMoved('registrationPush.feedback', '2026-02-27', facts, 'supervision').body).toContain('督办事项保留');
  });
});

describe('the notice that a breach is taken back, because what met the limit had arrived in time', () => {
  test('names the limit, its article and last day, and what became of the breach', () => {
    const { title, body, article, urgency } = wordWithdrawn('registrationPush.feedback', facts, 'breach');
    expect(title).toBe(`逾期记录撤销：${LIMITS['registrationPush.feedback'].title}（${facts.enterpriseName}）`);
    expect(body).toMatch(/于2026-03-02届满.*此前已到达本系统.*已撤销，不作逾期统计和考核。$/);
    expect([article, urgency]).toEqual([LIMITS['registrationPush.feedback'].article, 'reminder']);
  });

  test('says that a supervision of it stays on record', () => {
    expect(wordWithdrawn('registrationPush.feedback', facts, 'supervision').body).toMatch(/已撤销.*督办事项保留在案/);
  });
});

describe('notices of what happened', () => {
  test.each(topics)('%s names the enterprise and the article, and calls no term 法定', (topic) => {
    const { title, body, article } = wordNotice({ topic, concerns: 'complaint.handling' }, facts);
    expect(article).toMatch(/^第[一二三四五六七八九十]+条/);
    expect(title).toContain(facts.enterpriseName);
    expect(body).toContain(`${facts.enterpriseName}（${facts.uscc}）`);
    expect(`${title}${body}`).not.toContain('法定');
  });

  test.each(topics)('%s without a date asks for nothing by a date', (topic) => {
    const { body } = wordNotice({ topic, concerns: 'complaint.handling' }, { ...facts, dueDate: null });
    expect(body).not.toMatch(/null|undefined|请于/);
    expect(body.endsWith('。')).toBe(true);
  });

  const extended = (Object.entries(LIMITS) as [LimitId, Limit][]).filter(([, { extension }]) => extension);
  test.each(extended)('an extension of %s cites the article by which that limit may be extended', (concerns, limit) => {
    for (const topic of ['extension.requested', 'extension.approved', 'extension.refused'] as const) {
      expect(wordNotice({ topic, concerns }, facts).article).toBe(limit.extension!.article);
    }
  });

  test('a suspension cites the article by which its limit may be suspended', () => {
    const cited = (concerns: LimitId) => wordNotice({ topic: 'limit.suspended', concerns }, facts).article;
    expect(cited('registrationPush.feedback')).toBe('第十七条');
    expect(cited('sanctionNotice.feedback')).toBe('行政复议法第四十二条');
  });
});
