import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { workCalendarSchema } from '../../domain/clock/calendar-schema.ts';

const ROOT = new URL('../../', import.meta.url);
const file = new URL('data/calendar/cn-2026.1.json', ROOT);
const { version } = workCalendarSchema.parse(JSON.parse(readFileSync(file, 'utf8')));

/** Runs the command as `npm run due` does, in a separate process. */
function due(args: string[], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/due.ts', ...args], {
    cwd: fileURLToPath(ROOT),
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  return { status, stdout, stderr };
}

const FEBRUARY = ['--start', '2026-02-13', '--days', '7'];
const ANSWER = `{"due":"2026-03-02","provisional":false,"calendarVersion":"${version}"}\n`;

describe('npm run due', () => {
  test('answers with one line of JSON and nothing else', () => {
    expect(due(FEBRUARY)).toEqual({ status: 0, stdout: ANSWER, stderr: '' });
  });

  test.each(['America/New_York', 'Asia/Kolkata', 'Pacific/Kiritimati'])('counts the same days in %s', (TZ) => {
    expect(due(FEBRUARY, { TZ })).toEqual({ status: 0, stdout: ANSWER, stderr: '' });
  });

  test('calls a date beyond the announced calendar provisional', () => {
    // The notice for 2027 will move the date: only `provisional` is certain.
    const { stdout } = due(['--start', '2026-12-30', '--days', '7']);
    expect(stdout).toMatch(/^\{"due":"2027-01-\d\d","provisional":true,/);
  });

  test('explains each day on standard error, so that standard output stays one line', () => {
    const { stdout, stderr } = due([...FEBRUARY, '--explain']);
    expect(stdout).toBe(ANSWER);
    const lines = stderr.trim().split('\n');
    expect(lines[0]).toBe('2026-02-13  起算事件当日，不计入  不计');
    expect(lines[1]).toBe('2026-02-14  调休上班  第1个工作日');
    expect(lines.at(-1)).toBe('2026-03-02  工作日  第7个工作日');
  });

  test.each([
    [[], '--start'],
    [['--start', '2026-02-13'], '--days'],
    [['--start', '2026-02-30', '--days', '7'], '不是真实日期'],
    [['--start', '2026/02/13', '--days', '7'], '不是真实日期'],
    [['--start', '2026-02-13', '--days', '0'], '整数'],
    [['--start', '2026-02-13', '--days', '1.5'], '整数'],
    [['--start', '2026-02-13', '--days', '10000'], '整数'],
    [['--start', '2026-02-13', '--days=-3'], '整数'],
    [['--start', '--days', '7'], '--start'],
    [['--start', '2026-02-13', '--day', '7'], '选项'],
    [['2026-02-13', '7'], '参数'],
    [['--start', '2015-12-31', '--days', '7'], '工作日历自2016-01-01起'],
    [['--start', '2015-12-31', '--days', '7', '--explain'], '工作日历自2016-01-01起'],
    [['--start', '9999-12-30', '--days', '7'], '公元9999年'],
  ])('%j is refused with exit code 2, a Chinese message and the way to the usage, and no answer', (args, named) => {
    const { status, stdout, stderr } = due(args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    const [said = ''] = stderr.trimStart().split('\n');
    expect(said).toContain(named);
    expect(stderr).toContain('npm run -s due -- --');
    expect(stderr).not.toContain('    at ');
    // No foreign words except option names: Node's own message would be English.
    expect(said.replaceAll(/--\w+/g, '')).not.toMatch(/[A-Za-z]{5}/);
  });

  test('--help shows the usage and succeeds', () => {
    const { status, stdout } = due(['--help']);
    expect(status).toBe(0);
    expect(stdout).toContain('--explain');
  });
});
