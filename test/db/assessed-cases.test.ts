/** The rollup of the assessment says what the audit log says, whatever is written in whatever order, folded or not. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import * as fc from 'fast-check';
import { eq, max, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectDatabase, type DatabaseHandle, type Executor } from '../../db/postgres/client.ts';
import { assessFromLog, assessMonth } from '../../db/queries/assessment.ts';
import { foldAssessedCases, unfoldedEntries } from '../../db/rollups/assessed-cases.ts';
import { correctRollups, findDifferences } from '../../db/rollups/recount.ts';
import { auditLog } from '../../db/schema.ts';
import { addDays, endOfDay, startOfDay } from '../../domain/clock/calendar.ts';
import { createTestDatabase } from '../support/servers.ts';
import { recountMonth } from '../support/recounted-assessment.ts';

const FIRST = '2026-01-10';
const DEPARTMENTS = ['430103-agriculture', '430104-health', '430000-registration'];
const LIMITS = ['registrationPush.feedback', 'supervision.reply', 'publication.publication'];

let handle: DatabaseHandle;
let databaseUrl: string;
beforeAll(async () => {
  databaseUrl = await createTestDatabase();
  handle = connectDatabase(databaseUrl, 4);
});
afterAll(() => handle.close());

const days = fc.nat(75).map((day) => addDays(FIRST, day));
const codes = fc.constantFrom(...DEPARTMENTS);
const entries = fc.record({
  caseId: fc.nat(12).map((n) => `case~${n}`),
  /** Mostly later than the entry before, as the log is. */
  later: fc.integer({ min: 0, max: 20 }),
  entry: fc.oneof(
    fc.record({
      action: fc.constant('open'),
      after: fc.record({
        caseType: fc.constantFrom('registrationPush', 'supervision', 'correction', 'rollback'),
        departmentCode: fc.option(codes),
        returnedBy: codes,
        limits: fc.array(limit('arm'), { minLength: 1, maxLength: 2 }),
      }),
    }),
    fc.record({ action: fc.constant('feedBack'), after: fc.record({ limits: fc.tuple(limit('settle')) }) }),
    fc.record({
      action: fc.constant('extend'),
      after: fc.record({ limits: fc.tuple(limit('extend')), departmentCode: codes }),
    }),
    fc.record({ action: fc.constantFrom('rung:due', 'breach.withdrawn'), after: breach() }),
    fc.record({
      action: fc.constant('deadline.reprojected'),
      after: days.map((dueDate) => ({ [LIMITS[0]!]: { dueDate } })),
    }),
    fc.record({
      action: fc.constant('rule'),
      after: fc.record({ ruling: fc.record({ decision: fc.constantFrom('same', 'other') }) }),
    }),
    fc.record({ action: fc.constant('criticise'), after: fc.constant({}) }),
  ),
  actorDepartment: fc.option(codes),
});
type Entry = typeof entries extends fc.Arbitrary<infer E> ? E : never;

function limit(change: string) {
  return fc.record({
    limitId: fc.constantFrom(...LIMITS),
    change: fc.constant(change),
    kind: fc.constantFrom('statutory', 'norm'),
    workingDays: fc.integer({ min: 1, max: 20 }),
    usedDays: fc.integer({ min: 0, max: 20 }),
    dueDate: days,
    answering: fc.option(codes),
  });
}

function breach() {
  return fc.record({
    limitId: fc.constantFrom(...LIMITS),
    dueAt: days.map((day) => new Date(endOfDay(day)).toISOString()),
    answering: fc.option(codes),
  });
}

async function write(tx: Executor, { caseId, later, entry, actorDepartment }: Entry): Promise<void> {
  const [last] = await tx
    .select({ step: max(auditLog.step), at: max(auditLog.at) })
    .from(auditLog)
    .where(eq(auditLog.caseId, caseId));
  const before = last?.at ?? new Date(startOfDay(FIRST));
  const about = { actor: 'x', actorRole: 'system' as const, article: '', actorDepartment };
  const at = new Date(before.getTime() + later * 86_400_000 * 0.6);
  await tx
    .insert(auditLog)
    .values({ ...about, ...entry, after: { ...entry.after }, caseId, step: (last?.step ?? 0) + 1, at });
}

const MONTHS = ['2026-01', '2026-02', '2026-03', '2026-04', '2026-05'];
const SCOPES = [
  { scope: {}, isIn: () => true },
  { scope: { regionCode: '430100' }, isIn: (code: string) => code.startsWith('4301') },
  { scope: { departmentCode: DEPARTMENTS[0]! }, isIn: (code: string) => code === DEPARTMENTS[0] },
];

/** Over all comparisons: it says whether anything was compared. */
const assessedDepartments = new Set<string>();

async function expectEqual(): Promise<void> {
  for (const [i, month] of MONTHS.slice(0, 4).entries()) {
    for (const { scope, isIn } of SCOPES) {
      const asked = { month, ...scope };
      const kept = await assessMonth(handle.db, asked);
      expect(kept).toEqual(await assessFromLog(handle.db, asked));
      for (const { departmentCode } of kept.departments) assessedDepartments.add(departmentCode);
      const departments = kept.departments.map(({ departmentName: _, ...one }) => one);
      expect({ ...kept, departments, digest: '' }).toEqual({
        ...(await recountMonth(handle.db, month, MONTHS[i + 1]!, isIn)),
        digest: '',
      });
    }
  }
}

const differences = async () => (await findDifferences(handle.db)).assessed;

/** One case of each department that has answered in time: whatever the other entries are, these are assessed. */
async function writeAssessed(): Promise<void> {
  const owed = {
    limitId: LIMITS[0]!,
    kind: 'statutory' as const,
    workingDays: 7,
    usedDays: 3,
    dueDate: addDays(FIRST, 12),
  };
  for (const departmentCode of DEPARTMENTS) {
    const about = { caseId: `case~${departmentCode}`, later: 3, actorDepartment: departmentCode };
    const armed = { ...owed, change: 'arm', answering: departmentCode };
    const opened = {
      caseType: 'registrationPush' as const,
      departmentCode,
      returnedBy: departmentCode,
      limits: [armed],
    };
    await write(handle.db, { ...about, entry: { action: 'open', after: opened } });
    const settled = { ...owed, change: 'settle', answering: departmentCode };
    await write(handle.db, { ...about, entry: { action: 'feedBack', after: { limits: [settled] } } });
  }
}

describe('assessed cases', () => {
  it('say of every month and scope what the log says, folded or not', async () => {
    const histories = fc.array(fc.tuple(fc.array(entries, { minLength: 1, maxLength: 12 }), fc.boolean()), {
      minLength: 1,
      maxLength: 4,
    });
    await writeAssessed();
    await fc.assert(
      fc.asyncProperty(histories, async (history) => {
        for (const [written, isFolded] of history) {
          for (const entry of written) await handle.db.transaction((tx) => write(tx, entry));
          if (isFolded) await foldAssessedCases(handle.db);
          await expectEqual();
          expect(await differences()).toEqual([]);
        }
      }),
      { numRuns: 6 },
    );
    expect([...assessedDepartments]).toEqual(expect.arrayContaining(DEPARTMENTS));
  });

  it('wait for entries that took an earlier id and are not committed yet', async () => {
    await foldAssessedCases(handle.db);
    const [early, late] = fc.sample(
      entries.map((one) => ({ ...one, caseId: 'case~late' })),
      2,
    );
    let folding: Promise<number> | undefined;
    await handle.db.transaction(async (tx) => {
      await write(tx, { ...early!, caseId: 'case~early' });
      await handle.db.transaction((other) => write(other, late!));
      folding = foldAssessedCases(handle.db);
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect(await unfoldedEntries(handle.db)).toBe(2);
    });
    expect(await folding).toBe(2);
    expect(await unfoldedEntries(handle.db)).toBe(0);
    await expectEqual();
    expect(await differences()).toEqual([]);
  });

  it('take nothing from a transaction that was rolled back', async () => {
    const [entry] = fc.sample(entries, 1);
    const failing = handle.db.transaction(async (tx) => {
      await write(tx, entry!);
      throw new Error('rolled back');
    });
    await expect(failing).rejects.toThrow('rolled back');
    await foldAssessedCases(handle.db);
    expect(await differences()).toEqual([]);
  });

  it('are folded once by many', async () => {
    for (const entry of fc.sample(entries, 30)) await handle.db.transaction((tx) => write(tx, entry));
    await Promise.all([1, 2, 3].map(() => foldAssessedCases(handle.db)));
    expect(await unfoldedEntries(handle.db)).toBe(0);
    await expectEqual();
  });

  it('that were changed by hand are found by `recount --check`, and corrected without it', async () => {
    const recount = async (...args: string[]) => {
      const env = { ...process.env, DATABASE_URL: databaseUrl };
      const run = promisify(execFile)('node', ['--import', 'tsx', 'scripts/recount.ts', ...args], { env });
      return run.then(({ stdout }) => ({ stdout, code: 0 })).catch(({ stdout, code }) => ({ stdout, code }));
    };
    expect(await findDifferences(handle.db)).toEqual({ tallies: [], assessed: [] });
    await handle.db.execute(
      sql`insert into tallies (grain, figure, region_code, day, count) values ('region', 'registered', '430103', '2026-01-02', 7)`,
    );
    await handle.db.execute(
      sql`update assessed_cases set norm = norm + 1 where ctid = (select ctid from assessed_cases limit 1)`,
    );
    await handle.db.execute(
      sql`insert into assessed_cases (month, case_id, department_code, digest) values ('2025-01', 'x', '430103-x', '')`,
    );
    const found = await recount('--check');
    expect(found.code).toBe(1);
    expect(found.stdout).toContain('统计 registered（region） 430103 2026-01-02：保存 7，应为 0');
    expect(found.stdout).toContain('考核 2025-01 430103-x x：审计日志没有');
    expect(found.stdout).toContain('与审计日志不同');
    expect(found.stdout).toContain('共 3 处差异');
    expect(await recount()).toEqual({ stdout: '已重新统计：更正统计 1 处，考核 2 处。\n', code: 0 });
    expect(await findDifferences(handle.db)).toEqual({ tallies: [], assessed: [] });
    expect(await correctRollups(handle.db)).toEqual({ tallies: 0, assessed: 0 });
  });
});
