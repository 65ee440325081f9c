import { describe, expect, test } from 'vitest';
import { openedComplaint } from '../../domain/case-types/complaint/opening.ts';
import { openedPoolEntry } from '../../domain/case-types/pool-entry/opening.ts';
import { openedRollback } from '../../domain/case-types/rollback/opening.ts';
import { openedSupervision } from '../../domain/case-types/supervision/opening.ts';
import {
  isRegisteringAuthority,
  provincialAuthorityOf,
  registeringAuthorityOf,
} from '../../domain/organs/registering-authority.ts';
import { openedPush } from '../../domain/case-types/registration-push/opening.ts';
import { openedPublication } from '../../domain/case-types/publication/opening.ts';
import { openedSanctionLifting } from '../../domain/case-types/sanction-lifting/opening.ts';
import { openedSanctionNotice } from '../../domain/case-types/sanction-notice/opening.ts';
import { openedListing } from '../../domain/case-types/listing/opening.ts';

const uscc = '91350100M000100Y43';
const place = { departmentCode: '430103-health', regionCode: '430103' };
const chain = { registrationNo: 'REG-1', chain: '430103-health', round: 2, uscc };
const push = {
  ...chain,
  ...place,
  itemIds: ['PA001'],
  finalRuling: false,
  claimedFromPool: false,
  pushedAt: 5,
  parentCaseId: 'parent',
  returnedBy: [],
};
const listed = { list: 'court-debtor' as const, documentNo: '（2026）湘1号', uscc };

describe('the registering authority', () => {
  test('is a department of its region; the province’s runs the platform', () => {
    expect(registeringAuthorityOf('430103')).toBe('430103-registration');
    expect(provincialAuthorityOf('430103')).toBe('430000-registration');
  });

  test.each([
    ['430103-registration', true],
    ['430103-health', false],
    ['430103-registration-2', false],
    [null, false],
    [undefined, false],
  ])('%s: %s', (code, is) => {
    expect(isRegisteringAuthority(code)).toBe(is);
  });
});

describe('how a case looks at its opening', () => {
  const ofRegistration = { caseNo: 'REG-1', uscc, round: 2, regionCode: '430103' };

  test('a push waits to be claimed, or was claimed from the pool', () => {
    const facts = { chain: chain.chain, itemIds: ['PA001'], finalRuling: false, claimedFromPool: false };
    const opened = openedPush(push);
    expect(opened).toMatchObject({
      ...ofRegistration,
      caseId: 'push~REG-1~430103-health~2',
      caseType: 'registrationPush',
      departmentCode: '430103-health',
      parentCaseId: 'parent',
      stage: 'pushed',
      openedAt: 5,
      facts,
    });
    expect(openedPush({ ...push, claimedFromPool: true }).stage).toBe('claimed');
  });

  test('a rollback waits for the registering authority, or for nobody’s but the supervisors’ arbitration', () => {
    const input = { push, pushCaseId: 'push~1', arbitration: false, returnedAt: 6 };
    expect(openedRollback(input)).toMatchObject({
      ...ofRegistration,
      caseId: 'rollback~REG-1~430103-health~2',
      caseType: 'rollback',
      departmentCode: '430103-registration',
      parentCaseId: 'push~1',
      stage: 'awaitingRuling',
      openedAt: 6,
      facts: { itemIds: ['PA001'], returnedBy: '430103-health' },
    });
    expect(openedRollback({ ...input, arbitration: true })).toMatchObject({
      departmentCode: null,
      stage: 'awaitingArbitration',
    });
  });

  test('an entry of the pool is nobody’s', () => {
    const input = { ...chain, regionCode: '430103', itemIds: [], returnedBy: [], publishedAt: 7, parentCaseId: null };
    expect(openedPoolEntry(input)).toMatchObject({
      ...ofRegistration,
      caseId: 'pool~REG-1~430103-health~2',
      caseType: 'poolEntry',
      departmentCode: null,
      parentCaseId: null,
      stage: 'published',
      openedAt: 7,
      facts: { itemIds: [] },
    });
  });

  test('a supervision of a limit names it, one by order its number', () => {
    const common = { caseNo: 'REG-1', uscc, round: 1, ...place, openedAt: 8 };
    const ofLimit = {
      originCaseId: 'push~REG-1~430103-health~1',
      limitId: 'registrationPush.feedback',
      ladder: 2,
    } as const;
    const opened = { caseNo: 'REG-1', uscc, round: 1, ...place, caseType: 'supervision', stage: 'opened', openedAt: 8 };
    expect(openedSupervision({ ...common, ...ofLimit })).toEqual({
      ...opened,
      caseId: 'supervision~registrationPush.feedback~2~push~REG-1~430103-health~1',
      parentCaseId: ofLimit.originCaseId,
      facts: { limitId: 'registrationPush.feedback' },
    });
    expect(openedSupervision({ ...common, organ: '430103', number: '1号' })).toEqual({
      ...opened,
      caseId: 'supervision~direct~430103~1号',
      parentCaseId: null,
      facts: { number: '1号' },
    });
  });

  test('a publication is received, under its record', () => {
    const recordId = '0123456789abcdef0123456789abcdef';
    const record = { recordId, kind: 'permit', section: 'permits', generatedOn: '2026-03-02', late: true } as const;
    expect(openedPublication({ ...record, ...place, documentNo: 'D1', uscc, receivedAt: 9 })).toEqual({
      caseId: `publication~${recordId}`,
      caseType: 'publication',
      caseNo: 'D1',
      uscc,
      round: 1,
      ...place,
      parentCaseId: null,
      stage: 'received',
      openedAt: 9,
      facts: { ...record, version: 1 },
    });
  });

  test('a complaint counts how often it was transferred', () => {
    const receiptNo = '20261123ABCDEFGHJKMN0';
    const input = { receiptNo, round: 3, category: 'safety' as const, uscc, ...place, parentCaseId: 'p', openedAt: 4 };
    expect(openedComplaint(input)).toEqual({
      caseId: `complaint~${receiptNo}~3`,
      caseType: 'complaint',
      caseNo: receiptNo,
      uscc,
      round: 3,
      ...place,
      parentCaseId: 'p',
      stage: 'received',
      openedAt: 4,
      facts: { category: 'safety', transfers: 2 },
    });
  });

  test('what follows from a listing is named after it', () => {
    const id = `court-debtor~${listed.documentNo}~${uscc}`;
    const named = { caseNo: listed.documentNo, uscc, round: 1, ...place };
    const departments = [{ departmentCode: '430103-health', measureIds: ['CG01'] }];
    expect(openedListing({ ...listed, ...place, measuresVersion: 'v1', departments, listedAt: 1 })).toEqual({
      ...named,
      caseId: `listing~${id}`,
      caseType: 'listing',
      parentCaseId: null,
      stage: 'listed',
      openedAt: 1,
      facts: { list: 'court-debtor', measuresVersion: 'v1', departments: ['430103-health'] },
    });
    expect(openedSanctionNotice({ ...listed, ...place, measureIds: ['CG01'], sentAt: 2 })).toEqual({
      ...named,
      caseId: `sanction~${id}~430103-health`,
      caseType: 'sanctionNotice',
      parentCaseId: `listing~${id}`,
      stage: 'sent',
      openedAt: 2,
      facts: { list: 'court-debtor', measureIds: ['CG01'] },
    });
    expect(openedSanctionLifting({ ...listed, ...place, orderedAt: 3 })).toEqual({
      ...named,
      caseId: `lifting~${id}~430103-health`,
      caseType: 'sanctionLifting',
      parentCaseId: `listing~${id}`,
      stage: 'ordered',
      openedAt: 3,
      facts: { list: 'court-debtor' },
    });
  });

  test('a lifting in the place of a retired department is its successor’s, and still named after the one that was told', () => {
    const lifting = openedSanctionLifting({ ...listed, ...place, successor: '430103-sports', orderedAt: 3 });
    expect(lifting).toMatchObject({
      caseId: `lifting~court-debtor~${listed.documentNo}~${uscc}~430103-health`,
      departmentCode: '430103-sports',
      facts: { list: 'court-debtor', restrictedBy: '430103-health' },
    });
  });
});
