import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  chainCaseId,
  complaintId,
  correctionId,
  directSupervisionId,
  isOfRegistration,
  listingCaseId,
  parseCaseId,
  sanctionCaseId,
  publicationId,
  supervisionId,
  creditRepairId,
  supportMeasureId,
  type SupervisionKey,
} from '../../domain/case/id.ts';
import { LIMITS } from '../../domain/clock/limits.ts';
import { registrationInputSchema } from '../../domain/registration/registration.ts';

const registrationNoSchema = registrationInputSchema.in.shape.registrationNo;
const LETTERS = 'AZaz09长沙湘Ⅷ७éΩ'.split('');
const tailCharacter = fc.constantFrom(...LETTERS, ...'（）()〔〕[]_./-'.split(''));
/** Registration numbers as domain/registration/registration.ts lets them in. */
const registrationNo = fc
  .tuple(fc.constantFrom(...LETTERS, ...'（(〔['.split('')), fc.string({ unit: tailCharacter, maxLength: 63 }))
  .map((parts) => parts.join(''));
const chain = fc.constantFrom('pool', '430000-registration', '430103-agriculture', '430100-market-regulation');
const key = fc.record({ registrationNo, chain, round: fc.integer({ min: 1, max: 1000 }) });
const chainType = fc.constantFrom('registrationPush', 'rollback', 'poolEntry' as const);
const limitId = fc.constantFrom(...Object.keys(LIMITS));

const supervisionIdOf = (about: SupervisionKey) =>
  'organ' in about
    ? directSupervisionId(about.organ, about.number)
    : supervisionId(about.originCaseId, about.limitId, about.ladder);

describe('case ids', () => {
  test('are read as people read them: kind, registration, chain, round', () => {
    const id = chainCaseId('registrationPush', { registrationNo: 'REG-1', chain: '430103-agriculture', round: 2 });
    expect(id).toBe('push~REG-1~430103-agriculture~2');
    expect(supervisionId(id, 'registrationPush.claim')).toBe(`supervision~registrationPush.claim~${id}`);
    expect(supervisionId(id, 'registrationPush.claim', 2)).toBe(`supervision~registrationPush.claim~2~${id}`);
  });

  test('say all that they were made of: parsing is the inverse, whatever the registration number', () => {
    fc.assert(
      fc.property(chainType, key, (type, made) => {
        expect(registrationNoSchema.parse(made.registrationNo)).toBe(made.registrationNo);
        expect(parseCaseId(chainCaseId(type, made))).toEqual({ type, ...made });
      }),
    );
  });

  test('of publications name the record, and so do those of their supervision', () => {
    const recordId = '0123456789abcdef0123456789abcdef';
    const id = publicationId(recordId);
    expect(parseCaseId(id)).toEqual({ type: 'publication', recordId });
    expect(parseCaseId(supervisionId(id, 'publication.publication'))).toMatchObject({ originCaseId: id });
    expect([isOfRegistration(id), isOfRegistration(supervisionId(id, 'publication.publication'))]).toEqual([
      false,
      false,
    ]);
  });

  test('of supervision name the case, the limit and its term that was neglected', () => {
    fc.assert(
      fc.property(chainType, key, limitId, fc.integer({ min: 1, max: 20 }), (type, made, limit, ladder) => {
        const originCaseId = chainCaseId(type, made);
        expect(parseCaseId(supervisionId(originCaseId, limit, ladder))).toEqual({
          type: 'supervision',
          limitId: limit,
          originCaseId,
          ladder,
        });
      }),
    );
  });

  test('of complaints name the receipt and the round, and so do those of their supervision', () => {
    const id = complaintId({ receiptNo: '20261123ABCDEFGHJKMN0', round: 2 });
    expect(id).toBe('complaint~20261123ABCDEFGHJKMN0~2');
    expect(parseCaseId(id)).toEqual({ type: 'complaint', receiptNo: '20261123ABCDEFGHJKMN0', round: 2 });
    const supervision = supervisionId(id, 'complaint.handling');
    expect(parseCaseId(supervision)).toMatchObject({ type: 'supervision', originCaseId: id });
    expect([id, supervision].map(isOfRegistration)).toEqual([false, false]);
  });

  test('of supervision by a supervisor name the organ and its number', () => {
    const id = directSupervisionId('430103', '天督〔2026〕3号');
    expect(id).toBe('supervision~direct~430103~天督〔2026〕3号');
    expect(parseCaseId(id)).toEqual({ type: 'supervision', organ: '430103', number: '天督〔2026〕3号' });
    expect(isOfRegistration(id)).toBe(false);
  });

  test('of joint sanction name the list, the document, the enterprise and the department', () => {
    const entry = { list: 'court-debtor', documentNo: '(2026)湘0103执1234号', uscc: '91350100M000100Y43' };
    const listingId = listingCaseId(entry);
    expect(listingId).toBe('listing~court-debtor~(2026)湘0103执1234号~91350100M000100Y43');
    expect(parseCaseId(listingId)).toEqual({ type: 'listing', ...entry });
    for (const type of ['sanctionNotice', 'sanctionLifting'] as const) {
      const owed = { ...entry, departmentCode: '430103-health' };
      const caseId = sanctionCaseId(type, owed);
      expect(parseCaseId(caseId)).toEqual({ type, ...owed });
      const supervision = supervisionId(caseId, 'sanctionNotice.feedback');
      expect(parseCaseId(supervision)).toMatchObject({ type: 'supervision', originCaseId: caseId });
      expect([caseId, supervision].map(isOfRegistration)).toEqual([false, false]);
    }
  });

  test('differ for different obligations, so that none is started twice', () => {
    const obligation = fc.tuple(chainType, key);
    fc.assert(
      fc.property(obligation, obligation, ([type, made], [otherType, other]) => {
        const same = JSON.stringify([type, made]) === JSON.stringify([otherType, other]);
        expect(chainCaseId(type, made) === chainCaseId(otherType, other)).toBe(same);
      }),
    );
  });

  test('no registration number may hold the separator', () => {
    expect(registrationNoSchema.safeParse('REG~1').success).toBe(false);
  });

  test.each([
    ['', 'nothing'],
    ['push', 'no key'],
    ['push~REG-1~430103-agriculture', 'no round'],
    ['push~REG-1~430103-agriculture~0', 'rounds begin with 1'],
    ['push~REG-1~430103-agriculture~01', 'another way to write a round'],
    ['push~REG-1~430103-agriculture~1.5', 'half a round'],
    ['push~REG-1~430103-agriculture~-1', 'a negative round'],
    ['push~REG-1~430103-agriculture~1~1', 'a part too many'],
    ['push~~430103-agriculture~1', 'no registration'],
    ['push~REG-1~~1', 'no chain'],
    ['PUSH~REG-1~pool~1', 'another case of letters'],
    ['constructor~REG-1~pool~1', 'a property of every object'],
    ['listing~court-debtor~D', 'a listing of no enterprise'],
    ['listing~some-list~D~U', 'a list that does not exist'],
    ['listing~constructor~D~U', 'a list that every object has'],
    ['listing~court-debtor~D~U~430103-health', 'a listing with a department'],
    ['sanction~court-debtor~D~U', 'a notice to nobody'],
    ['lifting~court-debtor~D~U~430103-health~1', 'a lifting with a part too many'],
    ['inspection~REG-1~pool~1', 'another kind of case'],
    ['publication~', 'no record'],
    ['publication~0123456789ABCDEF0123456789abcdef', 'another case of letters in a digest'],
    ['publication~0123456789abcdef0123456789abcdef~1', 'a part too many after a record'],
    ['complaint~20261123ABCDEFGHJKMN0', 'a complaint of no round'],
    ['complaint~20261123ABCDEFGHJKMN0~0', 'a complaint before its first round'],
    ['complaint~20261123abcdefghjkmn0~1', 'a receipt in small letters'],
    ['complaint~20261123ABCDEFGHJKMN0~1~1', 'a part too many after a round'],
    ['temporal-sys-scheduler:x', 'an id of Temporal’s own'],
    ['supervision~registrationPush.claim', 'supervision of nothing'],
    ['supervision~direct~430103', 'supervision under no number'],
    ['supervision~direct~430103~3号~x', 'supervision with a part too many'],
    ['supervision~~push~REG-1~pool~1', 'supervision of no limit'],
    ['supervision~some.limit~push~REG-1~pool~1', 'a limit that does not exist'],
    ['supervision~constructor~push~REG-1~pool~1', 'a limit that every object has'],
    ['supervision~registrationPush.claim~inspection~REG-1~pool~1', 'supervision of a foreign case'],
    ['supervision~registrationPush.claim~push~REG-1~pool~x', 'supervision of a round that is none'],
    [
      'supervision~registrationPush.claim~supervision~registrationPush.claim~push~REG-1~pool~1',
      'supervision of supervision',
    ],
  ])('“%s” is foreign: %s', (id) => {
    expect(parseCaseId(id)).toBeUndefined();
  });

  test('whatever is recognised is an id that the system makes', () => {
    const word = fc.constantFrom(
      'push',
      'pool',
      'rollback',
      'supervision',
      'direct',
      'listing',
      'sanction',
      'lifting',
      'court-debtor',
      'publication',
      'complaint',
      'support',
      '20261123ABCDEFGHJKMN0',
      '0123456789abcdef0123456789abcdef',
      'registrationPush.claim',
      'x',
      '1',
      '0',
      '',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), (words) => {
        const id = words.join('~');
        const parsed = parseCaseId(id);
        if (!parsed) return;
        const { type } = parsed;
        const again =
          type === 'supervision'
            ? supervisionIdOf(parsed)
            : type === 'correction'
              ? correctionId(parsed)
              : type === 'complaint'
                ? complaintId(parsed)
                : type === 'publication'
                  ? publicationId(parsed.recordId)
                  : type === 'listing'
                    ? listingCaseId(parsed)
                    : type === 'creditRepair'
                      ? creditRepairId(parsed)
                      : type === 'supportMeasure'
                        ? supportMeasureId(parsed)
                        : 'departmentCode' in parsed
                          ? sanctionCaseId(parsed.type, parsed)
                          : chainCaseId(parsed.type, parsed);
        expect(again).toBe(id);
      }),
      { numRuns: 1000 },
    );
  });
});
