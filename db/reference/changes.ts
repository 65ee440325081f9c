/** An administrator's changes of reference data: versioned, with author, time and reason, never with effect in the past. */
import { and, asc, desc, eq, inArray, lt, sql, type SQL } from 'drizzle-orm';
import type { Clock } from '../../domain/clock/clock.ts';
import type { Department } from '../../domain/organs/departments.ts';
import { Refusal } from '../../domain/errors.ts';
import {
  isFixed,
  forbiddenRungs,
  indispensableRungs,
  LIMITS,
  rungOrder,
  RUNGS,
  type Limit,
  type LimitId,
  type Rung,
} from '../../domain/clock/limits.ts';
import type { SanctionMeasures } from '../../domain/organs/sanction-measures.ts';
import { unknownSectors, type Catalogue } from '../../domain/scope/catalogue.ts';
import { chunksOf } from '../postgres/chunks.ts';
import type { Database, Executor } from '../postgres/client.ts';
import { tellLater } from '../cases/told.ts';
import { inRegion } from '../queries/in-region.ts';
import { internalReviewers } from '../queries/department-settings.ts';
import { limitInForce } from '../queries/limits.ts';
import {
  accountApplications,
  accountLists,
  cases,
  catalogues,
  departments,
  departmentSettings,
  limitSettings,
  referenceChanges,
  sanctionMeasures,
  sectors,
  users,
} from '../schema.ts';
import type { Actor } from '../../domain/organs/actor.ts';

export interface ReferenceDeps {
  db: Database;
  clock: Clock;
}

export type Change = Pick<typeof referenceChanges.$inferInsert, 'subject' | 'key' | 'before' | 'after' | 'reason'>;

/**
 * Changes run one at a time, so that each stores what it replaced. A trigger on the row notifies every process. @param work may
 * find that nothing is to be changed; then it returns no change.
 */
export async function change<T>(
  { db, clock }: ReferenceDeps,
  actor: Pick<Actor, 'username'>,
  work: (tx: Executor, at: Date) => Promise<[T, Change | readonly Change[] | null]>,
) {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('reference'))`);
    const at = clock.legal(Date.now());
    const [result, done] = await work(tx, at);
    const entries = [done ?? []].flat().map((entry) => ({ ...entry, changedBy: actor.username, at }));
    if (entries.length > 0) await tx.insert(referenceChanges).values(entries);
    return result;
  });
}

export interface LimitSetting {
  workingDays: number;
  ladder: Rung[];
  reason: string;
}

/**
 * Sets a norm's working days, or any limit's ladder, for limits that begin from now on.
 * @throws Refusal limit.statutory if a rule fixes the number, limit.ladder-incomplete if a breach would not be recorded,
 * limit.supervises-nobody if the last rung would announce a supervision that nobody carries out.
 */
export function setLimit(deps: ReferenceDeps, actor: Actor, limitId: LimitId, setting: LimitSetting): Promise<void> {
  const { workingDays, reason } = setting;
  const ladder = [...new Set(setting.ladder)].sort((a, b) => rungOrder(a) - rungOrder(b));
  const limit: Limit = LIMITS[limitId];
  if (isFixed(limit) && workingDays !== limit.workingDays) {
    const fixed = limit.ruleSet ? `由${limit.article}规定` : '是法定期限';
    throw new Refusal('limit.statutory', `“${limit.title}”的${limit.workingDays}个工作日${fixed}，不能更改`, {
      remedy: '只能调整提醒与督办的节点',
      article: limit.article,
    });
  }
  const missing = indispensableRungs(limit).filter((rung) => !ladder.includes(rung));
  if (missing.length > 0) {
    const titles = missing.map((rung) => `“${RUNGS[rung].title}”`).join('、');
    throw new Refusal('limit.ladder-incomplete', `“${limit.title}”的节点${titles}不能取消`, {
      remedy: '只能增减提醒节点',
      article: '第十七条',
    });
  }
  const forbidden = ladder.find((rung) => forbiddenRungs(limit).includes(rung));
  if (forbidden) {
    throw new Refusal(
      'limit.supervises-nobody',
      `“${limit.title}”不设“${RUNGS[forbidden].title}”：${limit.unsupervised}`,
      {
        remedy: '只能设置提醒和逾期记录的节点',
        article: '第十七条',
      },
    );
  }
  return change(deps, actor, async (tx, at) => {
    const { workingDays: days, ladder: rungs } = await limitInForce(tx, limitId);
    await tx.insert(limitSettings).values({ limitId, workingDays, ladder, reason, setBy: actor.username, setAt: at });
    const before = { workingDays: days, ladder: rungs };
    return [undefined, { subject: 'limit', key: limitId, before, after: { workingDays, ladder }, reason }];
  });
}

/**
 * Publishes a new edition of the catalogue; registrations from now on are matched by it. @throws Refusal
 * catalogue.version-taken, sector.unknown
 */
export function publishCatalogue(
  deps: ReferenceDeps,
  actor: Actor,
  catalogue: Catalogue,
  reason: string,
): Promise<void> {
  return change(deps, actor, async (tx) => {
    const { version } = catalogue;
    const known = new Set((await tx.select({ id: sectors.id }).from(sectors)).map(({ id }) => id));
    const unknown = unknownSectors(catalogue, known);
    if (unknown.length > 0) {
      const message = `目录所列的行业${unknown.map((id) => `“${id}”`).join('、')}不在行业表中`;
      throw new Refusal('sector.unknown', message, { remedy: '请核对，或者先导入行业' });
    }
    const [latest] = await tx.select().from(catalogues).orderBy(desc(catalogues.recordedAt)).limit(1);
    await insertCatalogue(tx, catalogue);
    const after = { version, items: catalogue.items.length };
    return [undefined, { subject: 'catalogue', key: version, before: { version: latest?.version }, after, reason }];
  });
}

/** @throws Refusal catalogue.version-taken */
export async function insertCatalogue(tx: Executor, catalogue: Catalogue): Promise<void> {
  const { version } = catalogue;
  // Not the time at which the transaction began: that may be earlier than the version that this one follows.
  const recordedAt = sql`clock_timestamp()`;
  const row = { version, content: catalogue, recordedAt };
  const inserted = await tx
    .insert(catalogues)
    .values(row)
    .onConflictDoNothing()
    .returning({ version: catalogues.version });
  if (inserted.length === 0) throw versionTaken('目录', version);
}

/** @throws Refusal catalogue.version-taken */
export async function insertMeasures(tx: Executor, content: SanctionMeasures): Promise<void> {
  const { version } = content;
  const row = { version, content, recordedAt: sql`clock_timestamp()` };
  const inserted = await tx
    .insert(sanctionMeasures)
    .values(row)
    .onConflictDoNothing()
    .returning({ version: sanctionMeasures.version });
  if (inserted.length === 0) throw versionTaken('惩戒措施目录', version);
}

const versionTaken = (title: string, version: string) =>
  new Refusal('catalogue.version-taken', `${title}版本${version}已存在`, { remedy: '请换用新的版本号' });

export interface DepartmentChange {
  name: string;
  retired: boolean;
  reason: string;
}

/**
 * Opens, renames or retires a department. A retired one receives no more pushes and keeps what it holds, but for the entries of
 * lists that it decided: it has no accounts that could end them.
 */
export function setDepartment(
  deps: ReferenceDeps,
  actor: Actor,
  department: Department,
  { name, retired, reason }: DepartmentChange,
) {
  return change(deps, actor, async (tx, at): Promise<[void, Change]> => {
    const { code, sector, regionCode } = department;
    const [before] = await tx.select().from(departments).where(eq(departments.code, code));
    const after = { name, retiredAt: retired ? (before?.retiredAt ?? at) : null };
    await tx
      .insert(departments)
      .values({ code, sector, regionCode, ...after })
      .onConflictDoUpdate({ target: departments.code, set: after });
    if (retired && before && !before.retiredAt) await tellEntriesOf(tx, [code]);
    return [undefined, { subject: 'department', key: code, before: before ?? null, after, reason }];
  });
}

/** @param departmentCodes of departments that were retired. */
export async function tellEntriesOf(tx: Executor, departmentCodes: readonly string[]): Promise<void> {
  for (const codes of chunksOf(departmentCodes)) {
    const held = await tx
      .select({ caseId: cases.caseId, departmentCode: cases.departmentCode })
      .from(cases)
      .where(and(inArray(cases.departmentCode, codes), eq(cases.caseType, 'listing'), eq(cases.status, 'open')))
      .orderBy(asc(cases.caseId));
    await tellLater(
      tx,
      held.flatMap(({ caseId, departmentCode: code }) =>
        code === null ? [] : [{ caseId, signal: 'deciderRetired' as const, args: [code] }],
      ),
    );
  }
}

/**
 * 内部审核 (第十九条第一款): whether a second person reviews what the department submits from now on. What is being reviewed goes
 * on as it began.
 */
export function setInternalReview(
  deps: ReferenceDeps,
  actor: Actor,
  departmentCode: string,
  { internalReview, reason }: { internalReview: boolean; reason: string },
): Promise<void> {
  return change(deps, actor, async (tx): Promise<[void, Change]> => {
    const before = { internalReview: (await internalReviewers(tx, [departmentCode])).has(departmentCode) };
    const after = { internalReview };
    await tx
      .insert(departmentSettings)
      .values({ departmentCode, ...after })
      .onConflictDoUpdate({ target: departmentSettings.departmentCode, set: after });
    return [undefined, { subject: 'department-setting', key: departmentCode, before, after, reason }];
  });
}

/**
 * Changes of accounts are visible to those who administer or audit the accounts of their region; all others to the whole
 * province.
 */
function readableBy({ role, regionCode }: Actor): SQL | undefined {
  const ofPeople = sql`${referenceChanges.subject} like 'account%'`;
  if (role !== 'platform-administrator' && role !== 'auditor') return sql`not ${ofPeople}`;
  return sql`(not ${ofPeople}
    or exists (select 1 from ${users} where ${users.username} = ${referenceChanges.key}
      and ${referenceChanges.subject} = 'account' and ${inRegion(users.regionCode, regionCode)})
    or exists (select 1 from ${accountApplications} where ${accountApplications.no} = ${referenceChanges.key}
      and ${referenceChanges.subject} = 'account-application' and ${inRegion(accountApplications.regionCode, regionCode)})
    or exists (select 1 from ${accountLists} where ${accountLists.no} = ${referenceChanges.key}
      and ${referenceChanges.subject} = 'account-list' and ${inRegion(accountLists.regionCode, regionCode)}))`;
}

export async function listChanges(db: Database, reader: Actor, page: { before?: number; limit: number }) {
  const earlier = page.before === undefined ? undefined : lt(referenceChanges.id, page.before);
  return db
    .select()
    .from(referenceChanges)
    .where(and(readableBy(reader), earlier))
    .orderBy(desc(referenceChanges.id))
    .limit(page.limit);
}
