/**
 * Applications for accounts (第四条第二款): made by the applicant, endorsed by the registering authority, approved by the
 * platform's administrator.
 */
import { randomBytes } from 'node:crypto';
import { and, eq, gt, sql } from 'drizzle-orm';
import {
  decidesOn,
  placeFault,
  refusableBy,
  type ApplicationInput,
  type ApplicationState,
} from '../../domain/organs/accounts.ts';
import { applicationNotice } from '../../domain/notices/account-notices.ts';
import { legalDateOf } from '../../domain/clock/calendar.ts';
import { Refusal } from '../../domain/errors.ts';
import { receiptNumber } from '../../domain/receipts/receipt-number.ts';
import type { Role } from '../../domain/organs/roles.ts';
import type { Database, Executor } from '../postgres/client.ts';
import { storeNotices } from '../notices/store-notices.ts';
import { hashPassword } from './passwords.ts';
import { requireStanding } from '../queries/accounts.ts';
import { change, type ReferenceDeps } from '../reference/changes.ts';
import { accountApplications, departments, regions, users } from '../schema.ts';
import { inRegion } from '../queries/in-region.ts';
import type { Actor } from '../../domain/organs/actor.ts';
import { phonesOf } from './phones.ts';

const ARTICLE = '第四条第二款';

export type Application = typeof accountApplications.$inferSelect;

interface Place {
  role: Role;
  regionCode: string;
  departmentCode: string | null;
}

/** @throws Refusal if role, region and department do not belong together. */
export async function requirePlace(db: Executor, place: Place): Promise<void> {
  const fault = placeFault(place);
  if (fault) throw new Refusal('input.invalid', fault, { remedy: '请核对角色和部门', article: ARTICLE });
  const { regionCode, departmentCode } = place;
  const [region] = await db.select().from(regions).where(eq(regions.code, regionCode));
  if (!region) throw new Refusal('region.unknown', `行政区划代码${regionCode}不存在`, { remedy: '请核对行政区划代码' });
  if (departmentCode === null) return;
  const [department] = await db.select().from(departments).where(eq(departments.code, departmentCode));
  if (!department || department.retiredAt || department.regionCode !== regionCode) {
    throw new Refusal('department.unknown', `${region.name}没有在用的部门${departmentCode}`, {
      remedy: '请核对部门代码',
    });
  }
}

/**
 * Stores an application. The applicant is not told whether the wanted name is taken, so that nobody learns here which
 * accounts exist; those who decide are told.
 * @returns the application's number.
 */
export async function apply(
  { db, clock }: Pick<ReferenceDeps, 'clock'> & { db: Executor },
  input: ApplicationInput,
  appliedBy: string | null,
): Promise<string> {
  const { password, phone, departmentCode = null, ...rest } = input;
  await requirePlace(db, { ...rest, departmentCode });
  const appliedAt = clock.legal(Date.now());
  const no = receiptNumber(randomBytes(12), legalDateOf(appliedAt.getTime()));
  const passwordHash = await hashPassword(password);
  await db.insert(accountApplications).values({
    ...rest,
    no,
    state: 'applied',
    departmentCode,
    phone: phone ?? null,
    passwordHash,
    appliedBy,
    appliedAt,
  });
  await tell({ db, clock }, 'applied', { ...rest, no, departmentCode }, appliedAt);
  return no;
}

/** Notifies those who decide next through the inbox: nobody watches a list that may be empty for months. */
async function tell(
  { db, clock }: Pick<ReferenceDeps, 'clock'> & { db: Executor },
  state: ApplicationState,
  { no, role, regionCode, departmentCode }: Place & { no: string },
  at: Date,
): Promise<void> {
  const [region] = await db.select({ name: regions.name }).from(regions).where(eq(regions.code, regionCode));
  const [department] = await db
    .select({ name: departments.name })
    .from(departments)
    .where(eq(departments.code, departmentCode ?? ''));
  const organName = department?.name ?? region?.name ?? regionCode;
  const payload = applicationNotice(state, { no, role, regionCode, organName }, at);
  if (payload) await storeNotices(db, clock, [{ key: `account-application:${no}:${state}`, payload }]);
}

/** @returns undefined if no application has this number. */
export async function findApplication(db: Executor, no: string): Promise<Application | undefined> {
  const [row] = await db.select().from(accountApplications).where(eq(accountApplications.no, no));
  return row;
}

export interface ApplicationFilter {
  state?: ApplicationState;
  cursor?: number;
  limit: number;
}

/** A region's applications, oldest first. @returns one row more than the limit if another page follows. */
export async function listApplications(db: Database, reader: Actor, { state, cursor, limit }: ApplicationFilter) {
  return db
    .select({ application: accountApplications, taken: users.username })
    .from(accountApplications)
    .leftJoin(users, eq(users.username, accountApplications.username))
    .where(
      and(
        inRegion(accountApplications.regionCode, reader.regionCode),
        state && eq(accountApplications.state, state),
        cursor === undefined ? undefined : gt(accountApplications.id, cursor),
      ),
    )
    .orderBy(accountApplications.id)
    .limit(limit + 1);
}

interface Decision {
  /** The states in which the decision is possible. */
  from: readonly ApplicationState[];
  to: ApplicationState;
  reason: string;
}

/**
 * Decides on an application. Decisions run one at a time (see `change`), so the second of two sees the result of the
 * first.
 */
function decide(
  deps: ReferenceDeps,
  actor: Actor,
  no: string,
  { from, to, reason }: Decision,
  work: (tx: Executor, application: Application, at: Date) => Promise<Partial<Application>>,
): Promise<void> {
  return change(deps, actor, async (tx, at) => {
    const application = await findApplication(tx, no);
    if (!application || !decidesOn(actor, application)) {
      throw new Refusal('resource.not-found', '没有这个申请，或不由您审核', { remedy: '请核对申请编号' });
    }
    await requireStanding(tx, actor);
    if (!from.includes(application.state)) {
      throw new Refusal('application.not-at-stage', '该申请已由他人处理，或尚未到您办理的环节', {
        remedy: '请刷新后查看申请的当前状态',
        article: ARTICLE,
      });
    }
    await refuseOwn(tx, actor, application);
    const changed = await work(tx, application, at);
    await tx
      .update(accountApplications)
      .set({ ...changed, state: to })
      .where(eq(accountApplications.no, no));
    const { username, role, regionCode, departmentCode } = application;
    const after = { state: to, username, role, regionCode, departmentCode };
    return [
      undefined,
      { subject: 'account-application', key: no, before: { state: application.state }, after, reason },
    ];
  });
}

/**
 * Refuses a decision on one's own application, also from another account: it is the same person's if that account was
 * opened on an application with the same telephone number.
 */
async function refuseOwn(tx: Executor, actor: Actor, { appliedBy, phone }: Application): Promise<void> {
  const { rowCount } = await tx.execute(
    sql`select 1 from (${phonesOf(actor.username)}) known where known.phone = ${phone ?? ''} limit 1`,
  );
  const same = (rowCount ?? 0) > 0;
  if (!same && appliedBy !== actor.username) return;
  throw new Refusal('account.own', '不能审核本人的申请', { remedy: '请由其他人员审核', article: ARTICLE });
}

/** Endorses an application, as the registering authority. @throws Refusal */
export function endorse(deps: ReferenceDeps, actor: Actor, no: string, reason: string): Promise<void> {
  return decide(deps, actor, no, { from: ['applied'], to: 'endorsed', reason }, async (tx, application, at) => {
    await tell({ db: tx, clock: deps.clock }, 'endorsed', application, at);
    return { endorsedBy: actor.username, endorsedAt: at };
  });
}

/** Opens the account. @throws Refusal review.same-person, account.username-taken */
export function approve(deps: ReferenceDeps, actor: Actor, no: string, reason: string): Promise<void> {
  return decide(deps, actor, no, { from: ['endorsed'], to: 'approved', reason }, async (tx, application, at) => {
    if (application.endorsedBy === actor.username) {
      throw new Refusal('review.same-person', '同级登记机关的审核也是您办理的，须由另一人开通', {
        remedy: '请由其他平台管理员办理',
        article: ARTICLE,
      });
    }
    const { username, displayName, role, regionCode, departmentCode, passwordHash } = application;
    // The department may have been retired since the application.
    await requirePlace(tx, { role, regionCode, departmentCode });
    const opened = await tx
      .insert(users)
      .values({ username, displayName, role, regionCode, departmentCode, passwordHash: passwordHash ?? '' })
      .onConflictDoNothing()
      .returning({ username: users.username });
    if (opened.length === 0) {
      throw new Refusal('account.username-taken', `账号${username}已被使用`, {
        remedy: '请不予开通并说明理由，由申请人另选账号',
      });
    }
    return { decidedBy: actor.username, decidedAt: at, passwordHash: null };
  });
}

/** Refuses an application, with a reason that the applicant reads. @throws Refusal */
export function refuse(deps: ReferenceDeps, actor: Actor, no: string, reason: string): Promise<void> {
  const from = refusableBy(actor);
  return decide(deps, actor, no, { from, to: 'refused', reason }, async (_, __, at) => ({
    decidedBy: actor.username,
    decidedAt: at,
    refusal: reason,
    passwordHash: null,
  }));
}
