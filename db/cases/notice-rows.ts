/** The outbox rows of notices: to whom, about what, in which words. */
import type { Executor } from '../postgres/client.ts';
import { chunksOf } from '../postgres/chunks.ts';
import { outbox, type Priority } from '../schema.ts';
import {
  wordNotice,
  type NoticeFacts,
  type NoticePayload,
  type NoticeRequest,
  type NoticeText,
  type Recipient,
} from '../../domain/notices/notices.ts';
import { isKeyOf } from '../../domain/keys.ts';
import { ROLES } from '../../domain/organs/roles.ts';

interface Addressed {
  caseId: string;
  departmentCode: string | null;
  regionCode: string;
}

/** @param at legal time. */
export function address(row: Addressed, to: Recipient, topic: string, at: Date, text: NoticeText): NoticePayload {
  const departmentCode = departmentOf(row, to);
  return {
    ...text,
    caseId: row.caseId,
    topic,
    departmentCode,
    role: departmentCode === null && isKeyOf(ROLES, to) ? to : null,
    regionCode: row.regionCode,
    at: at.toISOString(),
  };
}

function departmentOf(row: Addressed, to: Recipient): string | null {
  if (to === 'holder') return row.departmentCode;
  return to.startsWith('department:') ? to.slice('department:'.length) : null;
}

/** A notice that a step sends, once. @param at legal time. */
export function noticeOfStep(
  row: Addressed & { step: number },
  request: NoticeRequest,
  at: Date,
  facts: NoticeFacts,
): { key: string; payload: NoticePayload } {
  const { topic, to } = request;
  return {
    key: `notice:${row.caseId}:${row.step}:${topic}:${to}`,
    payload: address(row, to, topic, at, wordNotice(request, facts)),
  };
}

export async function enqueueNotices(
  tx: Executor,
  entries: { key: string; payload: NoticePayload }[],
  priority?: Priority,
): Promise<void> {
  const rows = entries.map((entry) => ({ kind: 'notice' as const, priority, ...entry }));
  for (const some of chunksOf(rows)) await tx.insert(outbox).values(some).onConflictDoNothing();
}
