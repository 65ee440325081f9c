/** The words of messages by e-mail, webhook and robot: one notice, or a day's digest. */
import { caseAddress } from '../case-types/case-path.ts';
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
  /** Where it is dealt with; absent where the console's address is not set. */
  url?: string;
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
    const { urgency, title, body, article, caseId, url } = notice;
    const where = url === undefined ? '' : `\n办理：${url}`;
    return `${number}【${URGENCY_TITLES[urgency]}】${title}\n${body}\n依据：${article}\n事项：${caseId}${where}`;
  });
  return `${entries.join('\n\n')}\n\n${FOOTER}\n`;
}

const bytes = (text: string): number => new TextEncoder().encode(text).length;

/** The longest title that is shown whole; a name has 200 characters at most. */
const LONGEST_TITLE = 300;
const CUT = '……（内容较长，请登录平台查看）';

/** The beginning of a text that fits, and words that say that more follows. */
function cutTo(text: string, limit: number): string {
  if (bytes(text) <= limit) return text;
  let room = limit - bytes(CUT);
  let kept = '';
  for (const character of text) {
    room -= bytes(character);
    if (room < 0) break;
    kept += character;
  }
  return kept + CUT;
}

/** Courts' numbers have brackets, which would end the link. */
const inMarkdown = (url: string): string => url.replaceAll('(', '%28').replaceAll(')', '%29');

/** A notice in at most `limit` bytes: its title, article and address are kept, and its text is cut. */
function entryOf({ urgency, title, body, article, url }: DeliveredNotice, limit: number): string {
  const head = `**【${URGENCY_TITLES[urgency]}】${cutTo(plain(title), LONGEST_TITLE * 3)}**\n\n`;
  const end = `\n\n> 依据：${article}${url === undefined ? '' : `\n\n[办理](${inMarkdown(url)})`}`;
  return head + cutTo(plain(body), Math.max(limit - bytes(head + end), bytes(CUT))) + end;
}

/** Markdown of at most `limit` bytes. A long notice leaves room for those behind it; what does not fit is counted, and in the inbox. */
export function markdownOf(message: Message, limit: number): string {
  const { notices } = message;
  const head = notices.length > 1 ? `**${subjectOf(message)}**` : null;
  const entries = notices.map((notice) => entryOf(notice, notices.length > 1 ? Math.floor(limit / 3) : limit));
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

/** @param console the console's own address; empty where it is not set. */
export function withAddresses(message: Message, console: string): Message {
  if (console === '') return message;
  const notices = message.notices.map((notice) => {
    const url = caseAddress(console, notice.caseId);
    return url === undefined ? notice : { ...notice, url };
  });
  return { ...message, notices };
}
