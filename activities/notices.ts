/** Notices are worded and stored when their step is written; their deliveries go out later, and never hold up a case. */
import { and, eq, isNotNull, isNull, ne, sql } from 'drizzle-orm';
import { longestDue } from '../db/cases/deadline-rows.ts';
import { address, noticeOfStep } from '../db/cases/notice-rows.ts';
import type { CaseRow } from '../db/cases/steps.ts';
import type { Breach } from '../db/queries/breaches.ts';
import { storeNotices } from '../db/notices/store-notices.ts';
import type { Executor } from '../db/postgres/client.ts';
import { cases, complaintReports, departments, enterprises } from '../db/schema.ts';
import type { Clock } from '../domain/clock/clock.ts';
import { answeringDepartment } from '../domain/oversight/answering.ts';
import { RUNGS, type LimitId, type Rung } from '../domain/clock/limits.ts';
import {
  rungRecipients,
  wordMoved,
  wordRung,
  wordWithdrawn,
  type NoticeFacts,
  type NoticeRequest,
  type NoticeText,
  type Recipient,
  type RungStanding,
} from '../domain/notices/notices.ts';
import type { CaseStep } from '../domain/case/case-step.ts';
import { partiesOf, type Parties } from './answering.ts';
import type { DeadlineRow } from './deadlines.ts';
import type { SanctionLiftingFacts } from '../domain/case-types/sanction-lifting/opening.ts';
import type { SupervisionFacts } from '../domain/case-types/supervision/opening.ts';
import type { Party } from '../domain/organs/party.ts';
import { FEEDBACK_OUTCOMES, type FeedbackOutcome } from '../domain/case-types/registration-push/answers.ts';

interface AnsweredFacts {
  feedback?: { outcome: FeedbackOutcome };
}

/** @param limits the case's limits after the step. */
export async function writeNotices(
  tx: Executor,
  row: CaseRow,
  caseStep: CaseStep,
  limits: readonly DeadlineRow[],
  at: Date,
  clock: Clock,
): Promise<void> {
  if (caseStep.notify.length === 0) return;
  const { criticised: criticism } = caseStep.facts as SupervisionFacts;
  const { feedback }: AnsweredFacts = caseStep.facts;
  const facts = {
    ...(await noticeFacts(tx, row, longestDue(limits))),
    criticism,
    ...(feedback && { outcome: FEEDBACK_OUTCOMES[feedback.outcome] }),
  };
  const addressed = await Promise.all(caseStep.notify.map((one) => addressees(tx, row, one)));
  await storeNotices(
    tx,
    clock,
    addressed.flat().map((request) => noticeOfStep(row, request, at, facts)),
  );
}

export interface FiredRung {
  rung: Rung;
  at: Date;
  parties: Parties;
  isSupervised: boolean;
}

export async function writeRungNotices(
  tx: Executor,
  row: CaseRow,
  deadline: DeadlineRow,
  fired: FiredRung,
  clock: Clock,
): Promise<void> {
  const { ladder: term, workingDays, dueDate } = deadline;
  const { rung, at, parties, isSupervised } = fired;
  const { limitId } = deadline;
  const standing = { ...(await namesOf(tx, row, limitId, fired)), isDone: deadline.settledAt !== null, isSupervised };
  const text = wordRung(limitId, rung, workingDays, await noticeFacts(tx, row, dueDate), standing);
  const entries = rungRecipients(rung, parties.acting, parties.answering).map((to) => ({
    key: `rung:${row.caseId}:${limitId}:${term}:${rung}:${to}`,
    payload: address(row, to, `${limitId}:${rung}`, at, text),
  }));
  await storeNotices(tx, clock, entries);
}

/** A reminder names who must act. A breach names who answers for it and, where that is somebody else, who must act. */
async function namesOf(
  tx: Executor,
  row: CaseRow,
  limitId: LimitId,
  { rung, parties: { acting, answering } }: FiredRung,
): Promise<Pick<RungStanding, 'answering' | 'acting'>> {
  const nameOf = async (party: Party) => departmentName(tx, answeringDepartment(party, limitId, row));
  const named = await nameOf(RUNGS[rung].effect === 'remind' ? acting : answering);
  const toAct = acting === answering ? undefined : await nameOf(acting);
  return { answering: named, acting: toAct };
}

async function departmentName(tx: Executor, code: string | null): Promise<string | undefined> {
  if (code === null) return undefined;
  const [department] = await tx.select({ name: departments.name }).from(departments).where(eq(departments.code, code));
  return department?.name;
}

/** A breach that is taken back: whether a supervision had been opened for it. */
type Undone = Pick<Breach, 'isSupervised'>;

const undoneAs = ({ isSupervised }: Undone) => (isSupervised ? 'supervision' : 'breach');

interface Moved {
  dueDate: string;
  at: Date;
  /** Set where the new date takes back a breach. */
  withdrawn?: Undone | undefined;
}

/** Tells whoever must act that the last day moves. */
export async function writeMovedNotice(
  tx: Executor,
  row: CaseRow,
  deadline: DeadlineRow,
  { dueDate, at, withdrawn }: Moved,
  clock: Clock,
): Promise<void> {
  const facts = await noticeFacts(tx, row, dueDate);
  const text = wordMoved(deadline.limitId, deadline.dueDate, facts, withdrawn && undoneAs(withdrawn));
  await tellOfLimit(tx, row, deadline, { what: 'moved', at, text, isWithdrawn: withdrawn !== undefined }, clock);
}

/** Tells those who were told of a breach that it is taken back, because what met the limit had arrived in time. */
export async function writeWithdrawnNotice(
  tx: Executor,
  row: CaseRow,
  deadline: DeadlineRow,
  { at, breach }: { at: Date; breach: Undone },
  clock: Clock,
): Promise<void> {
  const { limitId, dueDate } = deadline;
  const text = wordWithdrawn(limitId, await noticeFacts(tx, row, dueDate), undoneAs(breach));
  await tellOfLimit(tx, row, deadline, { what: 'withdrawn', at, text, isWithdrawn: true }, clock);
}

interface LimitNotice {
  what: 'moved' | 'withdrawn';
  at: Date;
  text: NoticeText;
  /** Whether a breach is taken back: the supervisors are told as well then, because they were told of the breach. */
  isWithdrawn: boolean;
}

async function tellOfLimit(
  tx: Executor,
  row: CaseRow,
  deadline: DeadlineRow,
  { what, at, text, isWithdrawn }: LimitNotice,
  clock: Clock,
): Promise<void> {
  const { limitId } = deadline;
  const { acting } = await partiesOf(tx, row, deadline, at);
  const recipients: Recipient[] = isWithdrawn ? [...new Set<Recipient>([acting, 'supervisor'])] : [acting];
  const entries = recipients.map((to) => ({
    key: `${what}:${row.caseId}:${row.step}:${limitId}:${to}`,
    payload: address(row, to, `${limitId}:${what}`, at, text),
  }));
  await storeNotices(tx, clock, entries);
}

async function addressees(tx: Executor, row: CaseRow, request: NoticeRequest): Promise<NoticeRequest[]> {
  const { to } = request;
  if (to !== 'recipients' && to !== 'peers') return [request];
  const codes = await (to === 'peers' ? peersOf(tx, row) : toldOf(tx, row));
  return codes.map((code) => ({ ...request, to: `department:${code}` as const }));
}

/** 接收方: every department that holds a case of the enterprise, except the holder of this one. */
async function toldOf(tx: Executor, { uscc, departmentCode: holder }: CaseRow): Promise<(string | null)[]> {
  const { departmentCode } = cases;
  if (uscc === null) return [];
  const others = and(eq(cases.uscc, uscc), isNotNull(departmentCode), ne(departmentCode, holder ?? ''));
  const told = await tx.selectDistinct({ departmentCode }).from(cases).where(others);
  return told.map((row) => row.departmentCode);
}

/** 同级各部门: the other departments of the holder's region. */
async function peersOf(tx: Executor, { departmentCode: holder }: CaseRow): Promise<string[]> {
  const { code, regionCode, retiredAt } = departments;
  const [own] = await tx
    .select({ regionCode })
    .from(departments)
    .where(eq(code, holder ?? ''));
  const beside = and(eq(regionCode, own?.regionCode ?? ''), ne(code, holder ?? ''), isNull(retiredAt));
  const peers = await tx.select({ code }).from(departments).where(beside);
  return peers.map((row) => row.code);
}

async function noticeFacts(tx: Executor, row: CaseRow, dueDate: string | null): Promise<NoticeFacts> {
  const { restrictedBy }: SanctionLiftingFacts = row.facts;
  const nameOf = (code: string | null | undefined) =>
    sql<string | null>`(select ${departments.name} from ${departments} where ${departments.code} = ${code ?? ''})`;
  const [names] = await tx
    .select({
      enterprise: sql<
        string | null
      >`coalesce((select ${enterprises.name} from ${enterprises} where ${enterprises.uscc} = ${row.uscc}),
        (select ${complaintReports.traderName} from ${complaintReports} where ${complaintReports.receiptNo} = ${row.caseNo}))`,
      department: nameOf(row.departmentCode),
      inPlaceOf: nameOf(restrictedBy),
    })
    .from(sql`(values (1)) as one`);
  return {
    enterpriseName: names?.enterprise ?? row.caseNo,
    uscc: row.uscc,
    departmentName: names?.department ?? null,
    dueDate,
    inPlaceOf: names?.inPlaceOf ?? undefined,
  };
}
