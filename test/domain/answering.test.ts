import { describe, expect, test } from 'vitest';
import { answeringDepartment, partyInDelay, partyOf, partyOfRecord } from '../../domain/oversight/answering.ts';
import { superviseNeglect } from '../../domain/oversight/neglect.ts';

const held = { departmentCode: '430103-health', regionCode: '430103' };

describe('who answers for a limit (第十六条)', () => {
  test.each([
    ['registrationPush', true, 'registrationPush.feedback', 'holder'],
    ['poolEntry', false, 'poolEntry.claim', 'registering-authority'],
    ['rollback', false, 'rollback.ruling', 'supervisor'],
    ['rollback', true, 'rollback.ruling', 'holder'],
    ['correction', true, 'correction.execution', 'platform-administrator'],
    ['supervision', true, 'supervision.closing', 'supervisor'],
    ['publication', true, 'publication.publication', 'registering-authority'],
    ['publication', true, 'publication.submission', 'holder'],
  ] as const)('%s, held: %s, %s: %s', (caseType, hasHolder, limitId, party) => {
    expect(partyOf(caseType, hasHolder, limitId)).toBe(party);
  });

  test.each([
    ['holder', 'registrationPush.feedback', '430103-health'],
    ['holder', 'publication.publication', '430103-health'],
    ['registering-authority', 'publication.publication', '430000-registration'],
    ['holder', 'listing.appeal', '430103-health'],
    ['registering-authority', 'registration.handOver', '430103-registration'],
    ['registering-authority', 'poolEntry.claim', null],
    ['supervisor', 'supervision.closing', null],
    ['platform-administrator', 'correction.execution', null],
    ['supervisor', 'listing.appeal', null],
  ] as const)('%s, %s: %s', (party, limitId, department) => {
    expect(answeringDepartment(party, limitId, held)).toBe(department);
  });

  test('what nobody holds is no department’s', () => {
    expect(answeringDepartment('holder', 'poolEntry.claim', { ...held, departmentCode: null })).toBeNull();
  });

  const stretch = (party: 'department' | 'platform') => ({
    party,
    from: '2026-03-02',
    until: '2026-03-03',
    workingDays: 1,
  });
  const time = (department: number, platform: number) => ({
    department,
    platform,
    total: department + platform,
    stretches: [],
  });

  test('a record is in the hands of who had it last', () => {
    expect(partyOfRecord({ ...time(1, 1), stretches: [stretch('platform'), stretch('department')] })).toBe('holder');
    expect(partyOfRecord({ ...time(1, 1), stretches: [stretch('department'), stretch('platform')] })).toBe(
      'registering-authority',
    );
    expect(partyOfRecord({ ...time(1, 0), stretches: [stretch('department')] })).toBe('holder');
    expect(partyOfRecord(time(0, 0))).toBe('registering-authority');
  });

  test.each([
    [7, 14, 'registering-authority'],
    [8, 13, 'holder'],
    [8, 14, 'registering-authority'],
    [9, 14, 'holder'],
    [21, 0, 'holder'],
    [0, 21, 'registering-authority'],
  ] as const)('of twenty days, seven the holder’s: %i and %i: %s is in delay', (department, platform, party) => {
    expect(partyInDelay('publication.publication', time(department, platform))).toBe(party);
  });

  test('where no days are the holder’s alone, all are the organ’s', () => {
    expect(partyInDelay('registration.handOver', time(1, 1))).toBe('holder');
    expect(partyInDelay('registration.handOver', time(1, 2))).toBe('registering-authority');
  });
});

describe('what is neglected is supervised (第十七条)', () => {
  const origin = { caseId: 'push~REG-1~430103-health~1', caseNo: 'REG-1', uscc: '91', round: 1 };

  test('at its last rung, at the department’s own level', () => {
    const opening = superviseNeglect(origin, '430103-health', 'registrationPush.feedback', 'due+3', 1, 9);
    const input = {
      originCaseId: origin.caseId,
      limitId: 'registrationPush.feedback',
      ladder: 1,
      caseNo: 'REG-1',
      uscc: '91',
      round: 1,
      departmentCode: '430103-health',
      regionCode: '430103',
      openedAt: 9,
    };
    expect(opening?.workflow).toBe('supervision');
    expect(opening?.input).toEqual(input);
    expect(opening?.opened).toMatchObject({ stage: 'opened', regionCode: '430103', parentCaseId: origin.caseId });
  });

  test.each([
    ['a reminder', '430103-health', 'registrationPush.feedback', 'due-1'],
    ['a breach', '430103-health', 'registrationPush.feedback', 'due'],
    ['what no department answers for', null, 'registrationPush.feedback', 'due+3'],
    ['what has nobody to be supervised', '430103-health', 'supervision.reply', 'due+3'],
  ] as const)('%s opens none', (_, departmentCode, limitId, rung) => {
    expect(superviseNeglect(origin, departmentCode, limitId, rung, 1, 9)).toBeUndefined();
  });
});
