/** Pages that show, and no form, load no schemas: zod alone weighs a tenth of the first page. */
import { expect, it } from 'vitest';
import { importsOf, text } from '../support/repository.ts';

/** What a file imports when it is loaded; what it fetches later by `import(…)` is not needed to show it. */
function loadedBy(file: string): string[] {
  const lines = text(file).split('\n');
  return importsOf(file)
    .filter(({ typeOnly, line }) => !typeOnly && !/\bimport\(/.test(lines[line - 1]!))
    .map(({ target }) => target);
}

/** The way by which a file comes to load zod, if it does. */
function wayToZod(entry: string): string[] | undefined {
  const from = new Map<string, string | undefined>([[entry, undefined]]);
  for (const [file] of from) {
    for (const target of loadedBy(file)) {
      if (target === 'zod') {
        const way = [target];
        for (let step: string | undefined = file; step; step = from.get(step)) way.push(step);
        return way.toReversed();
      }
      if (/\.tsx?$/.test(target) && !from.has(target)) from.set(target, file);
    }
  }
  return undefined;
}

it.each([
  'main.tsx',
  'pages/workbench-page.tsx',
  'cases/list/case-list-page.tsx',
  'cases/page/case-page.tsx',
  'cases/notice/notice-page.tsx',
  'pages/enterprise-page.tsx',
  'pages/published-page.tsx',
  'pages/restrictions-page.tsx',
  'pages/inbox-page.tsx',
  'pages/search-page.tsx',
  'public/home-page.tsx',
  'public/enterprise-page.tsx',
  'public/progress-page.tsx',
  'public/receipt-page.tsx',
])('%s loads no zod', (page) => expect(wayToZod(`web/src/${page}`)).toBeUndefined());

it('a page with a form does, which this test would tell', () =>
  expect(wayToZod('web/src/session/apply-page.tsx')?.at(-1)).toBe('zod'));
