/**
 * What people write into each command, by case type and action. A command that no line writes does not compile, nor does a
 * body that its schema would refuse for its fields; test/domain/chaos-bodies.test.ts reads all of them by their schemas.
 */
import type { CaseDetail } from '../../../api/cases/detail.ts';
import { addDays, type LegalDate } from '../../../domain/clock/calendar.ts';
import type { CaseType } from '../../../domain/case/id.ts';
import type { CommandOf, WrittenOf } from '../../../domain/case-types/commands.ts';
import { keysOf } from '../../../domain/keys.ts';
import { RECORD_KINDS } from '../../../domain/publicity/record-fields.ts';
import type { Dice } from './dice.ts';

/** What whoever writes a body has before him. */
export interface Desk {
  /** The case, as the API shows it to him. */
  detail: Pick<CaseDetail, 'facts' | 'record' | 'correction'>;
  dice: Dice;
  /** The legal date. */
  today: LegalDate;
  /** What he uploaded for it, for a command of `ATTACHING`. */
  attachmentIds: string[];
}

/** Every command that people give to cases of the type, but those that no lifecycle has an occasion for. */
type Writes<T extends CaseType, Left extends CommandOf<T> = never> = {
  readonly [Command in Exclude<CommandOf<T>, Left>]: (desk: Desk) => WrittenOf<T, Command>;
};

const TEXT = '混沌测试：材料与情况已经核对';
const DEPARTMENTS = ['430103-agriculture', '430103-market-regulation', '430103-health'] as const;
/** The government of the county in which the lifecycles happen. */
const GOVERNMENT = '天心区人民政府';
/** A permit without term. */
const FOREVER = '2099-12-31';

const reason = () => ({ reason: TEXT });
const opinion = () => ({ opinion: TEXT });
const nothing = () => ({});
/** What was seen is what is decided: a publication shows its record, a correction the version that is proposed. */
const seen = ({ detail: { record, correction } }: Desk) => {
  const version = record?.version ?? correction?.proposed?.version;
  return version === undefined ? {} : { seenVersion: version };
};
const opined = (desk: Desk) => ({ ...opinion(), ...seen(desk) });
const returned = (desk: Desk) => ({ ...reason(), ...seen(desk) });

/** What a record of a lifecycle says; the serial makes each version of a document another text. */
export const contentOf = (serial: number) => `农药零售（第${serial}稿）`;

const newContent = (dice: Dice) => contentOf(dice.whole(1, 1_000_000));

/** The content that a case shows, written anew. */
function rewritten({ detail: { record, correction }, dice }: Desk): WrittenOf<'publication', 'resubmit'> {
  const kind = record?.kind ?? keysOf(RECORD_KINDS).find((one) => RECORD_KINDS[one] === correction?.kindTitle);
  const fields = record?.fields ?? correction?.shown.fields ?? [];
  const shown = Object.fromEntries(fields.map(({ field, value }) => [field, value]));
  // What was accepted once is accepted again with another content.
  return { ...shown, kind, content: newContent(dice) } as WrittenOf<'publication', 'resubmit'>;
}

function corrected(desk: Desk): WrittenOf<'correction', 'apply'>['content'] {
  return rewritten(desk) as WrittenOf<'correction', 'apply'>['content'];
}

function ruling({ dice, detail: { facts } }: Desk): WrittenOf<'rollback', 'rule'> {
  const decision = dice.pick(['same', 'other', 'pool'] as const);
  if (decision !== 'other') return { decision, reason: TEXT };
  const others = DEPARTMENTS.filter((code) => code !== facts['returnedBy']);
  return { decision, departmentCode: dice.pick(others), reason: TEXT };
}

/** The outcomes that fit the items of the lifecycles' scopes, and two more where the push is about no item. */
function answer({ dice, today, detail: { facts } }: Desk): WrittenOf<'registrationPush', 'feedBack'> {
  const ofAny = ['not-applied', 'permit-granted', 'permit-refused', 'no-permit-needed'] as const;
  const ofNone = ['filing-made', 'commitment-accepted'] as const;
  const hasItems = ((facts as { itemIds?: string[] }).itemIds ?? []).length > 0;
  const outcome = dice.pick(hasItems ? ofAny : [...ofAny, ...ofNone]);
  if (outcome === 'not-applied') return { outcome, remark: TEXT };
  if (outcome === 'permit-refused' || outcome === 'no-permit-needed') return { outcome, reason: TEXT };
  const decision = { documentNo: `混许决〔2026〕${dice.whole(1, 1_000_000_000)}号`, decidedOn: today };
  const permit = outcome === 'filing-made' ? {} : { permitNo: `混许${dice.whole(1, 1_000_000)}`, validUntil: FOREVER };
  return { outcome, ...decision, ...permit, content: newContent(dice) };
}

/** Some restrict for a few days, which pass while the others still work. */
function restriction({ dice, today, detail: { facts } }: Desk): WrittenOf<'sanctionNotice', 'decide'> {
  const { measureIds = [] } = facts as { measureIds?: string[] };
  const decided = { measureIds: measureIds.slice(0, 1), decidedOn: today, basis: TEXT, remark: TEXT };
  return dice.happens(0.5) ? decided : { ...decided, validUntil: addDays(today, dice.whole(0, 10)) };
}

const documentNo = (dice: Dice) => ({ documentNo: `混沌通报〔2026〕${dice.whole(1, 1_000_000)}号` });

const moreDays = (dice: Dice) => ({ workingDays: dice.whole(1, 3) });
const decideExtension = { approveExtension: opinion, refuseExtension: opinion };
const extended = { requestExtension: ({ dice }: Desk) => ({ ...moreDays(dice), ...reason() }), ...decideExtension };

const registrationPush: Writes<'registrationPush'> = {
  claim: nothing,
  feedBack: answer,
  followUp: () => ({ remark: TEXT }),
  declareDecision: ({ today }) => ({ decidedOn: today }),
  return: () => ({ ...reason(), reasonCode: 'wrong-department' }),
  supplement: answer,
  requestSuspension: ({ dice }) => ({ reasonCode: dice.pick(['applicant-supplementing', 'force-majeure']) }),
  suspend: opinion,
  refuseSuspension: opinion,
  resume: nothing,
  requestExtension: ({ dice }) => ({ ...moreDays(dice), reasonCode: 'site-inspection', ...reason() }),
  ...decideExtension,
};

const publication: Writes<'publication', 'conclude'> = {
  approve: opined,
  sendBack: returned,
  revise: rewritten,
  publish: seen,
  return: returned,
  resubmit: rewritten,
};

const correction: Writes<'correction'> = {
  confirm: opinion,
  reject: reason,
  apply: (desk) => ({ statement: TEXT, content: corrected(desk) }),
  applyWithdrawal: () => ({ statement: TEXT }),
  approve: opined,
  sendBack: returned,
  return: returned,
  execute: seen,
  conclude: opinion,
  ...extended,
};

const supervision: Writes<'supervision'> = {
  accept: nothing,
  reply: () => ({ explanation: TEXT }),
  orderRectification: () => ({ requirement: TEXT }),
  reportRectification: () => ({ report: TEXT }),
  proposeCriticism: reason,
  stateOpinion: opinion,
  criticise: ({ dice }) => ({ text: TEXT, ...documentNo(dice) }),
  declineCriticism: reason,
  recordCriticism: ({ dice, today, attachmentIds }) => {
    return { organ: GOVERNMENT, ...documentNo(dice), decidedOn: today, text: TEXT, attachmentIds };
  },
  close: () => ({ finding: TEXT }),
  ...extended,
};

const rollback: Writes<'rollback'> = { rule: ruling, arbitrate: ruling };

const poolEntry: Writes<'poolEntry'> = { claim: nothing, withdraw: reason };

const listing: Writes<'listing', 'recordCourtRejection' | 'answerQuestion'> = {
  appeal: reason,
  rejectAppeal: reason,
  upholdAppeal: reason,
  remove: () => ({ ground: 'obligation-performed', ...reason() }),
};

const sanctionNotice: Writes<'sanctionNotice'> = {
  fetch: nothing,
  decide: restriction,
  decline: reason,
  execute: () => ({ remark: TEXT }),
  feedBack: () => ({ result: TEXT }),
  suspend: reason,
  resume: nothing,
};

const sanctionLifting: Writes<'sanctionLifting'> = { confirm: () => ({ remark: TEXT }) };

const BODIES: Partial<Record<CaseType, Record<string, (desk: Desk) => object>>> = {
  registrationPush,
  rollback,
  poolEntry,
  publication,
  correction,
  listing,
  sanctionNotice,
  sanctionLifting,
  supervision,
};

/** Commands that need a document: whoever gives them uploads one before. */
export const ATTACHING: ReadonlySet<string> = new Set(['supervision.recordCriticism']);

/** The commands that lifecycles give to cases of the type. */
export const takenActions = (caseType: CaseType): string[] => Object.keys(BODIES[caseType] ?? {});

/** All of them, as `registrationPush.claim`. */
export const TAKEN: readonly string[] = keysOf(BODIES).flatMap((caseType) =>
  takenActions(caseType).map((action) => `${caseType}.${action}`),
);

/** @returns undefined for an action that no lifecycle takes. */
export const bodyOf = (caseType: CaseType, action: string, desk: Desk): object | undefined =>
  BODIES[caseType]?.[action]?.(desk);
