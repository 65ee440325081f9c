/**
 * 考核 (第十六条): what the audit log says about a department's month. Every duty is judged once, against the department that
 * the log names as answering for it: in the month in which it was done in time, or in which it fell due undone. What
 * happens later never changes a month that was judged, but for a breach that was none by the calendar announced since.
 */
import { endOfDay, legalDateOf } from '../clock/calendar.ts';
import { RUNGS } from '../clock/limits.ts';
import { isRegisteringAuthority } from '../organs/registering-authority.ts';

/** A row of the audit log, as much of it as assessment reads. */
export interface AuditRow {
  caseId: string;
  step: number;
  /** Legal time, epoch ms. */
  at: number;
  actorDepartment: string | null;
  action: string;
  after: Record<string, unknown> | null;
}

export type AssessedFact = { departmentCode: string; month: string } & (
  | { fact: 'duty'; limitId: string; kind: string; late: boolean; usedDays: number | null; workingDays: number }
  /** A return that was ruled upon; wrong where the same department was confirmed. */
  | { fact: 'return'; wrong: boolean }
  | { fact: 'supervised' }
  | { fact: 'criticised' }
  | { fact: 'corrected' }
);

interface Duty {
  limitId: string;
  kind: string;
  workingDays: number;
  dueDate: string;
  suspended: boolean;
  /** Legal time at which it began. */
  begunAt: number;
  /** Judged already: as a breach, at the end of its last day. */
  judged: boolean;
  /** As which it was judged, where a department answers for it. */
  breach?: AssessedFact | undefined;
}

interface Standing {
  caseType: string;
  departmentCode: string | null;
  /** Of a rollback: who returned the push. */
  returnedBy: string | null;
  duties: Map<string, Duty>;
  /** Breaches that were taken back. */
  withdrawn: Set<AssessedFact>;
}

interface After {
  caseType?: string;
  departmentCode?: string | null;
  returnedBy?: unknown;
  ruling?: { decision?: string };
  limitId?: string;
  /** Of a breach: the department that answers for it. */
  answering?: string | null;
  limits?: LimitChanged[];
}

interface LimitChanged {
  limitId: string;
  change: string;
  kind: string;
  workingDays: number;
  dueDate: string;
  /** Of one that came to rest. */
  usedDays?: number;
  answering?: string | null;
}

const monthOf = (at: number) => legalDateOf(at).slice(0, 7);

/** @param rows all of one case that are known, in any order. */
export function factsOfCase(rows: readonly AuditRow[]): AssessedFact[] {
  const whose = { caseType: '', departmentCode: null, returnedBy: null };
  const standing: Standing = { ...whose, duties: new Map(), withdrawn: new Set() };
  const facts = [...rows].sort((a, b) => a.step - b.step).flatMap((row) => factsOfRow(standing, row));
  return facts.filter((fact) => !standing.withdrawn.has(fact));
}

function factsOfRow(standing: Standing, row: AuditRow): AssessedFact[] {
  const after: After = row.after ?? {};
  if (row.action === 'open') begin(standing, after);
  const facts = [...ofDuties(standing, row, after), ...ofDeed(standing, row, after)];
  // Whoever takes a case over answers for what comes after.
  if (row.action !== 'order' && after.departmentCode) standing.departmentCode = after.departmentCode;
  return facts;
}

function begin(standing: Standing, { caseType = '', departmentCode = null, returnedBy }: After): void {
  standing.caseType = caseType;
  standing.departmentCode = departmentCode;
  standing.returnedBy = typeof returnedBy === 'string' ? returnedBy : null;
}

function ofDuties(standing: Standing, row: AuditRow, after: After): AssessedFact[] {
  if (row.action.startsWith('rung:')) return breach(standing, row, after);
  if (row.action === 'deadline.reprojected') move(standing, after);
  if (row.action === 'breach.withdrawn') withdraw(standing, after);
  return (after.limits ?? []).flatMap((change) => changeDuty(standing, row, change));
}

function breach({ duties }: Standing, { action }: AuditRow, { limitId, answering }: After): AssessedFact[] {
  const rung = Object.entries(RUNGS).find(([name]) => action === `rung:${name}`);
  const duty = limitId === undefined ? undefined : duties.get(limitId);
  if (rung?.[1].effect !== 'breach' || !duty || duty.judged) return [];
  duty.judged = true;
  // What had passed before it came to light is judged when it did: the month of its last day knew nothing of it.
  const passed = endOfDay(duty.dueDate) <= duty.begunAt;
  const month = passed ? monthOf(duty.begunAt) : duty.dueDate.slice(0, 7);
  const facts = judge(answering, duty, { month, late: true, usedDays: null });
  [duty.breach] = facts;
  return facts;
}

/** Its new last day judges it. */
function withdraw({ duties, withdrawn }: Standing, { limitId }: After): void {
  const duty = limitId === undefined ? undefined : duties.get(limitId);
  if (!duty) return;
  if (duty.breach) withdrawn.add(duty.breach);
  duty.judged = false;
}

function move({ duties }: Standing, after: After): void {
  for (const [limitId, moved] of Object.entries<unknown>({ ...after })) {
    const duty = duties.get(limitId);
    const isDated = typeof moved === 'object' && moved !== null && 'dueDate' in moved;
    if (duty && isDated && typeof moved.dueDate === 'string') duty.dueDate = moved.dueDate;
  }
}

function changeDuty(
  { duties }: Standing,
  row: AuditRow,
  { change, usedDays, answering, ...limit }: LimitChanged,
): AssessedFact[] {
  const known = duties.get(limit.limitId);
  if (change !== 'settle') {
    const begins = change === 'arm' || !known;
    const { judged, begunAt, breach: before } = begins ? { judged: false, begunAt: row.at, breach: undefined } : known;
    duties.set(limit.limitId, { ...limit, suspended: change === 'suspend', judged, begunAt, breach: before });
    return [];
  }
  duties.delete(limit.limitId);
  if (!known || known.judged) return [];
  const late = !known.suspended && row.at >= endOfDay(known.dueDate);
  if (!late && !isDoneBy(row, answering)) return [];
  return judge(answering, known, { month: monthOf(row.at), late, usedDays: usedDays ?? null });
}

/**
 * What another brought to rest (a withdrawal, a ruling) is no merit. What is at rest from the opening on was handed over by
 * the department; what 省工商行政管理局 owes, the registering authorities below it do, too.
 */
function isDoneBy({ action, actorDepartment }: AuditRow, answering: string | null | undefined): boolean {
  if (action === 'open' || actorDepartment === answering) return true;
  return isRegisteringAuthority(actorDepartment) && isRegisteringAuthority(answering);
}

/** What nobody answers for, or an organ that is no department, is not assessed. */
function judge(
  departmentCode: string | null | undefined,
  { limitId, kind, workingDays }: Duty,
  judged: { month: string; late: boolean; usedDays: number | null },
): AssessedFact[] {
  return departmentCode ? [{ fact: 'duty', departmentCode, limitId, kind, workingDays, ...judged }] : [];
}

function ofDeed(standing: Standing, { action, at }: AuditRow, { ruling }: After): AssessedFact[] {
  const { caseType, departmentCode, returnedBy } = standing;
  const month = monthOf(at);
  if (caseType === 'rollback' && returnedBy && ruling?.decision) {
    return [{ fact: 'return', departmentCode: returnedBy, month, wrong: ruling.decision === 'same' }];
  }
  if (departmentCode === null) return [];
  if (caseType === 'supervision' && action === 'open') return [{ fact: 'supervised', departmentCode, month }];
  if (caseType === 'supervision' && action === 'criticise') return [{ fact: 'criticised', departmentCode, month }];
  if (caseType === 'correction' && action === 'open') return [{ fact: 'corrected', departmentCode, month }];
  return [];
}
