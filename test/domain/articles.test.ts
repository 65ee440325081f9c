import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { LIMITS } from '../../domain/clock/limits.ts';
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
