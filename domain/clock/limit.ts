/** What a limit is: its days, its kind, and the ladder of its rungs (第十七条). The limits themselves: limits.ts. */
import type { ComplaintRuleSetId } from '../rule-sets/complaint-terms.ts';

export type LimitKind = 'statutory' | 'norm';

/** Rungs of the ladder, in working days relative to the due date (第十七条: 督查督办). */
export type Rung = 'due-2' | 'due-1' | 'due' | 'due+3';

export const RUNGS: Record<Rung, { offset: number; title: string; effect: 'remind' | 'breach' | 'supervise' }> = {
  'due-2': { offset: -2, title: '到期前两个工作日提醒', effect: 'remind' },
  'due-1': { offset: -1, title: '到期前一个工作日提醒', effect: 'remind' },
  due: { offset: 0, title: '到期，逾期记录', effect: 'breach' },
  'due+3': { offset: 3, title: '逾期三个工作日，转督查督办', effect: 'supervise' },
};

/** An organ by its role, in the case's region and above; a government only in the case's own region (domain/organs/roles.ts). */
export type OrganRole = 'registering-authority' | 'supervisor' | 'government' | 'platform-administrator';

/** Stored among the fired rungs; marks a breach that a new calendar cancelled. */
export const WITHDRAWN = 'withdrawn';

export interface Limit {
  /** What must be done, in Chinese, as shown to officials. */
  title: string;
  workingDays: number;
  kind: LimitKind;
  article: string;
  /** The event from which a statutory limit runs, in the words of its article. */
  runsFrom?: string;
  /** The limit's rungs, in order of time. */
  ladder: readonly Rung[];
  /** The organ that must act, where it is not the holder. domain/oversight/answering.ts finds its department, if it is one. */
  obliged?: OrganRole;
  /** The rule of a later year that gives the days: no setting changes them. */
  ruleSet?: ComplaintRuleSetId;
  /** A term in which the holder may speak. Nobody owes it, so nobody is assessed by it. */
  right?: true;
  /** How many of the days are the holder's; the rest are the obliged organ's (domain/oversight/answering.ts). */
  holderDays?: number;
  /** Why nobody can be supervised for its neglect: then its ladder must not reach supervision. */
  unsupervised?: string;
  /** 中止: the article that allows it, the limit within which the holder must resume, and the reasons, where they are closed. */
  suspension?: { article: string; resumption: string; reasons?: Record<string, string> };
  /** 延期: how many working days a second person may add, once, the article that allows it, and the reasons, where they are closed. */
  extension?: { workingDays: number; article: string; reasons?: Record<string, string> };
}

/** Whether a rule gives the number of days, so that no setting changes it: the measures, or a rule of a later year. */
export const isFixed = ({ kind, ruleSet }: Pick<Limit, 'kind' | 'ruleSet'>): boolean =>
  kind === 'statutory' || ruleSet !== undefined;

/** The days of 归集: for every department, for what it decides on a push, and inside the twenty for publication. */
export const SUBMISSION_DAYS = 7;

export const FULL_LADDER = ['due-2', 'due-1', 'due', 'due+3'] as const;

/** The rungs that no setting may remove: the consequences that the law demands (第十六条、第十七条). Reminders may go. */
export const indispensableRungs = ({ ladder }: Pick<Limit, 'ladder'>): Rung[] =>
  ladder.filter((rung) => RUNGS[rung].effect !== 'remind');

/** The rungs that no setting may add: supervision, where there is nobody to supervise. */
export const forbiddenRungs = ({ unsupervised }: Pick<Limit, 'unsupervised'>): Rung[] =>
  unsupervised ? FULL_LADDER.filter((rung) => RUNGS[rung].effect === 'supervise') : [];

/** The position of a rung in the order of time. */
export const rungOrder = (rung: Rung): number => Object.keys(RUNGS).indexOf(rung);

/**
 * The last reminder whose time has passed. A ladder that begins or is restored goes on after it: nobody is reminded late,
 * of several days at once. Breach and supervision are never passed over.
 * @param rungs in order of time; `at` and `now` are engine time, epoch ms.
 */
export const reminderBehind = (rungs: readonly { rung: Rung; at: number }[], now: number): Rung | null =>
  rungs.filter(({ rung, at }) => RUNGS[rung].effect === 'remind' && at <= now).at(-1)?.rung ?? null;

export const REMINDER_LADDER = ['due-1', 'due'] as const;
/** Of a term in which somebody may speak: it reminds, and lets it pass without a breach. */
export const HEARING_LADDER = ['due-1'] as const;
export const NEGLECT_LADDER = ['due-1', 'due', 'due+3'] as const;
