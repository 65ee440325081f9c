/** What the benches compute and read, without a system. What they measure is no test. */
import { afterEach, expect, test, vi } from 'vitest';
import { run as cost } from '../../bench/cost.ts';
import { round } from '../../bench/contestants/contestant.ts';
import { figuresOf } from '../../bench/lib/claims.ts';
import { difference } from '../../bench/lib/counters.ts';
import { cpuOf, parseMegabytes, parseStat } from '../../bench/lib/cpu.ts';
import { median, notMoreThan, percentile, rounded } from '../../bench/lib/figures.ts';
import { Report } from '../../bench/lib/report.ts';
import { run as storm } from '../../bench/storm.ts';
import { UsageError } from '../../runtime/flags.ts';

afterEach(() => vi.restoreAllMocks());

test('percentiles are values that were measured, in whatever order', () => {
  const hundred = Array.from({ length: 100 }, (_, n) => ((n * 37) % 100) + 1);
  expect([0, 0.5, 0.99, 1].map((share) => percentile(hundred, share))).toEqual([1, 50, 99, 100]);
  expect(percentile([7], 0.99)).toBe(7);
  expect(percentile([], 0.5)).toBeNaN();
  expect(median([9, 1, 5])).toBe(5);
  expect(hundred[0]).toBe(1);
});

test('a figure below its target is never shown as one that meets it', () => {
  expect(notMoreThan(9.96, 1)).toBe('9.9');
  expect(notMoreThan(0.98996, 4)).toBe('0.9899');
  expect(notMoreThan(1.1, 1)).toBe('1.1');
  expect([123.6, 12.345, 0.012345].map(rounded)).toEqual([124, 12.3, 0.0123]);
});

test('processor time is read behind the name, which may hold anything', () => {
  const line = '4711 (a) R 1 (b) S 42 4711 4711 0 -1 4194560 900 80 7 6 150 30 20 5 20 0 11 0 1 2 3';
  expect(parseStat(line)).toEqual({ parent: 42, own: 1800, ended: 250 });
});

test('a process counts its own time, and one that is gone is named', () => {
  expect(cpuOf(process.pid)).toBeGreaterThan(0);
  expect(() => cpuOf(2 ** 30)).toThrow(String(2 ** 30));
});

test('memory is read in megabytes', () => {
  const status = 'Name:\tnode\nVmHWM:\t  500000 kB\nVmRSS:\t  400000 kB\n';
  expect(parseMegabytes(status, 'VmRSS')).toBeCloseTo(409.6);
  expect(parseMegabytes(status, 'VmHWM')).toBeCloseTo(512);
  expect(parseMegabytes('Name:\tkthreadd\n', 'VmRSS')).toBeNaN();
});

test('counters are compared one by one', () => {
  expect(difference({ statements: 12, fsyncs: 5 }, { statements: 2, fsyncs: 5 })).toEqual({
    statements: 10,
    fsyncs: 0,
  });
});

test('a round ends with the lifecycles that were begun, and gives each its own number', async () => {
  const given: number[] = [];
  let n = 0;
  const lifecycle = async (one: number) => void given.push(one);
  const done = await round(
    { lifecycle },
    7,
    (begun) => begun >= 30,
    () => (n += 1),
  );
  expect(done.lifecycles).toBe(30);
  expect(given.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
});

test('a claim without an answer counts as put off, a refused one does not', () => {
  const claims = [200, 503, 0, 409].map((status, index) => ({ status, ms: index + 1 }));
  expect(figuresOf(claims)).toEqual({ claims: 4, putOff: 2, refused: 1, p50: 2, p99: 4, most: 4 });
});

test('a report says of each goal whether it is met, and its last line is JSON', () => {
  const said: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void said.push(line));
  const report = new Report('example');
  report.goal({ what: '语句', value: 40, most: 40 });
  report.goal({ what: '之比', value: 0.79, least: 0.8 });
  report.goal({ what: '没有测到', value: NaN, most: 3 });
  expect(report.end({ users: 5 })).toBe(1);
  expect(said.slice(0, 3).map((line) => line.split(' ')[0])).toEqual(['达到目标', '未达到目标', '未达到目标']);
  const last = JSON.parse(said.at(-1)!) as { goals: { met: boolean }[] };
  expect(last).toMatchObject({ bench: 'example', met: false, users: 5 });
  expect(last.goals.map(({ met }) => met)).toEqual([true, false, false]);
  expect(new Report('empty').end({})).toBe(0);
});

test('a wrong flag is refused before anything is started', async () => {
  await expect(cost(['--users', '0'])).rejects.toThrow(UsageError);
  await expect(cost(['--lifecycle', '5'])).rejects.toThrow('--lifecycle');
  await expect(storm(['--cases', 'many'])).rejects.toThrow('--cases');
});
