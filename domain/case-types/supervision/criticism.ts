/**
 * 通报批评 (第十六条): given by the people's government of the department's own level, and by nobody else. A supervisor proposes
 * it on what the record holds against the department; the department is heard; the government decides, or the document of
 * its decision is recorded.
 */
import type { Requirement } from '../requirements.ts';
import type { LimitId } from '../../clock/limits.ts';

export const CRITICISM_ARTICLE = '第十六条';

/** What the record holds against the department: a breached term of a limit. */
export interface Ground {
  limitId: LimitId;
  /** The term's ordinal, counted from 1. */
  term: number;
  /** The last day of the term, YYYY-MM-DD. */
  dueDate: string;
}

export interface Criticism {
  state: 'proposed' | 'heard' | 'given' | 'declined';
  reason: string;
  grounds: Ground[];
  /** The grounds of earlier proposals, which the government declined: they carry no other proposal. */
  declinedGrounds?: Ground[];
}

/** The limits of the supervision itself: to pass one is to leave the order unanswered. */
export const UNANSWERED_ORDER = [
  'supervision.acceptance',
  'supervision.reply',
  'supervision.rectification',
] as const satisfies LimitId[];

const stateOf = (facts: Record<string, unknown>): Criticism['state'] | undefined =>
  (facts as { criticism?: Criticism }).criticism?.state;

const isPending = (facts: Record<string, unknown>) => stateOf(facts) === 'proposed' || stateOf(facts) === 'heard';

export const CRITICISM_REQUIREMENTS = {
  'not-criticised': {
    title: '未通报批评过',
    holds: (facts) => facts['criticised'] === undefined,
    code: 'supervision.already-criticised',
    message: '该督办事项已通报批评，不能重复通报',
    remedy: '请查看已发出的通报；仍不整改的，可责令整改',
  },
  'no-criticism-pending': {
    title: '没有待决定的通报批评提请',
    holds: (facts) => !isPending(facts),
    code: 'criticism.pending',
    message: '该督办事项已提请通报批评，同级人民政府尚未决定',
    remedy: '请待同级人民政府决定，或登记其决定文书后再办理',
  },
  'hearing-open': {
    title: '已提请通报批评，陈述期未满',
    holds: (facts) => stateOf(facts) === 'proposed',
    code: 'criticism.no-hearing',
    message: '没有可以陈述意见的通报批评提请，或陈述期已满',
    remedy: '请刷新后查看提请的状态；陈述期满后的意见，请径送同级人民政府',
  },
  heard: {
    title: '已提请通报批评，并已听取陈述（或陈述期满）',
    holds: (facts) => stateOf(facts) === 'heard',
    code: 'criticism.not-heard',
    message: '没有待决定的通报批评提请，或部门的陈述期未满',
    remedy: '请先由督查人员提请，并待部门陈述意见或陈述期满后再决定',
  },
} as const satisfies Record<string, Requirement>;
