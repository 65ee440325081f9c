import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { LIMITS, type Limit, type LimitId } from '../../domain/clock/limits.ts';
import { SENTENCES, STATES } from '../../data/measures/articles.ts';
import { firstStepOf } from '../../domain/case-types/first-steps.ts';
import { limitWords } from '../../scripts/lib/articles-document.ts';
import { TRANSITIONS } from '../../domain/case-types/case-types.ts';

const MEASURES = new URL('../../data/measures/measures.zh.txt', import.meta.url);

const cited = new Set([
  ...Object.values(LIMITS).map(({ article }) => article),
  ...Object.values(TRANSITIONS).flatMap((rows) => Object.values(rows).map(({ article }) => article)),
]);
const quoting = [...cited].filter((article) => /^第.*（/.test(article));

describe('the measures', () => {
  const articles = new Map(
    readFileSync(MEASURES, 'utf8')
      .split(/^(?=第[一二三四五六七八九十]+条)/m)
      .slice(1)
      .map((text) => [/^第.+?条/.exec(text)?.[0], text.replaceAll(/\s/g, '')]),
  );

  test('have twenty articles', () => expect(articles.size).toBe(20));

  test.each(quoting)('%s quotes words of its article', (citation) => {
    const [, article, words = ''] = /^(第.+?条).*（(.*)）$/.exec(citation) ?? [];
    for (const part of words.split(/、|……/)) expect(articles.get(article)).toContain(part);
  });
});

/** 第七条第二款 → its sentences, without spaces. */
function sentencesOf(text: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const block of text.split(/^(?=第[一二三四五六七八九十]+条)/m).slice(1)) {
    const article = /^第.+?条/.exec(block)![0];
    const body = block.slice(article.length).split('扫一扫')[0]!;
    const paragraphs = body
      .split('\n')
      .map((line) => line.replaceAll(/\s/g, ''))
      .filter((line) => line !== '');
    for (const [index, paragraph] of paragraphs.entries()) {
      const name = paragraphs.length > 1 ? `${article}第${'一二三四五'[index]}款` : article;
      found.set(name, paragraph.split(/(?<=[。;；])/));
    }
  }
  return found;
}

describe('docs/articles.md', () => {
  const sentences = sentencesOf(readFileSync(MEASURES, 'utf8'));
  const limits = Object.entries<Limit>(LIMITS) as [LimitId, Limit][];

  test('has a row for every sentence of the twenty articles, told by words that no other sentence of its paragraph has', () => {
    const unmatched = [...sentences].flatMap(([article, parts]) =>
      parts.map(
        (part) => SENTENCES.filter((row) => row.article === article && part.includes(row.words)).length !== 1 && part,
      ),
    );
    // A clause about the consequence of the clause before it belongs to that row.
    expect(unmatched.filter(Boolean)).toEqual([]);
    expect(
      SENTENCES.filter(({ article, words }) => !sentences.get(article)?.some((part) => part.includes(words))),
    ).toEqual([]);
    expect(SENTENCES).toHaveLength([...sentences.values()].flat().length);
  });

  test('names tests that exist for whatever it says is done, and none for what is not', () => {
    for (const { article, words, state, tests = [] } of SENTENCES) {
      const isDone = state === 'whole' || state === 'partly';
      expect([article, words, tests.length > 0]).toEqual([article, words, isDone]);
      for (const file of tests) {
        expect([file, existsSync(new URL(`../${file}`, import.meta.url))]).toEqual([file, true]);
      }
    }
    expect(new Set(SENTENCES.map(({ state }) => state))).toEqual(new Set(Object.keys(STATES)));
  });

  test('has every limit under a sentence', () => {
    const named = new Set(SENTENCES.flatMap((row) => row.limits ?? []));
    expect(limits.filter(([id]) => !named.has(id)).map(([id]) => id)).toEqual([]);
  });

  test('prints no norm as statutory, and every statutory limit with its event in the words of its sentence', () => {
    for (const [id, { kind, runsFrom, workingDays, article }] of limits) {
      const words = limitWords(id);
      expect([id, words.includes('：法定')]).toEqual([id, kind === 'statutory']);
      expect([id, runsFrom !== undefined]).toEqual([id, kind === 'statutory']);
      if (kind !== 'statutory') continue;
      expect(words).toContain(runsFrom);
      // 行政处罚法第四十八条 is no sentence of the measures.
      if (!article.startsWith('第')) continue;
      const paragraph = (sentences.get(article) ?? []).join('');
      expect([id, paragraph.includes(`${runsFrom}起`)]).toEqual([id, true]);
      expect([id, paragraph.includes(`${workingDays}个工作日`)]).toEqual([id, true]);
    }
  });
});

describe('no statutory limit runs from anything but the event that its sentence names', () => {
  const statutory = Object.entries<Limit>(LIMITS).flatMap(([id, { kind }]) => (kind === 'statutory' ? [id] : []));
  const DAY = '2026-11-02';

  test('those that begin with their case: from the declared day of the event', () => {
    const begun = [
      ...firstStepOf({ workflow: 'publication', input: { generatedOn: DAY } }, 0).limits,
      ...firstStepOf({ workflow: 'correction', input: { discoveredOn: DAY } }, 0).limits,
    ];
    for (const limit of begun) expect(limit).toMatchObject({ from: DAY });
    // A push is no event of any statutory limit: nothing has come into being yet.
    const pushed = firstStepOf({ workflow: 'registrationPush', input: {} }, 0).limits;
    expect(pushed.filter((id) => statutory.includes(id as string))).toEqual([]);
  });

  test('those that begin later: from a day that the command names, or because the deed is the event itself', () => {
    const folder = new URL('../../workflows/', import.meta.url);
    const armed = readdirSync(folder)
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) => {
        const source = readFileSync(new URL(file, folder), 'utf8');
        return [...source.matchAll(/arm: \[([^\]]*)\]/g)].flatMap(([, ids]) =>
          [...ids!.matchAll(/'(\w+\.\w+)'/g)].map(([, id]) => id!),
        );
      });
    // 发现之日: the department discovers the error in the act of confirming it. 做出限制决定之日: see sanction-notice.ts.
    const isReturn = (source: string) => source.includes("patched('return-is-no-discovery')");
    expect(armed.filter((id) => statutory.includes(id))).toEqual([
      // Of confirm; and of the return of cases of earlier commits.
      'correction.application',
      'correction.application',
      'sanctionNotice.feedback',
    ]);
    expect(isReturn(readFileSync(new URL('correction.ts', folder), 'utf8'))).toBe(true);
  });
});
