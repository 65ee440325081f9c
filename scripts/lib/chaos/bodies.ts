/** What people write into each command, by case type and action. */
import type { CaseDetail } from '../../../api/cases/detail.ts';
import type { Dice } from './dice.ts';

type Write = (detail: CaseDetail, dice: Dice) => object;

const TEXT = '混沌测试：材料与情况已经核对';
const DEPARTMENTS = ['430103-agriculture', '430103-market-regulation', '430103-health'] as const;

const reason = () => ({ reason: TEXT });
const opinion = () => ({ opinion: TEXT });
const nothing = () => ({});
const seen = ({ record }: CaseDetail) => (record ? { seenVersion: record.version } : {});

/** What a record of a lifecycle says; the serial makes each version of a document another text. */
export const contentOf = (serial: number) => `农药零售（第${serial}稿）`;

/** The content that a case shows, written anew. */
function rewritten({ record }: CaseDetail, dice: Dice): object {
  const shown = Object.fromEntries((record?.fields ?? []).map(({ field, code, value }) => [field, code ?? value]));
  return { ...shown, content: contentOf(dice.whole(1, 1_000_000)) };
}

const ruling: Write = (_, dice) => {
  const decision = dice.pick(['same', 'other', 'pool'] as const);
  return decision === 'other'
    ? { decision, departmentCode: dice.pick(DEPARTMENTS), reason: TEXT }
    : { decision, reason: TEXT };
};

const BODIES: Record<string, Write> = {
  claim: nothing,
  resume: nothing,
  fetch: nothing,
  confirm: opinion,
  accept: nothing,
  return: (detail) => ({ ...reason(), ...seen(detail), reasonCode: 'wrong-department' }),
  withdraw: reason,
  suspend: reason,
  requestExtension: (_, dice) => ({ workingDays: dice.whole(1, 3), ...reason() }),
  approveExtension: opinion,
  refuseExtension: opinion,
  rule: ruling,
  arbitrate: ruling,
  publish: seen,
  resubmit: rewritten,
  reject: reason,
  sendBack: (detail) => ({ ...reason(), ...seen(detail) }),
  apply: (detail, dice) => ({ statement: TEXT, content: rewritten(detail, dice) }),
  applyWithdrawal: () => ({ statement: TEXT }),
  approve: (detail) => ({ ...opinion(), ...seen(detail) }),
  execute: (detail) => ({ ...seen(detail), remark: TEXT }),
  conclude: opinion,
  appeal: reason,
  rejectAppeal: reason,
  upholdAppeal: reason,
  remove: () => ({ ground: 'obligation-performed', ...reason() }),
  decide: ({ facts }) => ({ measureIds: (facts as { measureIds?: string[] }).measureIds?.slice(0, 1) ?? [] }),
  decline: reason,
  feedBack: ({ caseType }) => (caseType === 'registrationPush' ? { outcome: 'not-applied' } : { result: TEXT }),
  reply: () => ({ explanation: TEXT }),
  orderRectification: () => ({ requirement: TEXT }),
  reportRectification: () => ({ report: TEXT }),
  proposeCriticism: reason,
  stateOpinion: opinion,
  criticise: () => ({ text: TEXT }),
  declineCriticism: reason,
  close: () => ({ finding: TEXT }),
};

/** @returns undefined for an action that no lifecycle takes. */
export const bodyOf = (action: string, detail: CaseDetail, dice: Dice): object | undefined =>
  BODIES[action]?.(detail, dice);
