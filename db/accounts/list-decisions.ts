/** Acts on lists of accounts (账号名册): endorsed by the registering authority, opened or refused by the administration. */
import { and, eq, isNotNull, or, sql } from 'drizzle-orm';
import {
  ACCOUNT_LIST_ACTS,
  hindranceOf,
  mayReadList,
  type AccountListAct,
  type Hindrance,
} from '../../domain/organs/account-lists.ts';
import type { Actor } from '../../domain/organs/actor.ts';
import { Refusal } from '../../domain/errors.ts';
import type { Executor } from '../postgres/client.ts';
import type { AccountList } from '../queries/account-lists.ts';
import { requireStanding } from '../queries/accounts.ts';
import { change, type Change, type ReferenceDeps } from '../reference/changes.ts';
import { accountListRows, accountLists } from '../schema.ts';
import { tellOfLists } from './list-intake.ts';
import { phonesOf } from './phones.ts';

const ARTICLE = '第四条第二款';

const REFUSALS: Record<Hindrance, (title: string) => Refusal> = {
  role: (title) =>
    new Refusal('access.denied', `您的角色不能办理“${title}”`, { remedy: '请由有权人员办理', article: ARTICLE }),
  'not-holder': (title) =>
    new Refusal('access.denied', `“${title}”只能由上报该名册的单位办理`, {
      remedy: '请由该部门的负责人，或上报名册的平台管理员办理',
      article: ARTICLE,
    }),
  stage: () =>
    new Refusal('account-list.not-at-stage', '该名册已由他人处理，或尚未到您办理的环节', {
      remedy: '请刷新后查看名册的当前状态',
      article: ARTICLE,
    }),
  'same-person': () =>
    new Refusal('review.same-person', '该名册的另一环节是您办理的，须由另一人办理', {
      remedy: '请由其他有权人员办理',
      article: ARTICLE,
    }),
};

/**
 * The list, locked, where the account may do the act now.
 * @throws Refusal resource.not-found for a list that it may not read, access.denied, account-list.not-at-stage,
 * review.same-person
 */
export async function listFor(tx: Executor, actor: Actor, act: AccountListAct, no: string): Promise<AccountList> {
  const [list] = await tx.select().from(accountLists).where(eq(accountLists.no, no)).for('update');
  await requireStanding(tx, actor);
  return judged(actor, act, list);
}

/** The same by what was read before. @throws Refusal as listFor */
export function judged(actor: Actor, act: AccountListAct, list: AccountList | undefined): AccountList {
  if (!list || !mayReadList(actor, list)) {
    throw new Refusal('resource.not-found', '没有这个名册，或不由您办理', { remedy: '请核对名册编号' });
  }
  const hindrance = hindranceOf(actor, act, list);
  if (hindrance) throw REFUSALS[hindrance](ACCOUNT_LIST_ACTS[act].title);
  return list;
}

type Decision = 'endorse' | 'open' | 'refuse';

/** Decides on a list. Decisions run one at a time, so the second of two sees the result of the first. @throws Refusal */
export function decideOnList(
  deps: ReferenceDeps,
  actor: Actor,
  act: Decision,
  { no, reason }: { no: string; reason: string },
): Promise<AccountList> {
  return change(deps, actor, async (tx, at): Promise<[AccountList, Change]> => {
    const before = await listFor(tx, actor, act, no);
    await refuseOwn(tx, actor, before);
    const { to } = ACCOUNT_LIST_ACTS[act];
    const by = {
      endorse: { endorsedBy: actor.username, endorsedAt: at },
      open: { decidedBy: actor.username, decidedAt: at },
      refuse: { decidedBy: actor.username, decidedAt: at, refusal: reason },
    }[act];
    const [after] = await tx
      .update(accountLists)
      .set({ ...by, state: to })
      .where(eq(accountLists.id, before.id))
      .returning();
    await tellOfLists(tx, deps.clock, [after!], at);
    const { regionCode, departmentCode, rowCount: rows } = before;
    const told = { state: to, regionCode, departmentCode, rows };
    return [after!, { subject: 'account-list', key: no, before: { state: before.state }, after: told, reason }];
  });
}

/** Refuses a decision on a list that names the one who decides, also by the telephone number of another account of theirs. */
async function refuseOwn(tx: Executor, actor: Actor, list: AccountList): Promise<void> {
  const numbers = phonesOf(actor.username);
  const [own] = await tx
    .select({ line: accountListRows.line })
    .from(accountListRows)
    .where(
      and(
        eq(accountListRows.listId, list.id),
        or(
          eq(accountListRows.username, actor.username),
          and(isNotNull(accountListRows.phone), sql`${accountListRows.phone} in (${numbers})`),
        ),
      ),
    )
    .limit(1);
  if (!own) return;
  throw new Refusal('account.own', '名册中有您本人的账号，不能由您办理', {
    remedy: '请由其他有权人员办理',
    article: ARTICLE,
  });
}
