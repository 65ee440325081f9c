/** What a department may answer to a push (第七条第三款), by the event of the registration and by the item's mode. */
import { describe, expect, test } from 'vitest';
import {
  FEEDBACK_OUTCOMES,
  outcomesCarrying,
  refuseUnfit,
  type FeedbackOutcome,
} from '../../domain/case-types/registration-push/answers.ts';
import { registrationPushBodies, registrationPushOrders } from '../../domain/case-types/registration-push/commands.ts';
import { kindOfAnswer, recordOfAnswer } from '../../domain/case-types/registration-push/record.ts';
import { Refusal } from '../../domain/errors.ts';
import { keysOf } from '../../domain/keys.ts';
import type { ItemMode } from '../../domain/scope/item-modes.ts';

const ABOUT = {
  uscc: '91350100M000100Y43',
  name: '天心区粮油店',
  departmentCode: '430103-agriculture',
  departmentName: '天心区农业农村局',
};
const DECISION = {
  documentNo: '湘天农许〔2026〕1号',
  decidedOn: '2026-11-20',
  validFrom: '2026-11-20',
  validUntil: '2031-11-19',
  content: '农药经营',
};

const refusalOf = (work: () => unknown): Refusal | undefined => {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
};

describe('an answer fits what the record says', () => {
  const fitting = (event: 'establish' | 'change' | 'cancel', ...modes: ItemMode[]) =>
    keysOf(FEEDBACK_OUTCOMES).filter((outcome) => !refusalOf(() => refuseUnfit(outcome, { event, modes })));

  test('of a new enterprise: by how the item is dealt with', () => {
    const always = ['not-applied', 'no-permit-needed'];
    expect(fitting('establish', 'approval').sort()).toEqual([...always, 'permit-granted', 'permit-refused'].sort());
    expect(fitting('establish', 'filing').sort()).toEqual([...always, 'filing-made'].sort());
    expect(fitting('establish', 'commitment').sort()).toEqual(
      [...always, 'commitment-accepted', 'permit-refused'].sort(),
    );
    expect(fitting('establish', 'abolished').sort()).toEqual(always.sort());
    expect(fitting('establish', 'approval', 'filing')).toEqual(
      expect.arrayContaining(['permit-granted', 'filing-made']),
    );
  });

  test('of a cancelled one nothing is granted, and of a living one nothing is terminated', () => {
    expect(fitting('cancel', 'approval')).toEqual(['permit-cancelled', 'permit-revoked', 'no-permit-held']);
    expect(fitting('change', 'approval')).not.toContain('no-permit-held');
    expect(fitting('change')).toEqual(expect.arrayContaining(['permit-changed', 'permit-unaffected', 'filing-made']));
  });

  test('or is refused with its cause, and with what may be answered', () => {
    const refusal = refusalOf(() => refuseUnfit('permit-granted', { event: 'establish', modes: ['filing'] }))!;
    expect(refusal).toMatchObject({ code: 'push.outcome-unfit', article: '第七条第三款' });
    expect(refusal.message).toContain('备案');
    expect(refusal.remedy).toContain('已备案');
    expect(refusal.remedy).not.toContain('已许可');
    expect(refusalOf(() => refuseUnfit('permit-cancelled', { event: 'establish', modes: [] }))!.message).toContain(
      '设立',
    );
  });
});

describe('an answer carries what it must', () => {
  const sent = (outcome: FeedbackOutcome, more: object = {}) =>
    registrationPushOrders.feedBack.safeParse({ outcome, ...more });
  const told = (outcome: FeedbackOutcome, more: object = {}) =>
    registrationPushBodies.feedBack.safeParse({ outcome, ...more });

  test.each([
    ['reason', { reason: '不符合条件' }],
    ['permitNo', { permitNo: '许1' }],
    ['record', { documentNo: '1号' }],
  ] as const)('%s', (substance, carried) => {
    const outcomes = outcomesCarrying(substance);
    expect(outcomes.length).toBeGreaterThan(0);
    for (const outcome of outcomes) {
      expect([outcome, sent(outcome).success]).toEqual([outcome, false]);
      expect([outcome, sent(outcome, carried).success]).toEqual([outcome, true]);
      // The workflow judges as well: whoever can reach Temporal cannot leave it out.
      expect([outcome, told(outcome).success]).toEqual([outcome, false]);
    }
  });

  test('or nothing', () => {
    for (const outcome of outcomesCarrying('nothing'))
      expect(sent(outcome).success && told(outcome).success).toBe(true);
  });

  test('what the workflow is told of a record holds no text of it (第十九条)', () => {
    const record = { recordId: 'r', documentNo: '1号', generatedOn: '2026-11-20', draftId: 'd', content: '农药经营' };
    const parsed = registrationPushBodies.feedBack.parse({ outcome: 'permit-granted', record });
    expect(parsed.record).toEqual({ recordId: 'r', documentNo: '1号', generatedOn: '2026-11-20', draftId: 'd' });
  });
});

describe('the record of an answer', () => {
  test('of a permit is the permit, generated on the day of its decision', () => {
    expect(recordOfAnswer({ outcome: 'permit-granted', permitNo: '证1', ...DECISION }, ABOUT)).toMatchObject({
      kind: 'permit',
      documentNo: DECISION.documentNo,
      generatedOn: DECISION.decidedOn,
      certificateNo: '证1',
      authority: ABOUT.departmentName,
      uscc: ABOUT.uscc,
    });
  });

  test('of a filing needs no term', () => {
    const { documentNo, decidedOn, content } = DECISION;
    expect(recordOfAnswer({ outcome: 'filing-made', documentNo, decidedOn, content }, ABOUT)).toMatchObject({
      kind: 'other',
      section: 'others',
    });
    expect(kindOfAnswer('filing-made')).toBe('other');
  });

  test.each(['decidedOn', 'validUntil', 'content'] as const)(
    'of a permit without %s is refused, which is named',
    (field) => {
      const { [field]: _, ...rest } = DECISION;
      const stated = { outcome: 'permit-granted' as const, ...rest };
      const refusal = refusalOf(() => recordOfAnswer(stated, ABOUT))!;
      expect(refusal).toMatchObject({ code: 'input.invalid', article: '第七条第三款' });
      expect(JSON.stringify(refusal.details)).toContain(`/body/${field}`);
    },
  );

  test('goes through the check of what becomes public', () => {
    const stated = { outcome: 'permit-granted' as const, ...DECISION };
    expect(refusalOf(() => recordOfAnswer({ ...stated, content: '身份证11010519491231002X' }, ABOUT))).toMatchObject({
      code: 'input.invalid',
    });
  });
});
