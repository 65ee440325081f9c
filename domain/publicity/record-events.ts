/**
 * What happens to a record after its publication (第五条第一款): another decision about the same matter. Each is a publication of
 * its own, with its own document and day, and a new version on the page. None of them says that the record was in error;
 * that is a correction (第十八条).
 */
import { Refusal } from '../errors.ts';
import { keysOf } from '../keys.ts';
import { RECORD_KINDS, type RecordKind } from './record-fields.ts';

export const RECORD_EVENTS = {
  change: '变更',
  renew: '延续',
  cancel: '注销',
  annul: '撤销',
  revoke: '撤回',
  repair: '修复',
} as const;

export type RecordEvent = keyof typeof RECORD_EVENTS;

/**
 * What the page shows from the event's publication on: `shown`, the content as it now is; `explained`, that the decision is
 * withdrawn and why, no longer the decision itself; `hidden`, nothing.
 */
type Outcome = 'shown' | 'explained' | 'hidden';

interface Fit {
  article: string;
  outcome: Outcome;
  /** 三日内撤回并公开说明理由. */
  withdrawsDecision?: true;
}

const PENALTY_CHANGED = '行政处罚法第四十八条第二款';
const REPAIRED = '国办发〔2025〕22号';

/** Which event fits which kind of record. A permit is not repaired, a penalty not renewed. */
export const FITTING: Record<RecordKind, Partial<Record<RecordEvent, Fit>>> = {
  permit: {
    change: { article: '行政许可法第四十九条', outcome: 'shown' },
    renew: { article: '行政许可法第五十条', outcome: 'shown' },
    cancel: { article: '行政许可法第七十条', outcome: 'shown' },
    annul: { article: '行政许可法第六十九条', outcome: 'shown' },
    revoke: { article: '行政许可法第八条第二款', outcome: 'shown' },
  },
  penalty: {
    change: { article: PENALTY_CHANGED, outcome: 'shown', withdrawsDecision: true },
    // Also 确认违法, 确认无效: the same paragraph names them.
    annul: { article: PENALTY_CHANGED, outcome: 'explained', withdrawsDecision: true },
    repair: { article: REPAIRED, outcome: 'hidden' },
  },
  other: {
    change: { article: '第五条第一款', outcome: 'shown' },
    annul: { article: '第五条第一款', outcome: 'explained' },
    repair: { article: REPAIRED, outcome: 'hidden' },
  },
};

/** What may still happen after an event; left out: anything. 被撤销、撤回的许可应当注销 (行政许可法第七十条第四项). */
const AFTER: Partial<Record<RecordEvent, readonly RecordEvent[]>> = {
  cancel: [],
  annul: ['cancel'],
  revoke: ['cancel'],
  repair: [],
};

/** Whether the record is in force no longer after the event. */
export const endsRecord = (event: RecordEvent): boolean => AFTER[event] !== undefined;

/** The events that fit a kind of record and may follow what has happened to it, in the order of the table. */
export const eventsFor = (kind: RecordKind, past: readonly RecordEvent[] = []): RecordEvent[] =>
  keysOf(RECORD_EVENTS).filter(
    (event) => FITTING[kind][event] && past.every((before) => AFTER[before]?.includes(event) ?? true),
  );

/** @throws Refusal record.event-unfit, which names the events that fit. */
export function fitOf(kind: RecordKind, event: RecordEvent, past: readonly RecordEvent[]): Fit {
  const fit = FITTING[kind][event];
  const possible = eventsFor(kind, past);
  if (fit && possible.includes(event)) return fit;
  const ended = past.find((before) => AFTER[before] && !AFTER[before].includes(event));
  const message =
    fit && ended
      ? `该信息已${RECORD_EVENTS[ended]}，不能再${RECORD_EVENTS[event]}`
      : `${RECORD_KINDS[kind]}信息没有“${RECORD_EVENTS[event]}”这一变动`;
  const titles = possible.map((one) => `“${RECORD_EVENTS[one]}”`).join('、');
  throw new Refusal('record.event-unfit', message, {
    remedy: titles ? `可以归集的变动：${titles}；信息本身有误的，请申请更正` : '信息本身有误的，请申请更正',
    article: fit?.article ?? '第五条第一款',
  });
}

/** Fields that identify the record: another document or another enterprise is another record. */
export const IDENTITY: ReadonlySet<string> = new Set([
  'kind',
  'uscc',
  'documentNo',
  'generatedOn',
  'departmentCode',
  'section',
]);

/** A field's new value; null where the record no longer has the field. */
export type Changes = Record<string, string | number | null>;

/** An event as it is stored with its version and shown. */
export interface StoredEvent {
  event: RecordEvent;
  documentNo: string;
  decidedOn: string;
  authority: string;
  reason: string;
  changes: Changes;
}

/** A record's content with an event's changes. @param settled fields that a later decision has set already. */
export function withChanges(
  content: Record<string, unknown>,
  changes: Changes,
  settled: ReadonlySet<string> = new Set(),
): Record<string, unknown> {
  const due = Object.entries(changes).filter(([field]) => !settled.has(field));
  const gone = new Set(due.flatMap(([field, value]) => (value === null ? [field] : [])));
  const kept = Object.entries(content).filter(([field]) => !gone.has(field));
  return Object.fromEntries([...kept, ...due.filter(([, value]) => value !== null)]);
}

const EXPLAINED = ['kind', 'name', 'uscc', 'documentNo', 'generatedOn', 'authority', 'section', 'title'];

/** What is still shown of a decision that was withdrawn: which one it was. */
export const explainedContent = (content: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(EXPLAINED.flatMap((field) => (field in content ? [[field, content[field]]] : [])));
