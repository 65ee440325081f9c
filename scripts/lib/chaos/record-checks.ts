/** What must not be in the record after a run: each query names the rows that would be wrong. `$1` is legal now. */
/** What may be wrong: something is gone, was done twice, was shown although it was not so, or two places say different things. */
type Fault = 'lost' | 'doubled' | 'shown-wrongly' | 'contradiction';
/** A fault of the system, or of the run: people wrote what no schema takes, or a command was never carried out. */
export type FindingKind = Fault | 'malformed' | 'never-accepted';

interface RecordCheck {
  kind: Fault;
  what: string;
  query: string;
}

export const RECORD_CHECKS: readonly RecordCheck[] = [
  {
    kind: 'lost',
    what: 'steps are not numbered without a gap',
    query: `select c.case_id, c.step, count(a.step) as steps, max(a.step) as last from cases c
      left join audit_log a on a.case_id = c.case_id and a.step > 0 group by 1, 2 having count(a.step) <> c.step or coalesce(max(a.step), 0) <> c.step`,
  },
  {
    kind: 'contradiction',
    what: 'the stage is not that of the last step',
    query: `select c.case_id, c.stage, last.after->>'stage' as logged from cases c cross join lateral (
      select after from audit_log a where a.case_id = c.case_id and after ? 'stage' order by step desc limit 1) last
      where last.after->>'stage' <> c.stage`,
  },
  {
    kind: 'contradiction',
    what: 'the ledger answers another step than the audit log',
    // A claim of a published registration opens its case and answers step 0: the opening has no command's token.
    query: `select l.case_id, l.key, l.result->>'step' as answered, a.step from commands l
      left join audit_log a on a.case_id = l.case_id and a.token = 'cmd:' || l.key
      where a.step is distinct from (l.result->>'step')::int and l.result->>'step' <> '0'`,
  },
  {
    kind: 'lost',
    what: 'a push was opened and its department was told nothing',
    query: `select a.case_id from audit_log a join cases c using (case_id) where a.token = 'open' and a.step = 1
      and c.case_type = 'registrationPush' and not exists (select from notices n where n.case_id = a.case_id)`,
  },
  {
    kind: 'lost',
    what: 'the outbox still holds what is due',
    query: `select id, kind, key, attempts, last_error from outbox
      where done_at is null and recorded_at < now() - interval '1 minute'`,
  },
  {
    kind: 'contradiction',
    what: 'a breach of a limit that was settled in time',
    query: `select d.case_id, d.limit_id, d.settled_at, d.due_at from deadlines d join rungs r
      on r.case_id = d.case_id and r.limit_id = d.limit_id and r.ladder = d.ladder and r.rung = 'due'
      where d.settled_at < d.due_at and not exists (select from rungs w where w.case_id = r.case_id
        and w.limit_id = r.limit_id and w.ladder = r.ladder and w.rung = 'withdrawn')`,
  },
  {
    kind: 'lost',
    what: 'a limit passed, and no breach is recorded',
    query: `select d.case_id, d.limit_id, d.due_at, d.settled_at from deadlines d
      where d.suspended_at is null and d.rungs ? 'due' and d.due_at < coalesce(d.settled_at, $1::timestamptz - interval '5 days')
      and not exists (select from rungs r where r.case_id = d.case_id and r.limit_id = d.limit_id
        and r.ladder = d.ladder and r.rung in ('due', 'withdrawn'))`,
  },
  {
    kind: 'contradiction',
    what: 'an answer says late, and the case has no breach',
    query: `select l.case_id, l.key from commands l join cases c using (case_id)
      where (l.result->>'late')::boolean and c.breached_at is null
      and not exists (select from rungs r where r.case_id = c.case_id and r.rung = 'withdrawn')`,
  },
  {
    kind: 'shown-wrongly',
    what: 'two versions of a record were shown at once',
    query: `select one.record_id, one.version, other.version as other from record_versions one
      join record_versions other on other.record_id = one.record_id and other.version > one.version
      where one.shown_from < coalesce(other.shown_until, 'infinity') and other.shown_from < coalesce(one.shown_until, 'infinity')`,
  },
  {
    kind: 'shown-wrongly',
    what: 'a version was shown that no step took up',
    query: `select record_id, version from record_versions where shown_from is not null and taken_up_at is null`,
  },
  {
    kind: 'doubled',
    what: 'a supervision was opened twice for one term',
    query: `select parent_case_id, facts->>'limitId' as limit_id, count(*) from cases where case_type = 'supervision'
      and parent_case_id is not null group by 1, 2, facts->>'term', facts->>'ladder' having count(*) > 1`,
  },
];
