/** The words of messages by e-mail, webhook and robot: one notice, or a day's digest. */
import type { NoticeText } from './notices.ts';

/** A notice to be delivered; `key` is the key of its outbox row. */
export interface DeliveredNotice extends NoticeText {
  key: string;
  caseId: string;
  topic: string;
  departmentCode: string | null;
  regionCode: string;
  /** Legal time, ISO 8601. */
  at: string;
}

export interface Message {
  /** Unique to the message and the same at every attempt, so that receivers recognise a repetition. */
  key: string;
  notices: DeliveredNotice[];
}

const URGENCY_TITLES = { info: '告知', reminder: '提醒', breach: '逾期', supervision: '督办' } as const;

const FOOTER = '此信息由协同监管平台自动发出，请勿回复。办理请登录平台，全部通知见站内信。';

/**
 * Replaces characters of Markdown: the name of an enterprise could otherwise contain a link or a mention, by which an
 * attacker would make officials click.
 */
const plain = (text: string): string =>
  text.replace(/[[\]<>`\r\n]/g, (mark) => ({ '[': '［', ']': '］', '<': '＜', '>': '＞', '`': '｀' })[mark] ?? ' ');

const oneLine = (text: string): string => text.replace(/[\r\n]+/g, ' ');

export function subjectOf({ notices }: Message): string {
  const [only] = notices;
  if (only && notices.length === 1) return `【${URGENCY_TITLES[only.urgency]}】${oneLine(only.title)}`;
  return `【每日汇总】${notices.length}条通知`;
}

export function textOf({ notices }: Message): string {
  const entries = notices.map((notice, index) => {
    const number = notices.length > 1 ? `${index + 1}. ` : '';
    const { urgency, title, body, article, caseId } = notice;
    return `${number}【${URGENCY_TITLES[urgency]}】${title}\n${body}\n依据：${article}\n事项：${caseId}`;
  });
  return `${entries.join('\n\n')}\n\n${FOOTER}\n`;
}

const bytes = (text: string): number => new TextEncoder().encode(text).length;

/** Markdown of at most `limit` bytes. Notices that do not fit are only counted; the inbox has them. */
export function markdownOf(message: Message, limit: number): string {
  const { notices } = message;
  const head = notices.length > 1 ? `**${subjectOf(message)}**` : null;
  const entries = notices.map(
    ({ urgency, title, body, article }) =>
      `**【${URGENCY_TITLES[urgency]}】${plain(title)}**\n\n${plain(body)}\n\n> 依据：${article}`,
  );
  const rest = (count: number) => `另有${count}条，请登录平台查看站内信。`;
  const parts = head ? [head] : [];
  for (const [index, entry] of entries.entries()) {
    const left = entries.length - index - 1;
    const room = limit - bytes([...parts, entry, ...(left > 0 ? [rest(left)] : [])].join('\n\n'));
    if (room < 0) return [...parts, rest(left + 1)].join('\n\n');
    parts.push(entry);
  }
  return parts.join('\n\n');
}
