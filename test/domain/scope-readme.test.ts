import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { loadCatalogue } from '../../data/catalogue/load.ts';
import { createMatcher } from '../../domain/scope/matching.ts';

const readme = readFileSync(new URL('../../domain/scope/README.md', import.meta.url), 'utf8');

it('the example of domain/scope/README.md is what matching answers', () => {
  const [, scope = ''] = /```\n(.*)\n```/.exec(readme) ?? [];
  const documented = [...readme.matchAll(/^\| (PA.*) \|$/gm)].map(([, row]) =>
    row!.split('|').map((cell) => cell.trim()),
  );
  const { hits } = createMatcher(loadCatalogue())(scope);
  const found = hits.map((hit) => [
    hit.itemId,
    hit.keyword,
    hit.clause,
    `${hit.start}`,
    `${hit.end}`,
    `${hit.section}`,
  ]);
  expect(found.length).toBeGreaterThan(0);
  expect(documented).toEqual(found);
});
