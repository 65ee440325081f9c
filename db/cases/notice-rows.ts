/** The notices of a case's steps: to whom, about what, in which words. */
import {
  wordNotice,
  type NoticeFacts,
  type NoticePayload,
  type NoticeRequest,
  type NoticeText,
  type Recipient,
} from '../../domain/notices/notices.ts';
import { isKeyOf } from '../../domain/keys.ts';
import type { KeyedNotice } from '../notices/store-notices.ts';
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
): KeyedNotice {
  const { topic, to } = request;
  return {
    key: `notice:${row.caseId}:${row.step}:${topic}:${to}`,
    payload: address(row, to, topic, at, wordNotice(request, facts)),
  };
}
