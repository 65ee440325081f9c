/** The checker of `npm run chaos` finds nothing where nothing is wrong, and each kind of fault where it is forged. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadClock } from '../../db/reference/clock-setting.ts';
import type { Clock } from '../../domain/clock/clock.ts';
import { Checker } from '../../scripts/lib/chaos/checker.ts';
import { Dice } from '../../scripts/lib/chaos/dice.ts';
import { Journal } from '../../scripts/lib/chaos/journal.ts';
import { Lifecycle, look } from '../../scripts/lib/chaos/lifecycles.ts';
import { People } from '../../scripts/lib/chaos/people.ts';
import { record, submit } from '../api/support/records.ts';
import { begunCase, casePath } from '../api/support/requests.ts';
import { eventually, Product } from '../support/product.ts';

const LIFECYCLES = 12;

let product: Product;
let clock: Clock;
let journal: Journal;
/** An enterprise whose one record is shown from its publication on, whatever the lifecycles do to theirs. */
let published: string;

beforeAll(async () => {
  product = await Product.start();
  clock = await loadClock(product.handle.db);
  journal = new Journal();
  const people = new People([product.url, product.url], journal);
  const dice = new Dice(7);
  const setting = { people, clock, run: `t${process.pid}-${Date.now().toString(36)}` };
  await Promise.all(
    Array.from({ length: LIFECYCLES }, (_, n) => new Lifecycle(setting, n + 1, dice.nth(n + 1)).live()),
  );
  const input = record();
  const accepted = await submit(product, input);
  await begunCase(product, 'dengji', 'publications', accepted.caseId);
  const path = casePath('publications', accepted.caseId, 'publish');
  const deed = { caseId: accepted.caseId, action: 'publish' };
  await people.command(dice, { as: 'dengji', method: 'POST', path, body: {} }, deed);
  await look(people, dice, input.uscc);
  published = input.uscc;
  const left = () =>
    product.handle.pool.query<{ left: string }>('select count(*) as left from outbox where done_at is null');
  await eventually(left, ({ rows }) => rows[0]?.left === '0');
}, 180_000);
afterAll(() => product.close());

/** A journal that a test may spoil. */
let own: Journal;
beforeEach(() => {
  own = Object.assign(new Journal(), journal, {
    deeds: structuredClone(journal.deeds),
    looks: structuredClone(journal.looks),
    accepted: new Set(journal.accepted),
    broken: [],
    malformed: new Map(journal.malformed),
  });
});

const findings = () => new Checker(product.handle.pool, own).check(product.temporal, clock);
const kinds = async () => [...new Set((await findings()).map(({ kind }) => kind))];

/** Spoils the record for the time of a look, without the guards that keep the audit log from being changed. */
async function spoilt<T>(sql: string, mended: string, seen: () => Promise<T>): Promise<T> {
  const client = await product.handle.pool.connect();
  const run = async (text: string) => {
    await client.query('set session_replication_role = replica');
    await client.query(text);
    await client.query('set session_replication_role = origin');
  };
  try {
    await run(sql);
    return await seen();
  } finally {
    await run(mended);
    client.release();
  }
}

const done = () => own.deeds.find(({ answers }) => answers.some(({ status }) => status === 200))!;

describe('the checker', () => {
  it('finds nothing where people were told what is on record', async () => {
    expect(own.deeds.length).toBeGreaterThan(LIFECYCLES);
    expect(await findings()).toEqual([]);
  });

  it('finds an answered command that the audit log does not hold', async () => {
    own.deeds.push({ ...done(), key: 'never-written' });
    expect(await kinds()).toEqual(['lost']);
  });

  it('finds a case that was accepted and never begun', async () => {
    own.accepted.add('push~nobody~x~1');
    expect(await kinds()).toEqual(['lost']);
  });

  it('finds a step of a command that nobody gave', async () => {
    own.deeds.splice(own.deeds.indexOf(done()), 1);
    expect(await kinds()).toEqual(['doubled']);
  });

  it('finds an answer that names another step, and a refusal of what was done', async () => {
    // Before it, there may be answers that decided nothing.
    done().answers.find(({ status }) => status === 200)!.step! += 1;
    expect(await kinds()).toEqual(['contradiction']);
    own.deeds.splice(0, own.deeds.length, ...structuredClone(journal.deeds));
    done().answers = [{ status: 409, code: 'transition.refused' }];
    expect(await kinds()).toEqual(['contradiction']);
  });

  it('finds an answer of 500', async () => {
    own.broken.push('POST /x: {}');
    expect(await kinds()).toEqual(['contradiction']);
  });

  it('finds a body of the people themselves that no schema takes', async () => {
    const { caseId, action } = done();
    own.answered(action, { status: 400, body: { code: 'input.invalid', detail: caseId } });
    expect(await findings()).toEqual([{ kind: 'malformed', text: `${action}: 400 input.invalid ${caseId}（1 次）` }]);
  });

  it('finds a stage that no step brought, and a gap between steps', async () => {
    const { caseId } = done();
    const of = `where case_id = '${caseId}'`;
    const stage = (await product.handle.pool.query<{ stage: string }>(`select stage from cases ${of}`)).rows[0]!.stage;
    const other = stage === 'claimed' ? 'pushed' : 'claimed';
    const seen = await spoilt(
      `update cases set stage = '${other}' ${of}`,
      `update cases set stage = '${stage}' ${of}`,
      kinds,
    );
    expect(seen).toContain('contradiction');
    const gap = await spoilt(`update cases set step = step + 1 ${of}`, `update cases set step = step - 1 ${of}`, kinds);
    expect(gap).toEqual(['lost']);
  });

  it('finds a breach that is missing, and one of a limit that was met in time', async () => {
    const { rows } = await product.handle.pool.query<{ case_id: string; limit_id: string }>(
      "select case_id, limit_id from deadlines where settled_at < due_at and rungs ? 'due' limit 1",
    );
    const [met] = rows;
    const of = `where case_id = '${met!.case_id}' and limit_id = '${met!.limit_id}'`;
    const due = `insert into rungs (case_id, limit_id, rung, ladder, due_at, fired_at)
      select case_id, limit_id, 'due', ladder, due_at, due_at from deadlines ${of}`;
    expect(await spoilt(due, `delete from rungs ${of} and rung = 'due'`, kinds)).toEqual(['contradiction']);
    const late = `update deadlines set settled_at = due_at + interval '1 second', due_at = due_at ${of}`;
    const before = (
      await product.handle.pool.query<{ at: string }>(`select settled_at::text as at from deadlines ${of}`)
    ).rows[0]!.at;
    expect(await spoilt(late, `update deadlines set settled_at = '${before}' ${of}`, kinds)).toEqual(['lost']);
  });

  it('finds a page that showed another text, a closed version, or not what was open', async () => {
    const page = own.looks.find(({ uscc }) => uscc === published)!;
    expect(page.shown).toHaveLength(1);
    page.shown[0]!.content = '别的内容';
    expect(await kinds()).toEqual(['shown-wrongly']);
    page.shown[0]!.version += 7;
    expect(await kinds()).toEqual(['shown-wrongly']);
    page.shown = [];
    page.to += 60_000;
    page.from = page.to;
    expect(await kinds()).toEqual(['shown-wrongly']);
  });

  it('finds a version that no step took up, and a notice that reached nobody', async () => {
    const shown =
      'where (record_id, version) = (select record_id, version from record_versions where shown_from is not null order by 1 limit 1)';
    const taken = (
      await product.handle.pool.query<{ at: string }>(`select taken_up_at::text as at from record_versions ${shown}`)
    ).rows[0]!.at;
    const forget = `update record_versions set taken_up_at = null ${shown}`;
    expect(await spoilt(forget, `update record_versions set taken_up_at = '${taken}' ${shown}`, kinds)).toEqual([
      'shown-wrongly',
    ]);
    const first = "where case_id = (select case_id from notices where topic = 'push.received' order by id limit 1)";
    const lose = `update notices set case_id = 'x' || case_id ${first}`;
    const found = `update notices set case_id = substr(case_id, 2) where case_id like 'x%'`;
    expect(await spoilt(lose, found, kinds)).toEqual(['lost']);
  });
});
