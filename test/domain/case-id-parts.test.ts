import { describe, expect, test } from 'vitest';
import { isOfRegistration, parseCaseId } from '../../domain/case/id.ts';

const RECORD = '0123456789abcdef0123456789abcdef';
const RECEIPT = '20261123ABCDEFGHJKMN0';
const USCC = '91350100M000100Y43';

/** Each part of an id, whole, and as this system never makes it. */
describe('an id is ours only where every part is', () => {
  test.each([
    [`correction~${RECORD}~v1`, true],
    [`correction~${RECORD}~v9`, true],
    [`correction~${RECORD}~v10`, true],
    [`correction~${RECORD}~v123`, true],
    [`correction~${RECORD}~v0`, false],
    [`correction~${RECORD}~v01`, false],
    [`correction~${RECORD}~v1x`, false],
    [`correction~${RECORD}~xv1`, false],
    [`correction~${RECORD}~v`, false],
    [`correction~${RECORD}~1`, false],
    [`correction~${RECORD}~${RECEIPT}`, true],
    [`correction~${RECORD}~${RECEIPT}A`, false],
    [`correction~${RECORD}~1${RECEIPT}`, false],
    [`correction~${RECORD}~${RECEIPT.slice(0, -1)}`, false],
    [`correction~${RECORD}~${RECEIPT.slice(1)}`, false],
    [`correction~${RECORD}~${RECEIPT.toLowerCase()}`, false],
    [`correction~${RECORD}~X0261123ABCDEFGHJKMN0`, false],
    [`correction~${RECORD}0~v1`, false],
    [`correction~x${RECORD}~v1`, false],
    [`correction~${RECORD.slice(1)}~v1`, false],
    [`correction~${RECORD.replace('a', 'A')}~v1`, false],
    [`correction~${RECORD}~v1~x`, false],
    [`correction~${RECORD}`, false],
    ['correction', false],
    [`complaint~${RECEIPT}~1`, true],
    [`complaint~${RECEIPT}~10`, true],
    [`complaint~${RECEIPT}~0`, false],
    [`complaint~${RECEIPT}~01`, false],
    [`complaint~${RECEIPT}~1x`, false],
    [`complaint~${RECEIPT}~x1`, false],
    [`complaint~${RECEIPT}A~1`, false],
    [`complaint~1${RECEIPT}~1`, false],
    [`complaint~${RECEIPT.slice(1)}~1`, false],
    [`complaint~X0261123ABCDEFGHJKMN0~1`, false],
    [`complaint~${RECEIPT}~1~x`, false],
    [`complaint~${RECEIPT}`, false],
    ['complaint', false],
    [`support~430103-agriculture~长财企〔2026〕8号~${USCC}`, true],
    [`support~~8号~${USCC}`, false],
    [`support~430103-agriculture~~${USCC}`, false],
    ['support~430103-agriculture~8号~', false],
    ['support~430103-agriculture~8号', false],
    [`support~430103-agriculture~8号~${USCC}~x`, false],
    [`publication~${RECORD}`, true],
    [`publication~${RECORD}~x`, false],
    ['publication', false],
    ['push~REG-1~430103-health~1', true],
    ['push~REG-1~430103-health~12', true],
    ['push~REG-1~430103-health~0', false],
    ['push~REG-1~430103-health~1~x', false],
    ['push~REG-1~430103-health', false],
    ['push~~430103-health~1', false],
    ['push~REG-1~~1', false],
    ['rollback~REG-1~pool~2', true],
    ['pool~REG-1~pool~2', true],
    ['registrationPush~REG-1~pool~2', false],
    [`listing~court-debtor~1号~${USCC}`, true],
    [`listing~constructor~1号~${USCC}`, false],
    [`listing~court-debtor~~${USCC}`, false],
    ['listing~court-debtor~1号~', false],
    [`listing~court-debtor~1号~${USCC}~x`, false],
    [`sanction~court-debtor~1号~${USCC}~430103-health`, true],
    [`sanction~court-debtor~1号~${USCC}~`, false],
    [`sanction~court-debtor~1号~${USCC}`, false],
    [`sanction~court-debtor~1号~${USCC}~430103-health~x`, false],
    [`lifting~court-debtor~1号~${USCC}~430103-health`, true],
    ['supervision~direct~430103~1号', true],
    ['supervision~direct~430103~1号~x', false],
    ['supervision~direct~430103', false],
    ['supervision~direct~~1号', false],
    ['supervision~registrationPush.feedback~push~REG-1~pool~1', true],
    ['supervision~registrationPush.feedback~2~push~REG-1~pool~1', true],
    ['supervision~registrationPush.feedback~1~push~REG-1~pool~1', false],
    ['supervision~registrationPush.feedback~0~push~REG-1~pool~1', false],
    ['supervision~constructor~push~REG-1~pool~1', false],
    ['supervision~registrationPush.feedback~supervision~direct~430103~1号', false],
    ['supervision~registrationPush.feedback', false],
    ['supervision', false],
    ['', false],
    ['whatever~REG-1~pool~1', false],
    [`whatever~court-debtor~1号~${USCC}~430103-health`, false],
  ])('%s: %s', (caseId, ours) => {
    expect(parseCaseId(caseId) !== undefined).toBe(ours);
  });

  test.each([
    ['push~REG-1~pool~2', { type: 'registrationPush', registrationNo: 'REG-1', chain: 'pool', round: 2 }],
    ['pool~REG-1~pool~2', { type: 'poolEntry', registrationNo: 'REG-1', chain: 'pool', round: 2 }],
    [`complaint~${RECEIPT}~3`, { type: 'complaint', receiptNo: RECEIPT, round: 3 }],
    [`correction~${RECORD}~v3`, { type: 'correction', recordId: RECORD, occasion: 'v3' }],
    [`publication~${RECORD}`, { type: 'publication', recordId: RECORD }],
    ['supervision~direct~430103~1号', { type: 'supervision', organ: '430103', number: '1号' }],
    [
      'supervision~registrationPush.feedback~push~REG-1~pool~1',
      { type: 'supervision', limitId: 'registrationPush.feedback', originCaseId: 'push~REG-1~pool~1', ladder: 1 },
    ],
    [
      'supervision~registrationPush.feedback~3~push~REG-1~pool~1',
      { type: 'supervision', limitId: 'registrationPush.feedback', originCaseId: 'push~REG-1~pool~1', ladder: 3 },
    ],
    [
      `sanction~court-debtor~1号~${USCC}~d`,
      { type: 'sanctionNotice', list: 'court-debtor', documentNo: '1号', uscc: USCC, departmentCode: 'd' },
    ],
  ])('%s is %j', (caseId, parsed) => {
    expect(parseCaseId(caseId)).toEqual(parsed);
  });

  test.each([
    ['push~REG-1~pool~2', true],
    ['supervision~registrationPush.feedback~push~REG-1~pool~1', true],
    [`supervision~publication.publication~publication~${RECORD}`, false],
    ['supervision~direct~430103~1号', false],
    [`publication~${RECORD}`, false],
    ['nothing', false],
  ])('%s goes back to a registration: %s', (caseId, does) => {
    expect(isOfRegistration(caseId)).toBe(does);
  });
});
