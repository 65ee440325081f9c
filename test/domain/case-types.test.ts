/** What is known of a case type by its table alone: its address, the words of its commands, its term, where it ends. */
import { describe, expect, test } from 'vitest';
import type { CaseType } from '../../domain/case/id.ts';
import {
  CASE_TYPE_IDS,
  CASE_TYPES,
  caseTypeOf,
  isFinal,
  NOUNS,
  STAGES,
  termOf,
  verbOf,
} from '../../domain/case-types/case-types.ts';

interface Known {
  noun: string;
  /** The limit that may stand still or be extended. */
  term?: string;
  final: string[];
}

const KNOWN: Record<CaseType, Known> = {
  registrationPush: { noun: 'pushes', term: 'registrationPush.feedback', final: ['fedBack', 'returned', 'lapsed'] },
  rollback: { noun: 'rollbacks', final: ['ruled', 'lapsed'] },
  poolEntry: { noun: 'pool-entries', final: ['claimed', 'withdrawn', 'lapsed'] },
  supervision: { noun: 'supervisions', term: 'supervision.reply', final: ['closed'] },
  listing: { noun: 'listings', final: ['lifted'] },
  sanctionNotice: {
    noun: 'sanction-notices',
    term: 'sanctionNotice.feedback',
    final: ['fedBack', 'notRestricted', 'withdrawn'],
  },
  sanctionLifting: { noun: 'sanction-liftings', final: ['lifted'] },
  publication: { noun: 'publications', final: ['published'] },
  correction: { noun: 'corrections', term: 'correction.verification', final: ['corrected', 'rejected', 'concluded'] },
  complaint: { noun: 'complaints', term: 'complaint.handling', final: ['handled', 'transferred', 'declined'] },
  supportMeasure: { noun: 'support-measures', final: ['refused', 'ended', 'expired'] },
};

test('the case types are these', () => {
  expect([...CASE_TYPE_IDS]).toEqual(Object.keys(KNOWN));
});

describe.each(CASE_TYPE_IDS)('%s', (caseType) => {
  const { noun, term, final } = KNOWN[caseType];

  test('has a name, and the address that clients know', () => {
    expect(CASE_TYPES[caseType]).toMatch(/^\p{Script=Han}+$/u);
    expect([NOUNS[caseType], caseTypeOf(noun)]).toEqual([noun, caseType]);
  });

  test('has one term that may stand still or be extended, or none', () => {
    expect(termOf(caseType)).toBe(term);
  });

  test('ends in these stages, and in no other', () => {
    expect(Object.keys(STAGES[caseType]).filter((stage) => isFinal(caseType, stage))).toEqual(final);
  });
});

test.each(['', 'push', 'Pushes', 'registrationPush', 'constructor'])('no case type has the address %j', (noun) => {
  expect(caseTypeOf(noun)).toBeUndefined();
});

test.each([
  ['claim', 'claim'],
  ['feedBack', 'feedback'],
  ['sendBack', 'send-back'],
  ['requestExtension', 'request-extension'],
  ['applyWithdrawal', 'apply-withdrawal'],
])('the command %s stands in addresses as %s', (action, verb) => {
  expect(verbOf(action)).toBe(verb);
});
