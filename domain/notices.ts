/** Who is told what, and in which words. Every notice names its article, so that the reader can check the authority. */
import type { CaseType } from './case-id.ts';
import { LIMITS, RUNGS, type Limit, type LimitId, type Rung } from './limits.ts';
import { TOPICS, type TermTopic, type Topic } from './notice-topics.ts';
import { enterprise, type NoticeFacts, type Urgency, type Wording } from './notice-wording.ts';
import { ROLES, type Role } from './roles.ts';

export type { NoticeFacts, TermTopic, Topic, Urgency };

type OrganRole = Extract<Role, 'registering-authority' | 'supervisor' | 'platform-administrator'>;

/**
 * The holder is the department that must act; `recipients` are the departments that were told of the enterprise, `peers` those
 * of the holder's own region; an organ is a role in the case's region and above.
 */
export type Recipient = 'holder' | 'recipients' | 'peers' | OrganRole | `department:${string}`;

/** A notice of 中止 or 延期 says which limit it concerns: its article is that limit's own. */
export type NoticeRequest = { to: Recipient } & (
  | { topic: TermTopic; concerns: LimitId }
  | { topic: Exclude<Topic, TermTopic>; concerns?: undefined }
);

export interface NoticeText {
  urgency: Urgency;
  article: string;
  title: string;
  body: string;
}

/** An outbox row's content for a notice; outbox/channels.ts delivers it. */
export interface NoticePayload extends NoticeText {
  caseId: string;
  topic: string;
  departmentCode: string | null;
  role: string | null;
  regionCode: string;
  /** Legal time, ISO 8601. */
  at: string;
}

export function wordNotice({ topic, concerns }: { topic: Topic; concerns?: LimitId }, facts: NoticeFacts): NoticeText {
  const { urgency, article, title, body }: Wording = TOPICS[topic];
  const cited = typeof article === 'string' ? article : concerns && article(LIMITS[concerns]);
  return { urgency, article: cited ?? '', title: title(facts), body: body(facts) };
}

const RUNG_URGENCY: Record<(typeof RUNGS)[Rung]['effect'], Urgency> = {
  remind: 'reminder',
  breach: 'breach',
  supervise: 'supervision',
};

/**
 * A statutory limit is called 法定期限 and a norm 办理时限: the two are never to be confused.
 * @param isDone what came late was done by the time its breach is told.
 */
export function wordRung(
  limitId: LimitId,
  rung: Rung,
  workingDays: number,
  facts: NoticeFacts,
  isDone = false,
): NoticeText {
  const limit: Limit = LIMITS[limitId];
  const { effect, title } = RUNGS[rung];
  const term = limit.kind === 'statutory' ? '法定期限' : '办理时限';
  const passed = `${term}已于${facts.dueDate}届满，${isDone ? '届满后办理' : '仍未办理'}`;
  const state = effect === 'remind' ? `${term}将于${facts.dueDate}届满` : passed;
  const open = { remind: '请及时办理。', breach: '逾期已记录，请立即办理。', supervise: '已转督查督办。' }[effect];
  const follow = isDone ? '逾期已记录。' : open;
  const party = limit.obliged ? ROLES[limit.obliged] : (facts.departmentName ?? '有关部门');
  return {
    urgency: RUNG_URGENCY[effect],
    article: limit.article,
    title: `${title}：${limit.title}（${facts.enterpriseName}）`,
    body: `${enterprise(facts)}：${party}“${limit.title}”的${term}为${workingDays}个工作日，${state}。${follow}`,
  };
}

/** A new calendar moved a date. */
export function wordMoved(limitId: LimitId, before: string, facts: NoticeFacts): NoticeText {
  const { title, article } = LIMITS[limitId];
  return {
    urgency: 'reminder',
    article,
    title: `期限重新计算：${title}（${facts.enterpriseName}）`,
    body: `${enterprise(facts)}：放假安排已更新，“${title}”的届满日由${before}改为${facts.dueDate}。`,
  };
}

/** Reminders go to whom must act; from the breach on the same-level supervisors read along. */
export function rungRecipients(caseType: CaseType, hasHolder: boolean, limitId: LimitId, rung: Rung): Recipient[] {
  const { obliged }: Limit = LIMITS[limitId];
  const organ: Recipient = caseType === 'poolEntry' ? 'registering-authority' : 'supervisor';
  const actor: Recipient = obliged ?? (hasHolder ? 'holder' : organ);
  const reads: Recipient[] = RUNGS[rung].effect === 'remind' ? [] : ['supervisor'];
  return [...new Set([actor, ...reads])];
}
