/** `npm run new-case-type`: what it writes compiles; for what is missing, the compiler or the tests ask. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FILES, text } from '../support/repository.ts';

const HERE = fileURLToPath(new URL('../../', import.meta.url));

describe('a new case type', () => {
  let root: string;
  const run = (command: string, ...args: string[]) =>
    spawnSync(process.execPath, [path.join(HERE, command), ...args], { cwd: root, encoding: 'utf8' });
  const write = (...args: string[]) =>
    spawnSync(process.execPath, ['--import', 'tsx', 'scripts/new-case-type.ts', ...args], {
      cwd: HERE,
      encoding: 'utf8',
    });

  beforeAll(() => {
    root = mkdtempSync(path.join(tmpdir(), 'xietong-case-type-'));
    for (const file of FILES.filter(
      (name) => /\.(ts|tsx|json|css|cjs|txt)$/.test(name) && !name.includes('/histories/R'),
    )) {
      cpSync(path.join(HERE, file), path.join(root, file));
    }
    symlinkSync(path.join(HERE, 'node_modules'), path.join(root, 'node_modules'));
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  test('is written as files that are formatted, and as rows of the files that list case types', () => {
    const { status, stdout, stderr } = write('site-visit', '--title', '实地核查', '--root', root);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('workflows/site-visit.ts');
    const format = run(
      'node_modules/oxfmt/bin/oxfmt',
      '--check',
      'domain',
      'workflows',
      'api',
      'scripts',
      'test/domain',
    );
    expect([format.status, format.stderr]).toEqual([0, '']);
    expect(readFileSync(path.join(root, 'domain/case/id.ts'), 'utf8')).toContain("siteVisit: 'site-visit'");
  });

  test('lacks only what somebody has to think of, and the compiler names it', () => {
    const missing = ['tsconfig.json', 'web/tsconfig.json'].flatMap((config) => {
      const { stdout } = run('node_modules/typescript/lib/tsc.js', '--noEmit', '-p', config);
      return [...stdout.matchAll(/^([^\s(]+)\(/gm)].map(([, file]) => file!);
    });
    expect([...new Set(missing)].sort()).toEqual([
      // The id is parsed and built again.
      'test/domain/case-id.test.ts',
      // Its address, term and ends are pinned.
      'test/domain/case-types.test.ts',
      'web/src/cases/matter.tsx',
      'web/src/cases/notice/notice-words.ts',
      'web/src/cases/page/case-content.tsx',
    ]);
    // Two whole type checks, on a machine that may be busy.
  }, 400_000);

  test('is refused where its name is taken, and nothing is written', () => {
    const again = write('complaint', '--title', '举报');
    expect(again.status).toBe(1);
    expect(again.stderr).toContain('没有写入任何文件');
    for (const words of [['Complaint'], ['a', '--title', 'x'], []]) expect(write(...words).status).toBe(2);
  });
});

test('the guide names only files that are there', () => {
  const guide = text('docs/adding-a-case-type.md');
  expect(guide.split('\n').length).toBeLessThanOrEqual(80);
  const named = [...guide.matchAll(/`([\w-]+(?:\/[\w.-]+)+\.tsx?)`/g)].map(([, file]) => file!);
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((file) => !FILES.includes(file))).toEqual([]);
});
