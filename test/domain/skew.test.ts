import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestOffset, between, largestSkew, measureOffset, PROCESS_KINDS } from '../../domain/clock/skew.ts';

/** A local clock that is ahead of another one, which answers after some time on its way there and back. */
function clocks(ahead: number, ways: [there: number, back: number][]) {
  let time = 1_700_000_000_000;
  let asked = 0;
  return {
    now: () => time + ahead,
    ask: async () => {
      const [there, back] = ways[asked]!;
      asked += 1;
      time += there;
      const answer = time;
      time += back;
      return answer;
    },
  };
}

const exact = (offsetMs: number) => ({ offsetMs, errorMs: 0, temporal: null });

describe('the offset of a clock', () => {
  it('is measured within the error that is told, however the way is shared', async () => {
    const way = fc.nat(20_000);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: -1e9, max: 1e9 }), way, way, async (ahead, there, back) => {
        const { now, ask } = clocks(ahead, [[there, back]]);
        const { offsetMs, errorMs } = await measureOffset(ask, now);
        expect(Math.abs(offsetMs - ahead)).toBeLessThanOrEqual(errorMs);
        expect(errorMs).toBeLessThanOrEqual((there + back) / 2 + 2);
      }),
    );
  });

  it('is that of the quickest of three answers', async () => {
    const ways: [number, number][] = [
      [900, 0],
      [2, 2],
      [0, 300],
    ];
    const { now, ask } = clocks(1500, ways);
    expect(await bestOffset(ask, now)).toEqual({ offsetMs: 1500, errorMs: 3 });
  });

  it("of Temporal against PostgreSQL follows from the process's against both", () => {
    // The process is 100 ms ahead of Temporal and 3 s ahead of PostgreSQL.
    const found = between({ offsetMs: 100, errorMs: 20 }, { offsetMs: 3000, errorMs: 2 });
    expect(found).toEqual({ offsetMs: 2900, errorMs: 22 });
  });
});

it('clocks are measured by the processes that date something', () => {
  expect(PROCESS_KINDS).toEqual(['api', 'worker']);
});

describe('the largest skew', () => {
  it('is that of any two clocks: of two processes, of one and PostgreSQL, of Temporal and a process', () => {
    expect(largestSkew([])).toBe(0);
    expect(largestSkew([exact(-700)])).toBe(700);
    expect(largestSkew([exact(600), exact(-600)])).toBe(1200);
    expect(largestSkew([exact(100), { ...exact(0), temporal: { offsetMs: -950, errorMs: 0 } }])).toBe(1050);
  });

  it('counts only what is certain', () => {
    expect(largestSkew([{ offsetMs: 1500, errorMs: 1600, temporal: null }])).toBe(0);
    expect(largestSkew([{ offsetMs: 1500, errorMs: 100, temporal: null }, exact(-50)])).toBe(1450);
  });
});
