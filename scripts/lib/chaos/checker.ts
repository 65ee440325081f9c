/**
 * Compares what people were told and shown with what the record, the audit log and Temporal's histories hold: nothing lost,
 * nothing done twice, nothing shown that was not so.
 */
import type { Client } from '@temporalio/client';
import type { Pool } from 'pg';
import type { Clock } from '../../../domain/clock/clock.ts';
import { isFinal } from '../../../domain/case-types/case-types.ts';
import type { CaseType } from '../../../domain/case/id.ts';
import type { History } from '../histories/history-json.ts';
import { Journal, type Deed } from './journal.ts';
import { RECORD_CHECKS, type FindingKind } from './record-checks.ts';
import { neverAccepted } from './tally.ts';

export interface Finding {
  kind: FindingKind;
  text: string;
}

/** Histories that are read back; each costs a call. */
const HISTORIES = 400;

interface Step {
  case_id: string;
  step: number;
  token: string;
  action: string;
}

export class Checker {
  private readonly pool: Pool;
  private readonly journal: Journal;
  readonly findings: Finding[] = [];

  constructor(pool: Pool, journal: Journal) {
    this.pool = pool;
    this.journal = journal;
  }

  /** @param differing cases whose workflow is gone or differs from the record, as restoring finds them. */
  async check(client: Client, clock: Clock, differing: readonly string[] = []): Promise<readonly Finding[]> {
    await this.deeds();
    await this.intakes();
    await this.stages();
    for (const { kind, what, query } of RECORD_CHECKS) await this.none(kind, what, query, [clock.legal(Date.now())]);
    await this.looks(clock);
    await this.histories(client);
    for (const text of differing) this.find('lost', text);
    for (const text of this.journal.broken) this.find('contradiction', `500: ${text}`);
    for (const [text, times] of this.journal.malformed) this.find('malformed', `${text}（${times} 次）`);
    for (const what of neverAccepted(this.journal)) this.find('never-accepted', what);
    return this.findings;
  }

  private find(kind: FindingKind, text: string): void {
    this.findings.push({ kind, text });
  }

  /** A deed that was answered is one step of that number; a refused one is none; and no step is anybody's else. */
  private async deeds(): Promise<void> {
    const { rows } = await this.pool.query<Step>(
      "select case_id, step, token, action from audit_log where token like 'cmd:%'",
    );
    const steps = new Map(rows.map((row) => [`${row.case_id} ${row.token}`, row]));
    for (const deed of this.journal.deeds) {
      const id = `${deed.caseId} cmd:${deed.key}`;
      this.judge(deed, steps.get(id));
      steps.delete(id);
    }
    for (const [id] of steps) this.find('doubled', `${id}: nobody gave this command`);
  }

  private judge({ caseId, action, key, answers }: Deed, step: Step | undefined): void {
    const about = `${caseId} ${action} ${key}`;
    const decided = answers.filter((answer) => Journal.isDecided(answer));
    const done = decided.filter(({ status }) => status === 200);
    if (done.length > 0 && done.length < decided.length)
      this.find('contradiction', `${about}: answered ${JSON.stringify(decided)}`);
    for (const answer of done) {
      if (!step) this.find('lost', `${about}: answered 200, and the audit log has no such step`);
      else if (step.step !== answer.step)
        this.find('contradiction', `${about}: step ${step.step}, answered ${answer.step}`);
    }
    if (done.length === 0 && decided.length > 0 && step)
      this.find('contradiction', `${about}: refused as ${decided[0]!.code}, and done as step ${step.step}`);
    if (step && step.action !== action) this.find('contradiction', `${about}: recorded as ${step.action}`);
  }

  private async intakes(): Promise<void> {
    const { rows } = await this.pool.query<{ case_id: string }>('select case_id from cases where step > 0');
    const known = new Set(rows.map((row) => row.case_id));
    for (const caseId of this.journal.accepted) {
      if (!known.has(caseId)) this.find('lost', `${caseId}: accepted, and not begun`);
    }
  }

  private async stages(): Promise<void> {
    const { rows } = await this.pool.query<{ case_id: string; case_type: CaseType; stage: string; status: string }>(
      'select case_id, case_type, stage, status from cases where step > 0',
    );
    for (const { case_id: caseId, case_type: caseType, stage, status } of rows) {
      if (isFinal(caseType, stage) !== (status === 'closed'))
        this.find('contradiction', `${caseId}: ${status} at ${stage}`);
    }
  }

  private async none(kind: FindingKind, what: string, query: string, values: unknown[]): Promise<void> {
    const { rows } = await this.pool.query<Record<string, unknown>>(query, query.includes('$1') ? values : []);
    for (const row of rows) this.find(kind, `${what}: ${JSON.stringify(row)}`);
  }

  /** What a page showed was the open version at some instant between question and answer; what was open throughout was shown. */
  private async looks(clock: Clock): Promise<void> {
    const { rows } = await this.pool.query<{
      record_id: string;
      uscc: string;
      version: number;
      content: { content?: unknown };
      shown_from: Date;
      shown_until: Date | null;
    }>(
      `select record_id, uscc, v.version, content, shown_from, shown_until
       from record_versions v join records using (record_id) where shown_from is not null`,
    );
    for (const { uscc, from, to, shown } of this.journal.looks) {
      const [earliest, latest] = [clock.toLegal(from), clock.toLegal(to)];
      const ofPage = rows.filter((row) => row.uscc === uscc);
      for (const seen of shown) {
        const version = ofPage.find((row) => row.record_id === seen.recordId && row.version === seen.version);
        const about = `${uscc} ${seen.recordId} version ${seen.version}`;
        if (!version) this.find('shown-wrongly', `${about}: shown, and never open`);
        else if (version.content.content !== seen.content) this.find('shown-wrongly', `${about}: another text`);
        else if (+version.shown_from > latest || (version.shown_until && +version.shown_until < earliest))
          this.find('shown-wrongly', `${about}: shown outside its span`);
      }
      for (const row of ofPage) {
        const isOpenThroughout = +row.shown_from < earliest && (!row.shown_until || +row.shown_until > latest);
        const isShown = shown.some((seen) => seen.recordId === row.record_id && seen.version === row.version);
        if (isOpenThroughout && !isShown)
          this.find('shown-wrongly', `${uscc} ${row.record_id} version ${row.version}: open, and not shown`);
      }
    }
  }

  /** Every command that a history completed is a step of the audit log. */
  private async histories(client: Client): Promise<void> {
    const { rows } = await this.pool.query<{ case_id: string; tokens: string[] }>(
      `select case_id, array_agg(token) as tokens from audit_log
       where case_id in (select case_id from cases order by md5(case_id) limit ${HISTORIES}) group by 1`,
    );
    for (const { case_id: caseId, tokens } of rows) {
      const { events } = await this.historyOf(client, caseId);
      const completed = (events ?? []).flatMap(({ workflowExecutionUpdateCompletedEventAttributes: done }) =>
        done?.outcome?.success ? [done.meta?.updateId ?? ''] : [],
      );
      for (const key of completed) {
        if (!tokens.includes(`cmd:${key}`))
          this.find('lost', `${caseId}: ${key} is in its history and not in the audit log`);
      }
    }
  }

  /** A history that cannot be read is a finding, and hides no other. */
  private async historyOf(client: Client, caseId: string): Promise<Pick<History, 'events'>> {
    try {
      return await client.workflow.getHandle(caseId).fetchHistory();
    } catch (error) {
      this.find('lost', `${caseId}: its history cannot be read: ${String(error)}`);
      return {};
    }
  }
}
