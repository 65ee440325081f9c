import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { workCalendarSchema } from '../../domain/clock/calendar-schema.ts';
import { dueFrom } from '../../domain/clock/declared-day.ts';
import { Refusal } from '../../domain/errors.ts';
import { publicAnswer, RECEIPTS, stepTitle } from '../../domain/receipts/receipt.ts';
import { SEARCH_ATTRIBUTES } from '../../domain/case/search-attributes.ts';
import { passingsIn } from '../../domain/oversight/time-attribution.ts';
import { TRANSITIONS, REQUIREMENTS, type RequirementId } from '../../domain/case-types/case-types.ts';
import { isShownTo, refuseTransition, refuseByRequirements } from '../../domain/case-types/transitions.ts';

const actor = {
  username: 'me',
  role: 'department-lead' as const,
  regionCode: '430103',
  departmentCode: '430103-health',
};

describe('what a deed may require besides its stage', () => {
  test.each([
    ['not-the-applicant', { appliedBy: 'me' }, false, 'review.same-person'],
    ['not-the-applicant', { appliedBy: 'other' }, true, ''],
    ['not-the-applicant', {}, true, ''],
    ['ruling-not-final', { finalRuling: true }, false, 'push.ruling-is-final'],
    ['ruling-not-final', { finalRuling: false }, true, ''],
    ['ruling-not-final', {}, true, ''],
    ['not-lapsed', { lapsed: ['registrationPush.feedback'] }, false, 'limit.lapsed'],
    ['not-lapsed', { lapsed: ['registrationPush.claim'] }, true, ''],
    ['not-lapsed', { lapsed: ['registrationPush.claim', 'registrationPush.feedback'] }, false, 'limit.lapsed'],
    ['not-lapsed', {}, true, ''],
    ['decision-undeclared', { decidedOn: '2026-11-30' }, false, 'push.decision-declared'],
    ['decision-undeclared', {}, true, ''],
    ['suspension-not-requested', { suspension: { state: 'requested' } }, false, 'suspension.already-requested'],
    ['suspension-not-requested', { suspension: { state: 'refused' } }, true, ''],
    ['suspension-not-requested', {}, true, ''],
    ['suspension-requested', { suspension: { state: 'requested' } }, true, ''],
    ['suspension-requested', { suspension: { state: 'approved' } }, false, 'suspension.not-requested'],
    ['suspension-requested', {}, false, 'suspension.not-requested'],
    ['another-than-requester', { suspension: { requestedBy: 'me' } }, false, 'review.same-person'],
    ['another-than-requester', { suspension: { requestedBy: 'other' } }, true, ''],
    ['not-suspended', { suspended: 'registrationPush.feedback' }, false, 'limit.suspended'],
    ['not-suspended', { suspended: null }, true, ''],
    ['may-suspend-again', { suspensions: 2 }, true, ''],
    ['may-suspend-again', { suspensions: 3 }, false, 'limit.suspended-too-often'],
    ['may-suspend-again', {}, true, ''],
    ['suspended', { suspended: 'registrationPush.feedback' }, true, ''],
    ['suspended', {}, false, 'limit.not-suspended'],
    ['extension-unused', {}, true, ''],
    ['extension-unused', { extension: { state: 'refused' } }, false, 'extension.already-requested'],
    ['extension-requested', { extension: { state: 'requested' } }, true, ''],
    ['extension-requested', { extension: { state: 'approved' } }, false, 'extension.not-requested'],
    ['extension-requested', {}, false, 'extension.not-requested'],
    ['no-criticism-pending', {}, true, ''],
    ['no-criticism-pending', { criticism: { state: 'declined' } }, true, ''],
    ['no-criticism-pending', { criticism: { state: 'proposed' } }, false, 'criticism.pending'],
    ['no-criticism-pending', { criticism: { state: 'heard' } }, false, 'criticism.pending'],
    ['hearing-open', {}, false, 'criticism.no-hearing'],
    ['hearing-open', { criticism: { state: 'proposed' } }, true, ''],
    ['hearing-open', { criticism: { state: 'heard' } }, false, 'criticism.no-hearing'],
    ['heard', {}, false, 'criticism.not-heard'],
    ['heard', { criticism: { state: 'proposed' } }, false, 'criticism.not-heard'],
    ['heard', { criticism: { state: 'heard' } }, true, ''],
    ['heard', { criticism: { state: 'given' } }, false, 'criticism.not-heard'],
    ['not-criticised', {}, true, ''],
    ['not-criticised', { criticised: { text: 'x' } }, false, 'supervision.already-criticised'],
    ['no-appeal-pending', { appeal: { state: 'pending' } }, false, 'appeal.pending'],
    ['no-appeal-pending', { appeal: { state: 'rejected' } }, true, ''],
    ['no-appeal-pending', {}, true, ''],
    ['appeal-pending', { appeal: { state: 'pending' } }, true, ''],
    ['appeal-pending', { appeal: { state: 'upheld' } }, false, 'appeal.not-pending'],
    ['appeal-pending', {}, false, 'appeal.not-pending'],
    ['question-pending', { question: { state: 'pending' } }, true, ''],
    ['question-pending', { question: { state: 'answered' } }, false, 'transition.refused'],
    ['question-pending', {}, false, 'transition.refused'],
    ['uninvolved', { acceptedBy: 'me' }, false, 'review.same-person'],
    ['uninvolved', { proposedBy: 'me' }, false, 'review.same-person'],
    ['uninvolved', { acceptedBy: 'one', proposedBy: 'other' }, true, ''],
    ['of-court', { list: 'court-debtor' }, true, ''],
    ['of-court', { list: 'serious-dishonest' }, false, 'transition.refused'],
    ['not-of-court', { list: 'court-debtor' }, false, 'listing.court-only'],
    ['not-of-court', {}, true, ''],
    ['may-transfer-again', { transfers: 2 }, true, ''],
    ['may-transfer-again', { transfers: 3 }, false, 'complaint.transferred-too-often'],
    ['may-transfer-again', {}, true, ''],
    ['another-person', { extension: { requestedBy: 'me' } }, false, 'review.same-person'],
    ['another-person', { extension: { requestedBy: 'other' } }, true, ''],
    ['another-person', {}, true, ''],
    ['internal-review', { internalReview: true }, true, ''],
    ['internal-review', {}, false, 'transition.refused'],
    ['no-internal-review', {}, true, ''],
    ['no-internal-review', { internalReview: true }, false, 'transition.refused'],
    ['is-event', { event: 'renew' }, true, ''],
    ['is-event', {}, false, 'transition.refused'],
  ] as const)('%s, of %j: %s', (requirement, facts, holds, code) => {
    const row = { requires: [requirement], concerns: 'registrationPush.feedback', article: '第七条' } as const;
    const refusal = refuseByRequirements(row, facts, actor);
    expect(refusal === undefined).toBe(holds);
    if (refusal) expect(refusal).toMatchObject({ code, article: '第七条' });
  });

  test('each requirement is tried above', () => {
    expect(Object.keys(REQUIREMENTS)).toHaveLength(27);
  });

  test('nothing is required where the row requires nothing; of several, the first that does not hold is told', () => {
    const requires: RequirementId[] = ['not-suspended', 'extension-requested', 'suspended'];
    expect(refuseByRequirements({ article: '第七条' }, {}, actor)).toBeUndefined();
    expect(refuseByRequirements({ article: '第七条', requires }, {}, actor)?.code).toBe('extension.not-requested');
  });
});

describe('a refused command', () => {
  const standing = {
    caseType: 'registrationPush',
    stage: 'pushed',
    departmentCode: '430103-health',
    regionCode: '430103',
  } as const;
  const refuse = (action: string, more: object = {}, who: object = {}) =>
    refuseTransition({ ...standing, ...more }, action, { ...actor, ...who });

  test.each([
    ['claim', {}, {}, undefined],
    ['fly', {}, {}, 'transition.refused'],
    ['constructor', {}, {}, 'transition.refused'],
    ['lapse', {}, {}, 'access.denied'],
    ['claim', {}, { departmentCode: '430103-water' }, 'access.denied'],
    ['claim', {}, { departmentCode: null }, 'access.denied'],
    ['claim', {}, { role: 'auditor' }, 'access.denied'],
    ['claim', { stage: 'fedBack' }, {}, 'case.closed'],
    ['feedBack', {}, {}, 'transition.refused'],
    ['claim', { caseType: 'poolEntry', stage: 'claimed', departmentCode: null }, {}, 'pool.already-claimed'],
    ['claim', { caseType: 'poolEntry', stage: 'withdrawn', departmentCode: null }, {}, 'case.closed'],
    [
      'claim',
      { caseType: 'poolEntry', stage: 'published', departmentCode: null },
      { regionCode: '430104' },
      'access.denied',
    ],
    ['claim', { caseType: 'poolEntry', stage: 'published', departmentCode: null }, {}, undefined],
  ] as const)('%s, %j, by %j: %s', (action, more, who, code) => {
    expect(refuse(action, more, who)?.code).toBe(code);
  });

  test('says where the deed may be done, by whom, and by which article', () => {
    expect(refuse('feedBack')?.remedy).toContain('“');
    expect(refuse('feedBack')?.remedy).not.toContain('undefined');
    expect(refuse('claim', {}, { role: 'auditor' })?.message).toContain('部门经办人、部门负责人');
    expect(refuse('fly')?.article).toBe('—');
    expect(refuse('lapse')?.article).toBe('第七条第一款');
  });

  test('a deed is shown to whom it could ever be due, and to the others of the department where it moves the case on', () => {
    const { claim, requestSuspension, approveExtension } = TRANSITIONS.registrationPush;
    const auditor = { ...actor, role: 'auditor' as const };
    const officer = { ...actor, role: 'department-officer' as const };
    expect(isShownTo(claim!, standing, actor)).toBe(true);
    expect(isShownTo(claim!, standing, { ...actor, departmentCode: '430103-water' })).toBe(false);
    expect(isShownTo(claim!, standing, auditor)).toBe(true);
    expect(isShownTo(requestSuspension!, standing, officer)).toBe(true);
    expect(isShownTo(approveExtension!, standing, officer)).toBe(false);
    const asked = { extension: { state: 'requested', requestedBy: 'x', workingDays: 1 } };
    expect(isShownTo(approveExtension!, { ...standing, facts: asked }, officer)).toBe(true);
    expect(isShownTo(TRANSITIONS.rollback['rule']!, { ...standing, caseType: 'rollback' }, auditor)).toBe(false);
  });

  test('a deed is shown to the organ that may do it, and to that of no other region', () => {
    const ruling = { ...standing, caseType: 'rollback' as const };
    const authority = { ...actor, role: 'registering-authority' as const };
    expect(isShownTo(TRANSITIONS.rollback['rule']!, ruling, authority)).toBe(true);
    expect(isShownTo(TRANSITIONS.rollback['rule']!, ruling, { ...authority, regionCode: '430104' })).toBe(false);
  });

  test('a colleague’s deed that moves the case on is shown, though something bars it as yet', () => {
    const officer = { ...actor, role: 'department-officer' as const };
    const ofTheLead = { ...TRANSITIONS.registrationPush['return']!, roles: ['department-lead' as const] };
    expect(isShownTo(ofTheLead, { ...standing, facts: { finalRuling: true } }, officer)).toBe(true);
  });
});

describe('what the bearer of a receipt is told', () => {
  test('the deeds that the public hears of, and no others', () => {
    expect(stepTitle('correction', 'confirm')).toBe('核实属实');
    expect(stepTitle('correction', 'approve')).toBeUndefined();
    expect(stepTitle('complaint', 'handle')).toBe('办结答复');
    expect(stepTitle('complaint', 'constructor')).toBeUndefined();
    const deeds = Object.entries(RECEIPTS).map(([kind, { steps, limits }]) => [kind, Object.keys(steps), limits]);
    expect(deeds).toEqual([
      [
        'correction',
        ['confirm', 'reject', 'execute', 'conclude'],
        ['correction.verification', 'correction.application', 'correction.execution'],
      ],
      ['complaint', ['accept', 'decline', 'transfer', 'handle'], ['complaint.acceptance', 'complaint.handling']],
    ]);
  });

  test.each([
    ['correction', { rejection: { reason: '不属实' } }, { outcomeTitle: null, reply: '不属实' }],
    ['correction', {}, { outcomeTitle: null, reply: null }],
    ['correction', { declined: { reason: 'x' } }, { outcomeTitle: null, reply: null }],
    ['complaint', { answer: { outcome: 'filed', reply: '已立案' } }, { outcomeTitle: '属实，已立案', reply: '已立案' }],
    ['complaint', { declined: { reason: '不属管辖' } }, { outcomeTitle: null, reply: '不属管辖' }],
    ['complaint', {}, { outcomeTitle: null, reply: null }],
  ] as const)('%s, of %j: %j', (kind, facts, answer) => {
    expect(publicAnswer(kind, facts)).toEqual(answer);
  });
});

describe('a declared day', () => {
  const file = new URL('../../data/calendar/cn-2026.1.json', import.meta.url);
  const calendar = workCalendarSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const from = (day: string) => dueFrom(calendar, '2026-03-10', { title: '发现之日', day }, 'correction.application');

  test('is today or before; its limit counts from the day after', () => {
    expect(from('2026-03-09')).toBe('2026-03-12');
    expect(from('2026-03-10')).toBe('2026-03-13');
  });

  test('that is still to come is refused as such', () => {
    expect(() => from('2026-03-11')).toThrow(Refusal);
    expect(() => from('2026-03-11')).toThrow('2026-03-11');
    expect(() => from('2026-03-11')).toThrow(expect.objectContaining({ remedy: '请核对发现之日' }));
  });
});

test('a record’s way is told by three deeds, from its receipt on', () => {
  const at = (day: string) => new Date(`${day}T09:00:00+08:00`);
  const deeds = ['return', 'resubmit', 'publish', 'open', 'lapse'].map((action, i) => ({
    action,
    at: at(`2026-03-1${i}`),
  }));
  expect(passingsIn(at('2026-03-09'), deeds)).toEqual([
    { event: 'received', on: '2026-03-09' },
    { event: 'returned', on: '2026-03-10' },
    { event: 'resubmitted', on: '2026-03-11' },
    { event: 'published', on: '2026-03-12' },
  ]);
});

test('cases are found in Temporal by six words and one instant', () => {
  expect(SEARCH_ATTRIBUTES).toEqual({
    CaseType: 'Keyword',
    CaseStatus: 'Keyword',
    Region: 'Keyword',
    Department: 'Keyword',
    CaseNo: 'Keyword',
    Stage: 'Keyword',
    DueAt: 'Datetime',
  });
});
