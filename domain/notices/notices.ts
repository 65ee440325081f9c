import { LIMITS, RUNGS, type Limit, type LimitId, type OrganRole, type Rung } from '../clock/limits.ts';
import { NATURES, natureOf } from '../clock/nature.ts';
import { TOPICS, type TermTopic, type Topic } from './topics.ts';
import { enterprise, type NoticeFacts, type Urgency, type Wording } from './wording.ts';
import { ROLES, type Role } from '../organs/roles.ts';
import type { Party } from '../organs/party.ts';

export type { NoticeFacts, TermTopic, Topic, Urgency };

/**
 * Whom a notice goes to: the `holder` of the case; `recipients`, the departments that were told of the enterprise; `peers`,
 * the other departments of the holder's region; or an organ, which is a role in the case's region and above.
 */
export type Recipient = 'holder' | 'recipients' | 'peers' | OrganRole | `department:${string}`;

/** A notice of 中止 or 延期 says which limit it concerns, because it cites that limit's article. */
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
  role: Role | null;
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

/** How the matter stands when a rung's notice is written. */
export interface RungStanding {
  /** The name of whoever answers; left out, the holder or the obliged role is named. */
  answering?: string;
  /** The name of whoever must act, where it is not the one that answers. */
  acting?: string;
  /** Whether the limit was met, late, before its breach is told. */
  isDone?: boolean;
  /** Whether a supervision was opened: none is where no department answers. */
  isSupervised?: boolean;
}

/** Words a rung's notice. A statutory limit is called 法定期限 and a norm 办理时限; never confuse the two. */
export function wordRung(
  limitId: LimitId,
  rung: Rung,
  workingDays: number,
  facts: NoticeFacts,
  { answering, acting, isDone = false, isSupervised = true }: RungStanding = {},
): NoticeText {
  const limit: Limit = LIMITS[limitId];
  const { effect, title } = RUNGS[rung];
  const { term } = NATURES[natureOf(limit)];
  const passed = `${term}已于${facts.dueDate}届满，${isDone ? '届满后办理' : '仍未办理'}`;
  const state = effect === 'remind' ? `${term}将于${facts.dueDate}届满` : passed;
  const act = acting ? `该事项现由${acting}办理，请${acting}立即办理。` : '请立即办理。';
  const supervised = isSupervised ? '已转督查督办。' : act;
  const open = { remind: '请及时办理。', breach: `逾期已记录，${act}`, supervise: supervised }[effect];
  const follow = isDone ? '逾期已记录。' : open;
  const party = answering ?? (limit.obliged ? ROLES[limit.obliged] : (facts.departmentName ?? '有关部门'));
  return {
    urgency: RUNG_URGENCY[effect],
    article: limit.article,
    title: `${title}：${limit.title}（${facts.enterpriseName}）`,
    body: `${enterprise(facts)}：${party}“${limit.title}”的${term}为${workingDays}个工作日，${state}。${follow}`,
  };
}

/** What a cancelled breach takes with it: only itself, or it leaves behind the supervision that it opened. */
type WithdrawnWith = 'breach' | 'supervision';

const TAKEN_BACK = '已撤销，不作逾期统计和考核。';
const UNDONE: Record<WithdrawnWith, string> = {
  breach: TAKEN_BACK,
  supervision: `${TAKEN_BACK}已立的督办事项保留在案，请督查机构据此办结。`,
};

/** Words the notice that a breach is taken back, because what met or interrupted the limit had arrived before its end. */
export function wordWithdrawn(limitId: LimitId, facts: NoticeFacts, withdrawn: WithdrawnWith): NoticeText {
  const { title, article } = LIMITS[limitId];
  return {
    urgency: 'reminder',
    article,
    title: `逾期记录撤销：${title}（${facts.enterpriseName}）`,
    body: `${enterprise(facts)}：“${title}”于${facts.dueDate}届满，办理的内容此前已到达本系统，记录的逾期${UNDONE[withdrawn]}`,
  };
}

/**
 * Words the notice that a new calendar moved a last day.
 * @param before the old last day.
 * @param withdrawn what the new last day takes back: a breach, or a breach for which a supervision was opened.
 */
export function wordMoved(limitId: LimitId, before: string, facts: NoticeFacts, withdrawn?: WithdrawnWith): NoticeText {
  const { title, article } = LIMITS[limitId];
  const undone = withdrawn ? `按原届满日记录的逾期${UNDONE[withdrawn]}` : '';
  return {
    urgency: 'reminder',
    article,
    title: `期限重新计算：${title}（${facts.enterpriseName}）`,
    body: `${enterprise(facts)}：放假安排已更新，“${title}”的届满日由${before}改为${facts.dueDate}。${undone}`,
  };
}

/** A reminder goes to whoever must act; a breach also to whoever answers for it, and to the supervisors. */
export function rungRecipients(rung: Rung, acting: Party, answering: Party): Recipient[] {
  return RUNGS[rung].effect === 'remind' ? [acting] : [...new Set<Recipient>([answering, acting, 'supervisor'])];
}
