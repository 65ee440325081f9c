/** What a department hands in of an event, and what is kept of it. Apart from the table of events, which pages load without zod. */
import { z } from 'zod';
import { day, labelled, lastDay, optional } from '../fields.ts';
import { documentNoField } from './document-no.ts';
import { publicText } from './public-text.ts';
import { endsRecord, RECORD_EVENTS, type RecordEvent, type StoredEvent } from './record-events.ts';
import type { RecordKind } from './record-fields.ts';

const maybeDay = (field: string) => optional(day(field)).describe(`${field}：延续须填写`);

const FIELDS = {
  event: labelled(RECORD_EVENTS, '变动', '请更正').describe(`变动：${Object.values(RECORD_EVENTS).join('、')}`),
  documentNo: documentNoField('变动决定的文书号').describe('变动决定的文书号：与该信息、变动一起是变动的唯一标识'),
  decidedOn: day('变动决定日期').describe('变动决定日期：归集和公示的期限自次日起算'),
  authority: publicText('作出机关', 128),
  reason: publicText('事由', 2000).describe('事由：公示，不得含个人信息'),
  validFrom: maybeDay('有效期自'),
  validUntil: optional(lastDay('有效期至')).describe('有效期至：延续须填写；长期的填“长期”'),
  changes: z
    .record(z.string().max(64), z.union([z.string().max(4096), z.number(), z.null()]))
    .optional()
    .describe('变更的字段和变更后的内容，字段名同归集接口；空值表示不再有该字段'),
};

/** What belongs to one event only must come with it, and with no other. */
function checkParts(
  input: { event: RecordEvent; validFrom?: unknown; validUntil?: unknown; changes?: object | undefined },
  context: z.RefinementCtx,
): void {
  const refuse = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
  const isChanged = Object.keys(input.changes ?? {}).length > 0;
  if (input.event === 'change' && !isChanged) refuse('changes', '没有填写变更的内容，请填写');
  if (input.event !== 'change' && isChanged) refuse('changes', '只有变更可以更改其他内容，请删除或改为变更');
  if (input.event === 'renew' && input.validUntil === undefined) refuse('validUntil', '缺少延续后的有效期至，请填写');
  for (const field of ['validFrom', 'validUntil'] as const) {
    if (input.event !== 'renew' && input[field] !== undefined) refuse(field, '只有延续填写有效期，请删除');
  }
}

/** What the body of POST /records/{recordId}/events must be. All of it is published. */
export const recordEventSchema = z.strictObject(FIELDS).superRefine(checkParts).describe('信息的变动');

/** The same, sent again after it was returned: beside whole records, it is told by its kind. */
export const recordEventAgainSchema = z
  .strictObject({ kind: z.literal('event').describe('变动'), ...FIELDS })
  .superRefine(checkParts);

export type RecordEventInput = z.output<typeof recordEventSchema>;

/** 当前状态 of a permit that is no longer in force. */
const INVALID = '2';

/** The event as it is stored: what it changes of the record, by field. */
export function storedEvent(kind: RecordKind, input: RecordEventInput): StoredEvent {
  const { event, documentNo, decidedOn, authority, reason, validFrom, validUntil, changes = {} } = input;
  const terms = { ...(validFrom !== undefined && { validFrom }), ...(validUntil !== undefined && { validUntil }) };
  const isEnded = kind === 'permit' && endsRecord(event);
  const changed = { ...changes, ...terms, ...(isEnded && { status: INVALID }) };
  return { event, documentNo, decidedOn, authority, reason, changes: changed };
}
