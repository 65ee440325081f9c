/** What the rollups cost a step in WAL: the same lifecycles with their triggers and without. */
import type { DatabaseHandle } from '../db/postgres/client.ts';
import { foldAssessedCases } from '../db/rollups/assessed-cases.ts';

const LIFECYCLES = 1000;

const TRIGGERS = ['cases', 'registrations', 'rungs'].map((table) => `alter table ${table} % trigger user`);

type Statement = [string, unknown[]];

const DEPARTMENT = '430103-agriculture';
const LOG = `insert into audit_log (case_id, step, at, actor, actor_role, actor_department, action, after, article)
  values ($1, $2, now(), 'bench', 'system', '${DEPARTMENT}', $3, $4, '第七条')`;
const REGISTRATION = `insert into registrations (registration_no, uscc, name, kind, origin, region_code, scope, event,
    registered_on, content_hash, catalogue_version, accepted_at, accepted_by)
  values ($1, 'U', '企业', 'enterprise', 'in-province', '430103', '农药零售', 'establish', '2026-11-28', '', '', now(), 'x')`;
const HIT = `insert into registration_hits (registration_no, position, item_id, keyword, clause, start, "end", department_code, tried)
  values ($1, 0, 'PA047', '农药', '农药零售', 0, 2, '${DEPARTMENT}', '[]')`;
const OPENING = `insert into cases (case_id, case_type, stage, status, case_no, uscc, round, department_code, region_code,
    opened_at, due_at, step, facts)
  values ($1, 'registrationPush', 'pushed', 'open', $2, 'U', 1, '${DEPARTMENT}', '430103', now(), '2026-12-02T16:00:00Z', 1,
    '{"chain": "${DEPARTMENT}", "itemIds": ["PA047"], "claimedFromPool": false, "finalRuling": false}')`;
const changing = (set: string) => `update cases set ${set}, step = step + 1 where case_id = $1`;
const CLAIM = changing(`stage = 'claimed', due_at = '2026-12-08T16:00:00Z'`);
const ANSWER = changing(`stage = 'fedBack', status = 'closed', due_at = null, closed_at = now(),
  facts = facts || '{"feedback": {"outcome": "not-applied"}}'`);

const changed = (change: 'arm' | 'settle') => {
  const limit = { limitId: 'registrationPush.feedback', kind: 'statutory', workingDays: 7, dueDate: '2026-12-08' };
  return { limits: [{ ...limit, change, ...(change === 'settle' && { usedDays: 1, answering: DEPARTMENT }) }] };
};

/** A registration of one push: opened with its limits, claimed, fed back. */
function lifecycle(no: string): Statement[][] {
  const caseId = `push~${no}~${DEPARTMENT}~1`;
  const opened = { caseType: 'registrationPush', departmentCode: DEPARTMENT, ...changed('arm') };
  return [
    [
      [REGISTRATION, [no]],
      [HIT, [no]],
      [OPENING, [caseId, no]],
      [LOG, [caseId, 1, 'open', opened]],
    ],
    [
      [CLAIM, [caseId]],
      [LOG, [caseId, 2, 'claim', { stage: 'claimed' }]],
    ],
    [
      [ANSWER, [caseId]],
      [LOG, [caseId, 3, 'feedBack', changed('settle')]],
    ],
  ];
}

/** One transaction a step. */
async function live({ pool }: DatabaseHandle, name: string): Promise<void> {
  const client = await pool.connect();
  try {
    for (let i = 0; i < LIFECYCLES; i++) {
      for (const step of lifecycle(`${name}-${i}`)) {
        await client.query('begin');
        for (const [statement, params] of step) await client.query(statement, params);
        await client.query('commit');
      }
    }
  } finally {
    client.release();
  }
}

async function written({ pool }: DatabaseHandle, work: () => Promise<unknown>): Promise<number> {
  const position = async () => {
    const { rows } = await pool.query<{ at: string }>(`select pg_current_wal_insert_lsn() - '0/0' as at`);
    return Number(rows[0]!.at);
  };
  const before = await position();
  await work();
  return Math.round(((await position()) - before) / LIFECYCLES);
}

/** @returns bytes of WAL a lifecycle, without full-page images. */
export async function walOfLifecycles(handle: DatabaseHandle) {
  const { pool, db } = handle;
  await pool.query('checkpoint');
  const set = async (how: 'enable' | 'disable') => {
    for (const statement of TRIGGERS) await pool.query(statement.replace('%', how));
  };
  await set('disable');
  const without = await written(handle, () => live(handle, 'WITHOUT'));
  await set('enable');
  await pool.query('select fold_tallies()');
  await foldAssessedCases(db);
  // The other triggers of the tables only notify.
  const withThem = await written(handle, () => live(handle, 'WITH'));
  const folding = await written(handle, async () => {
    await pool.query('select fold_tallies()');
    await foldAssessedCases(db);
  });
  return { statements: 'registration, hit, case, log; three steps', without, with: withThem, folding };
}
