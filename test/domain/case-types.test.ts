/**
 * What is known of a case type by its tables alone: its address, its term, where it ends, which commands people give to it,
 * and where what they send is not what its workflow is told (第十九条).
 */
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
  TRANSITIONS,
  verbOf,
} from '../../domain/case-types/case-types.ts';
import { ROLES } from '../../domain/organs/roles.ts';
import { commandsOf, schemaOf, TOLD } from '../../domain/case-types/commands.ts';
import { PERMIT } from '../support/permit.ts';

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
  publication: { noun: 'publications', final: ['published', 'concluded'] },
  correction: { noun: 'corrections', term: 'correction.verification', final: ['corrected', 'rejected', 'concluded'] },
  complaint: { noun: 'complaints', term: 'complaint.handling', final: ['handled', 'transferred', 'declined'] },
  supportMeasure: { noun: 'support-measures', final: ['refused', 'ended', 'expired'] },
  creditRepair: { noun: 'credit-repairs', final: ['granted', 'refused', 'notAccepted', 'lapsed'] },
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

describe.each(CASE_TYPE_IDS)('the commands of %s', (caseType) => {
  test('has a body for each deed that people do, and for nothing else', () => {
    const deeds = Object.entries(TRANSITIONS[caseType]).filter(([, { performer }]) => performer !== 'system');
    expect(commandsOf(caseType).toSorted()).toEqual(deeds.map(([action]) => action).toSorted());
  });

  test('are open to roles; what the system does by itself is open to none', () => {
    for (const [action, { performer, roles }] of Object.entries(TRANSITIONS[caseType])) {
      expect([action, roles.every((role) => role in ROLES), roles.length === 0]).toEqual([
        action,
        true,
        performer === 'system',
      ]);
    }
  });

  test.each(['constructor', 'nothing', ''])('knows no command %j', (command) => {
    expect(schemaOf(caseType, command)).toBeUndefined();
  });
});

test('people send what the workflow is told, unless the rest goes to PostgreSQL or comes from the reference data', () => {
  const others = CASE_TYPE_IDS.flatMap((caseType) =>
    Object.entries(TOLD[caseType])
      .filter(([command, told]) => schemaOf(caseType, command) !== told)
      .map(([command]) => `${caseType}.${command}`),
  );
  expect(others).toEqual([
    'registrationPush.feedBack',
    'registrationPush.supplement',
    'supervision.proposeCriticism',
    'listing.appeal',
    'listing.upholdAppeal',
    'listing.remove',
    'sanctionNotice.decide',
    'publication.revise',
    'publication.resubmit',
    'correction.apply',
    'correction.applyWithdrawal',
    'complaint.transfer',
  ]);
});

const sent = (...[caseType, command, body]: [Parameters<typeof schemaOf>[0], string, object]) =>
  schemaOf(caseType, command)!.safeParse(body).data;

describe('what people send', () => {
  test('of a corrected record is its content, and never the number of its version', () => {
    expect(sent('publication', 'resubmit', PERMIT)).toEqual(PERMIT);
    const application = { statement: '报请更正', content: PERMIT };
    const attached = { ...application, attachmentIds: ['3f2b8a52-6d1c-4a0e-9c55-0c8a5f4f1e11'] };
    expect(sent('correction', 'apply', { ...application, version: 7 })).toEqual({ ...application, attachmentIds: [] });
    expect(sent('correction', 'apply', attached)).toEqual(attached);
    for (const field of Object.keys(application)) {
      expect(sent('correction', 'apply', { ...application, [field]: undefined }), field).toBeUndefined();
    }
    const withdrawal = { statement: '错挂企业' };
    expect(sent('correction', 'applyWithdrawal', { ...withdrawal, version: 7 })).toEqual({
      ...withdrawal,
      attachmentIds: [],
    });
  });

  test('of a lifting names no departments: who lifts in whose place is not theirs to say', () => {
    const successors = { '430103-old': '430103-new' };
    const told = { reason: '申诉成立' };
    expect(sent('listing', 'upholdAppeal', { ...told, successors })).toEqual(told);
    expect(TOLD.listing.upholdAppeal.parse({ ...told, successors })).toEqual({ ...told, successors });
    const removed = { ground: 'revoked' as const, reason: '列入决定被撤销' };
    expect(sent('listing', 'remove', { ...removed, successors })).toEqual(removed);
    expect(TOLD.listing.remove.parse({ ...removed, successors })).toEqual({ ...removed, successors });
  });
});
