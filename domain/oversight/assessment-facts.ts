/**
 * 考核 (第十六条): what the audit log says about a department's month. Every duty (a limit's term) is judged once, against
 * the department that the log names as answering for it: in the month in which it was done in time, or in which its last
 * day passed. Later events never change a judged month, except that a new calendar may cancel a breach.
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
  /** A return (回退) that was ruled upon; wrong where the ruling confirmed the department that returned. */
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
  /** Whether it was judged already, as a breach. */
  judged: boolean;
  /** The fact of its breach, where a department answers for it. */
  breach?: AssessedFact | undefined;
}

interface DoneLate extends Duty {
  doneBy: AuditRow;
  answering: string | null | undefined;
}

interface Standing {
  caseType: string;
  departmentCode: string | null;
  /** Only of a rollback: the department that returned the push. */
  returnedBy: string | null;
  duties: Map<string, Duty>;
  /** Duties that were done after a breach: a calendar that comes late may still acquit them. */
  doneLate: DoneLate[];
  /** Facts of breaches that were taken back. */
  withdrawn: Set<AssessedFact>;
}

interface After {
  caseType?: string;
  departmentCode?: string | null;
  returnedBy?: unknown;
  ruling?: { decision?: string };
  limitId?: string;
  /** Only of a breach and its withdrawal: when the last day that counted ended. */
  dueAt?: string;
  /** Only of the withdrawal of a settled limit's breach: when it was settled, and the days used by the later calendar. */
  settledAt?: string;
  usedDays?: number;
  /** Only of a breach: the department that answers for it. */
  answering?: string | null;
  limits?: LimitChanged[];
}

interface LimitChanged {
  limitId: string;
  change: string;
  kind: string;
  workingDays: number;
  dueDate: string;
  /** Only of a settled limit. */
  usedDays?: number;
  answering?: string | null;
}

const monthOf = (at: number) => legalDateOf(at).slice(0, 7);

/** @param rows all known rows of one case, in any order. */
export function factsOfCase(rows: readonly AuditRow[]): AssessedFact[] {
  const whose = { caseType: '', departmentCode: null, returnedBy: null };
  const standing: Standing = { ...whose, duties: new Map(), doneLate: [], withdrawn: new Set() };
  const facts = [...rows].sort((a, b) => a.step - b.step).flatMap((row) => factsOfRow(standing, row));
  return facts.filter((fact) => !standing.withdrawn.has(fact));
}

function factsOfRow(standing: Standing, row: AuditRow): AssessedFact[] {
  const after: After = row.after ?? {};
  if (row.action === 'open') begin(standing, after);
  const facts = [...ofDuties(standing, row, after), ...ofDeed(standing, row, after)];
  // A department that takes the case over answers for later facts only.
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
  if (row.action === 'breach.withdrawn')
    return after.settledAt === undefined ? withdraw(standing, after) : acquit(standing, after);
  return (after.limits ?? []).flatMap((change) => changeDuty(standing, row, change));
}

function breach({ duties }: Standing, { action }: AuditRow, { limitId, answering }: After): AssessedFact[] {
  const rung = Object.entries(RUNGS).find(([name]) => action === `rung:${name}`);
  const duty = limitId === undefined ? undefined : duties.get(limitId);
  if (rung?.[1].effect !== 'breach' || !duty || duty.judged) return [];
  duty.judged = true;
  // A limit that had passed before its case was opened is judged in the month of the opening: the month of its last day
  // may have been assessed without it.
  const passed = endOfDay(duty.dueDate) <= duty.begunAt;
  const month = passed ? monthOf(duty.begunAt) : duty.dueDate.slice(0, 7);
  const facts = judge(answering, duty, { month, late: true, usedDays: null });
  [duty.breach] = facts;
  return facts;
}

/** Takes a breach back; the duty is judged again by its new last day. */
function withdraw({ duties, withdrawn }: Standing, { limitId }: After): AssessedFact[] {
  const duty = limitId === undefined ? undefined : duties.get(limitId);
  if (duty?.breach) withdrawn.add(duty.breach);
  if (duty) duty.judged = false;
  return [];
}

/** Takes back the breach of a duty that was done since: by a later calendar it was done in time. */
function acquit({ doneLate, withdrawn }: Standing, { limitId, dueAt, usedDays }: After): AssessedFact[] {
  const isIt = (one: DoneLate) => one.limitId === limitId && new Date(endOfDay(one.dueDate)).toISOString() === dueAt;
  const duty = doneLate.find(isIt);
  if (!duty) return [];
  if (duty.breach) withdrawn.add(duty.breach);
  const { doneBy, answering } = duty;
  if (!isDoneBy(doneBy, answering)) return [];
  return judge(answering, duty, { month: monthOf(doneBy.at), late: false, usedDays: usedDays ?? null });
}

function move({ duties }: Standing, after: After): void {
  for (const [limitId, moved] of Object.entries<unknown>({ ...after })) {
    const duty = duties.get(limitId);
    const isDated = typeof moved === 'object' && moved !== null && 'dueDate' in moved;
    if (duty && isDated && typeof moved.dueDate === 'string') duty.dueDate = moved.dueDate;
  }
}

function changeDuty(
  { duties, doneLate }: Standing,
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
  if (known?.judged) doneLate.push({ ...known, doneBy: row, answering });
  if (!known || known.judged) return [];
  const late = !known.suspended && row.at >= endOfDay(known.dueDate);
  if (!late && !isDoneBy(row, answering)) return [];
  return judge(answering, known, { month: monthOf(row.at), late, usedDays: usedDays ?? null });
}

/**
 * Whether the answering department itself met the limit. A limit that somebody else brought to rest (a withdrawal, a
 * ruling) is no merit of the department. A limit settled at the opening was met by the department's submission. What
 * 省工商行政管理局 owes, any registering authority may do for it.
 */
function isDoneBy({ action, actorDepartment }: AuditRow, answering: string | null | undefined): boolean {
  if (action === 'open' || actorDepartment === answering) return true;
  return isRegisteringAuthority(actorDepartment) && isRegisteringAuthority(answering);
}

/** The fact of a judged duty; none where no department answers for it. */
function judge(
  departmentCode: string | null | undefined,
  { limitId, kind, workingDays }: Duty,
  judged: { month: string; late: boolean; usedDays: number | null },
): AssessedFact[] {
  return departmentCode ? [{ fact: 'duty', departmentCode, limitId, kind, workingDays, ...judged }] : [];
}

/** The government's decision, and the record of its document (第十六条). */
const CRITICISED: ReadonlySet<string> = new Set(['criticise', 'recordCriticism']);

function ofDeed(standing: Standing, { action, at }: AuditRow, { ruling }: After): AssessedFact[] {
  const { caseType, departmentCode, returnedBy } = standing;
  const month = monthOf(at);
  if (caseType === 'rollback' && returnedBy && ruling?.decision) {
    return [{ fact: 'return', departmentCode: returnedBy, month, wrong: ruling.decision === 'same' }];
  }
  if (departmentCode === null) return [];
  if (caseType === 'supervision' && action === 'open') return [{ fact: 'supervised', departmentCode, month }];
  if (caseType === 'supervision' && CRITICISED.has(action)) return [{ fact: 'criticised', departmentCode, month }];
  if (caseType === 'correction' && action === 'open') return [{ fact: 'corrected', departmentCode, month }];
  return [];
}
