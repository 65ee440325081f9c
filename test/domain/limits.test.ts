import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import {
  forbiddenRungs,
  indispensableRungs,
  LIMITS,
  reminderBehind,
  resumptionOf,
  RUNGS,
  rungOrder,
  WITHDRAWN,
  type Limit,
  type LimitId,
  type Rung,
} from '../../domain/clock/limits.ts';
import { TRANSITIONS, type Transition } from '../../domain/case-types/case-types.ts';
const ROOT = new URL('../../', import.meta.url);
const limits = Object.entries<Limit>(LIMITS);
const LIMIT_IDS = Object.keys(LIMITS) as LimitId[];
const isRung = (id: string): id is Rung => id in RUNGS;
const rungs = Object.keys(RUNGS).filter(isRung);

describe('limits', () => {
  const ofMeasures = limits.filter(([, { ruleSet }]) => !ruleSet);
  test.each(ofMeasures)('%s cites an article of the measures, or of the law that it names', (_, { article }) => {
    expect(article).toMatch(/^(?:行政处罚法)?第[一二三四五六七八九十]+条/);
  });

  test('a term of a later rule cites that rule, and is no statutory term of the measures', () => {
    const later = limits.filter(([, { ruleSet }]) => ruleSet);
    expect(later.map(([id, { kind, article }]) => [id, kind, article.replace(/第.*/, '')])).toEqual(
      ['complaint.verification', 'complaint.decision', 'complaint.mediation'].map((id) => [
        id,
        'norm',
        '市场监督管理投诉举报处理暂行办法',
      ]),
    );
  });

  test('the statutory limits are exactly the measures’ own numbers, and the law’s for a penalty that is withdrawn', () => {
    const statutory = limits.filter(([, { kind }]) => kind === 'statutory');
    expect(statutory.map(([id, { workingDays, article }]) => [id, workingDays, article])).toEqual([
      ['registrationPush.aggregation', 7, '第七条第三款'],
      ['correction.application', 3, '第十八条第一款'],
      ['sanctionNotice.feedback', 15, '第九条第一款'],
      ['publication.submission', 7, '第五条第一款'],
      ['publication.publication', 20, '第五条第一款'],
      // 三日内, working days by 第八十五条.
      ['publication.annulment', 3, '行政处罚法第四十八条第二款'],
    ]);
  });

  test('a norm says which words of the measures it serves, because the number is not theirs', () => {
    for (const [id, { kind, article }] of ofMeasures) {
      expect([id, article.includes('（')]).toEqual([id, kind === 'norm']);
    }
  });

  test.each(limits)('%s counts whole working days, and its reminders fit into it', (_, { workingDays, ladder }) => {
    expect(Number.isInteger(workingDays) && workingDays > 0).toBe(true);
    for (const rung of ladder) expect(workingDays + RUNGS[rung].offset).toBeGreaterThan(0);
  });

  test.each(limits)(
    '%s climbs its rungs in order, each once, and its breach goes on record',
    (_, { ladder, right }) => {
      expect(ladder).toEqual(rungs.filter((rung) => ladder.includes(rung)));
      // A right to speak that is not used is no breach (第十六条).
      expect(ladder.includes('due')).toBe(right !== true);
    },
  );

  test('every limit is brought to rest by some deed, and deeds settle only limits of their own case', () => {
    const rows = Object.entries(TRANSITIONS).flatMap(([caseType, deeds]) =>
      Object.values<Transition>(deeds).map(({ settles }) => ({ caseType, settles })),
    );
    // A registration's limit has no case: it is marked where the registration is accepted.
    const settled = [...rows.flatMap(({ settles }) => settles), 'registration.handOver'];
    expect(new Set(settled)).toEqual(new Set(Object.keys(LIMITS)));
    for (const { caseType, settles } of rows) {
      for (const limitId of settles) expect(limitId.split('.')[0]).toBe(caseType);
    }
  });
});

describe('the ladder', () => {
  test('goes up in time: reminders before the last day, the breach at its end, supervision three days after', () => {
    expect(rungs.map((rung) => [RUNGS[rung].offset, RUNGS[rung].effect])).toEqual([
      [-2, 'remind'],
      [-1, 'remind'],
      [0, 'breach'],
      [3, 'supervise'],
    ]);
  });

  test('whatever may be suspended has a limit within which it is resumed', () => {
    for (const [id, { suspension }] of limits) {
      expect(resumptionOf(LIMIT_IDS.find((known) => known === id)!)).toEqual(suspension ? [suspension.resumption] : []);
    }
    expect(limits.filter(([, { suspension }]) => suspension)).not.toEqual([]);
  });

  test('failure to claim, to feed back, to execute sanctions, to publish, to withdraw penalties, to correct and to answer complaints are supervised (第十七条); supervision is not supervised itself', () => {
    const supervised = limits.filter(([, { ladder }]) => ladder.some((rung) => RUNGS[rung].effect === 'supervise'));
    expect(supervised.map(([id]) => id)).toEqual([
      'registrationPush.feedback',
      'registrationPush.aggregation',
      'registrationPush.followUp',
      'registrationPush.claim',
      'registrationPush.resumption',
      'correction.verification',
      'correction.application',
      'correction.reapplication',
      'complaint.acceptance',
      'complaint.handling',
      'complaint.verification',
      'complaint.decision',
      'complaint.mediation',
      'sanctionNotice.decision',
      'sanctionNotice.feedback',
      'sanctionNotice.resumption',
      'sanctionLifting.confirm',
      'publication.publication',
      'publication.annulment',
    ]);
  });
});

describe('what a setting may change of a ladder', () => {
  test.each(limits)('%s: reminders may go, breach and supervision may not', (_, limit) => {
    expect(indispensableRungs(limit)).toEqual(limit.ladder.filter((rung) => rung === 'due' || rung === 'due+3'));
  });

  test.each(limits)('%s: supervision may be added unless nobody can be supervised', (_, limit) => {
    expect(forbiddenRungs(limit)).toEqual(limit.unsupervised ? ['due+3'] : []);
  });
});

describe('the rungs that have been climbed', () => {
  const day = 86_400_000;
  const climb = [
    { rung: 'due-2', at: 5 * day },
    { rung: 'due-1', at: 6 * day },
    { rung: 'due', at: 8 * day },
    { rung: 'due+3', at: 11 * day },
  ] as const;

  test('are in the order of time', () => {
    expect(rungs.map(rungOrder)).toEqual([0, 1, 2, 3]);
  });

  test.each<[number, Rung | null, string]>([
    [0, null, 'before the first'],
    [5 * day - 1, null, 'just before the first'],
    [5 * day, 'due-2', 'at the very instant of the first'],
    [6 * day, 'due-1', 'of several reminders the last'],
    [20 * day, 'due-1', 'breach and supervision are never passed over'],
  ])('at %i, the reminder behind is %s: %s', (now, behind) => {
    expect(reminderBehind(climb, now)).toBe(behind);
  });

  test('hold a withdrawn breach under the word that stands in rows written before', () => {
    expect(WITHDRAWN).toBe('withdrawn');
  });
});

test('docs/rules.md is what scripts/write-rules.ts generates from the tables', async () => {
  const args = ['--import', 'tsx', 'scripts/write-rules.ts', '--check'];
  const run = promisify(execFile)(process.execPath, args, { cwd: fileURLToPath(ROOT) });
  await expect(run).resolves.toMatchObject({ stderr: '' });
});

const MEASURES = new URL('data/measures/measures.zh.txt', ROOT);

describe('the text of the measures', () => {
  /** Articles begin a line, as 第七条, in some cases followed by a wide space. */
  const articleText = (name: string) => {
    const text = readFileSync(MEASURES, 'utf8');
    return new RegExp(`^${name}\\s([\\s\\S]*?)(?=^第[一二三四五六七八九十]+条\\s)`, 'm').exec(text)?.[1] ?? '';
  };

  test('holds every statutory number in the article and paragraph that its limit cites', () => {
    for (const [id, { kind, article, workingDays }] of limits) {
      // 行政处罚法 is not among the data; its number is told above.
      if (kind !== 'statutory' || !article.startsWith('第')) continue;
      const [, name = '', paragraph = ''] = /^(第.+?条)第(.)款$/.exec(article) ?? [];
      const paragraphs = articleText(name)
        .trim()
        .split(/\n\s*\n/);
      const cited = paragraphs['一二三四五六七八九'.indexOf(paragraph)] ?? '';
      expect([id, cited.includes(`${workingDays}个工作日内`)]).toEqual([id, true]);
    }
  });

  test('gives no number of days in article 17, whose limits are norms', () => {
    expect(articleText('第十七条')).toContain('督查督办');
    expect(articleText('第十七条')).not.toContain('工作日');
  });

  test('has every article that a limit or a deed cites', () => {
    const deeds = Object.values(TRANSITIONS).flatMap((rows) => Object.values<Transition>(rows));
    const cited = [...Object.values<Limit>(LIMITS), ...deeds].filter(({ article }) => article.startsWith('第'));
    for (const { article } of cited) {
      expect(articleText(/^第.+?条/.exec(article)?.[0] ?? article)).not.toBe('');
    }
  });
});
