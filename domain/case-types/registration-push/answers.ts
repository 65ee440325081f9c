/** The answers that a department may give to a push, with the words that people read. */
import { Refusal } from '../../errors.ts';
import { keysOf, titlesOf } from '../../keys.ts';
import { REGISTRATION_EVENTS, type RegistrationEvent } from '../../registration/words.ts';
import { ITEM_MODES, type ItemMode } from '../../scope/item-modes.ts';

/** 回退理由 (第七条第二款：应当说明理由) */
export const RETURN_REASONS = {
  'wrong-department': '不属于本部门职责',
  'not-in-scope': '经营范围不涉及该审批事项',
  'wrong-level': '不属于本级管辖',
  'wrong-place': '地址不在管辖范围',
  other: '其他',
} as const;

/** What an answer must carry. A record is brought onto the platform with it, and published (第七条第三款). */
type Substance = 'nothing' | 'reason' | 'permitNo' | 'record';

interface Outcome {
  title: string;
  /** The events of the registration that it answers. */
  events: readonly RegistrationEvent[];
  /** The modes of the items that it fits, of which the push needs one; left out: any. */
  modes?: readonly ItemMode[];
  carries: Substance;
}

/** The enterprise goes on, here. */
const LIVING = ['establish', 'change', 'dormant', 'resume', 'moveIn', 'filing'] as const;
/** The enterprise, or its business here, has ended. */
const ENDED = ['cancel', 'revoke', 'annul', 'moveOut'] as const;
const LICENSED = ['approval', 'streamlined'] as const;

/** 反馈许可审批和监管信息 (第七条第三款): by what happened to the registration, and by how the item is dealt with. */
const OUTCOMES = {
  'not-applied': { title: '已纳入监管（当事人未申请许可）', events: LIVING, carries: 'nothing' },
  'permit-granted': { title: '已许可', events: LIVING, modes: LICENSED, carries: 'record' },
  'filing-made': { title: '已备案', events: LIVING, modes: ['filing'], carries: 'record' },
  'commitment-accepted': { title: '告知承诺，已许可', events: LIVING, modes: ['commitment'], carries: 'record' },
  'permit-refused': { title: '不予许可', events: LIVING, modes: [...LICENSED, 'commitment'], carries: 'reason' },
  'no-permit-needed': { title: '经核实无须许可，已纳入监管', events: LIVING, carries: 'reason' },
  'permit-changed': { title: '许可已变更', events: ['change', 'moveIn', 'filing'], carries: 'permitNo' },
  'permit-unaffected': {
    title: '变更不涉及许可，已知悉',
    events: ['change', 'dormant', 'resume', 'moveIn', 'moveOut', 'filing'],
    carries: 'nothing',
  },
  'permit-cancelled': { title: '许可已注销', events: ['change', ...ENDED], carries: 'permitNo' },
  'permit-revoked': { title: '许可已撤销', events: ['change', ...ENDED], carries: 'permitNo' },
  'no-permit-held': { title: '未取得许可，已终止监管', events: ENDED, carries: 'nothing' },
} as const satisfies Record<string, Outcome>;

export type FeedbackOutcome = keyof typeof OUTCOMES;

export const FEEDBACK_OUTCOMES = titlesOf(OUTCOMES);

/** Answers of earlier versions, which cases on record carry. An application under way is a stage of its own now. */
export const RETIRED_OUTCOMES = { 'permit-pending': '许可办理中' } as const;

export const carriedBy = (outcome: FeedbackOutcome): Substance => OUTCOMES[outcome].carries;

export const outcomesCarrying = (substance: Substance): FeedbackOutcome[] =>
  keysOf(OUTCOMES).filter((outcome) => OUTCOMES[outcome].carries === substance);

/** What an answer must fit, from the record. */
interface Answered {
  event: RegistrationEvent;
  /** How the push's items are dealt with; none where the push is about removed items only. */
  modes: readonly ItemMode[];
}

const fitsEvent = ({ events }: Outcome, { event }: Answered) => events.includes(event);

/** A push about removed items only asks for no mode. */
const fitsMode = ({ modes: fitting }: Outcome, { modes }: Answered) =>
  !fitting || modes.length === 0 || modes.some((mode) => fitting.includes(mode));

/** @throws Refusal push.outcome-unfit */
export function refuseUnfit(outcome: FeedbackOutcome, answered: Answered): void {
  const own: Outcome = OUTCOMES[outcome];
  if (!fitsEvent(own, answered)) throw unfit(`登记事项为“${REGISTRATION_EVENTS[answered.event]}”`, own, answered);
  if (fitsMode(own, answered)) return;
  const ways = [...new Set(answered.modes)].map((mode) => ITEM_MODES[mode]).join('、');
  throw unfit(`该事项的办理方式为“${ways}”`, own, answered);
}

/** Names the answers that fit. */
function unfit(because: string, { title }: Outcome, answered: Answered): Refusal {
  const fitting = Object.values<Outcome>(OUTCOMES).filter((one) => fitsEvent(one, answered) && fitsMode(one, answered));
  const remedy = `可以反馈：${fitting.map((one) => one.title).join('、')}`;
  return new Refusal('push.outcome-unfit', `${because}，不能反馈“${title}”`, { remedy, article: '第七条第三款' });
}
