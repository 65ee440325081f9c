/**
 * What a limit is by nature, and how that is worded, in one place: a norm must never read as 法定期限, and a term that a rule
 * of a later year gives is neither a norm, for nobody may change it, nor a term of the measures.
 */
import type { LimitKind } from './limit.ts';

type Nature = LimitKind | 'ruleSet';

interface Worded {
  /** Beside a date, where there is room for two characters. */
  tag: string;
  /** In a sentence, for the limit itself. */
  term: string;
  /** In brackets; of a rule of a later year, its document and its first day say more. */
  words: string;
}

export const NATURES: Record<Nature, Worded> = {
  statutory: { tag: '法定', term: '法定期限', words: '法定期限' },
  ruleSet: { tag: '规章', term: '规章期限', words: '规章规定的期限' },
  norm: { tag: '时限', term: '办理时限', words: '办理时限，非法定' },
};

/** @param limit `ruleSet`: the rule's id in the table of limits, or what an answer of the API says of it. */
export const natureOf = ({ kind, ruleSet }: { kind: LimitKind; ruleSet?: unknown }): Nature =>
  ruleSet === undefined || ruleSet === null ? kind : 'ruleSet';

/** The nature of a limit in brackets, in Chinese whatever the reader's language. */
export const natureInWords = (limit: {
  kind: LimitKind;
  ruleSet?: { document: string; from: string } | undefined;
}): string =>
  limit.ruleSet ? `${limit.ruleSet.document}，${limit.ruleSet.from}起施行` : NATURES[natureOf(limit)].words;
