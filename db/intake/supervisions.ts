/**
 * 督查督办 opened by a supervisor (第十七条): the row, its audit entry and its start in one transaction. A limit's term has one
 * case, whether the ladder or a supervisor opens it; each number that an organ chooses has one.
 */
import { and, eq, max } from 'drizzle-orm';
import type { NewCase } from '../../domain/case/case.ts';
import type { Clock } from '../../domain/clock/clock.ts';
import { Refusal } from '../../domain/errors.ts';
import { LIMITS, type Limit } from '../../domain/clock/limits.ts';
import { isWithin } from '../../domain/organs/region-code.ts';
import type { Direct, OfLimit, OpenSupervision } from '../../domain/case-types/supervision/order.ts';
import type { Database } from '../postgres/client.ts';
import { openOnce } from '../cases/opened.ts';
import { isNotWithdrawn } from '../queries/case-filter.ts';
import { findCase } from '../queries/cases.ts';
import { deadlines, departments, enterprises, rungs } from '../schema.ts';
import { openedSupervision, type SupervisionInput } from '../../domain/case-types/supervision/opening.ts';
import type { Actor } from '../../domain/organs/actor.ts';

export interface SupervisionIntakeDeps {
  db: Database;
  clock: Clock;
}

export interface OpenedSupervision {
  result: 'opened' | 'duplicate';
  caseId: string;
}

const ARTICLE = '第十七条';

/** Opens a supervision. @throws Refusal */
export async function openSupervision(
  { db, clock }: SupervisionIntakeDeps,
  actor: Actor,
  body: OpenSupervision,
): Promise<OpenedSupervision> {
  const now = Date.now();
  const { legal } = clock;
  const input =
    'number' in body ? await aboutMatter(db, actor, body, now) : await aboutLimit(db, actor, body, now, legal(now));
  const opened = openedSupervision(input);
  const kept = { matter: body.matter, openedBy: actor.username };
  return db.transaction(async (tx) => {
    const { isFresh, known } = await openOnce(tx, {
      start: { workflow: 'supervision', opened, input },
      kept,
      actor,
      action: 'order',
      article: ARTICLE,
      clock,
    });
    if (!isFresh) refuseAnother(known, { ...opened, facts: kept });
    return { result: isFresh ? ('opened' as const) : ('duplicate' as const), caseId: opened.caseId };
  });
}

/**
 * @throws Refusal supervision.exists if the id belongs to another matter, department or enterprise, or to the ladder's own
 * supervision: that has no text, so the order's would be lost.
 */
function refuseAnother(
  known: Awaited<ReturnType<typeof openOnce>>['known'],
  { caseId, parentCaseId, facts, departmentCode, uscc }: NewCase,
): void {
  const isSame =
    known?.facts.matter === facts.matter && known?.departmentCode === departmentCode && known.uscc === uscc;
  if (isSame) return;
  const isOfLimit = parentCaseId !== null;
  const message = isOfLimit ? '该期限已有督办，本次督办事由没有记录' : '该督办编号已用于其他督办，本次督办没有立项';
  throw new Refusal('supervision.exists', message, {
    remedy: `请在已有的督办事项（${caseId}）中办理${isOfLimit ? '' : '，或换用新的督办编号'}`,
    article: ARTICLE,
  });
}

async function aboutLimit(
  db: Database,
  actor: Actor,
  { originCaseId, limitId }: OfLimit,
  openedAt: number,
  legalNow: Date,
): Promise<SupervisionInput> {
  const origin = (await findCase(db, actor, originCaseId))?.case;
  if (!origin) throw notFound('没有这个事项，或不在您的辖区内');
  const { obliged }: Limit = LIMITS[limitId];
  if (origin.caseType === 'supervision' || obliged || origin.departmentCode === null) {
    throw new Refusal('input.invalid', '该期限不由部门承担，或该事项本身就是督办事项', {
      remedy: '请选择承办部门逾期的期限；其他情形请用督办编号立项',
    });
  }
  const [duty] = await db
    .select()
    .from(deadlines)
    .where(and(eq(deadlines.caseId, originCaseId), eq(deadlines.limitId, limitId)));
  if (!duty) throw notFound('该事项没有这一期限');
  const ladder = await neglectedTerm(db, duty, legalNow);
  if (ladder === null) {
    throw new Refusal('supervision.not-overdue', `“${LIMITS[limitId].title}”的期限没有逾期，不能督办`, {
      remedy: `期限于${duty.dueDate}届满；其他情形请用督办编号立项`,
      article: ARTICLE,
    });
  }
  const { caseNo, uscc, round, departmentCode, regionCode } = origin;
  return { originCaseId, limitId, ladder, caseNo, uscc, round, departmentCode, regionCode, openedAt };
}

/** The term that is overdue now, or otherwise the last one that was; null if none. */
async function neglectedTerm(
  db: Database,
  { caseId, limitId, ladder, dueAt, settledAt, suspendedAt }: typeof deadlines.$inferSelect,
  legalNow: Date,
): Promise<number | null> {
  if (!settledAt && !suspendedAt && dueAt <= legalNow) return ladder;
  const ofLimit = and(eq(rungs.caseId, caseId), eq(rungs.limitId, limitId), eq(rungs.rung, 'due'));
  const [last] = await db
    .select({ ladder: max(rungs.ladder) })
    .from(rungs)
    .where(and(ofLimit, isNotWithdrawn));
  return last?.ladder ?? null;
}

async function aboutMatter(
  db: Database,
  actor: Actor,
  { number, departmentCode, uscc }: Direct,
  openedAt: number,
): Promise<SupervisionInput> {
  const [department] = await db.select().from(departments).where(eq(departments.code, departmentCode));
  if (!department) {
    throw new Refusal('department.unknown', `部门代码${departmentCode}不存在`, { remedy: '请核对部门代码' });
  }
  const { regionCode } = department;
  if (!isWithin(regionCode, actor.regionCode)) {
    throw new Refusal('access.denied', '该部门不在您的辖区内', {
      remedy: '请由同级或上级督查机构立项',
      article: ARTICLE,
    });
  }
  const [enterprise] = await db.select().from(enterprises).where(eq(enterprises.uscc, uscc));
  if (!enterprise) throw notFound('平台上没有这个统一社会信用代码的市场主体');
  return { organ: actor.regionCode, number, caseNo: number, uscc, round: 1, departmentCode, regionCode, openedAt };
}

const notFound = (message: string) =>
  new Refusal('resource.not-found', message, { remedy: '请核对后重新提交', article: ARTICLE });
