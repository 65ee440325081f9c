/** How a case of each type begins: the article, who is told, and which limits and cases begin with it. */
import type { CaseOpening } from '../case/case.ts';
import type { FirstStep } from '../case/first-step.ts';
import type { CaseType } from '../case/id.ts';
import type { NoticeRequest, Topic } from '../notices/notices.ts';
import type { RegistrationEvent } from '../registration/words.ts';
import { COMPLAINT_ARTICLE } from './complaint/rules.ts';
import { limitOfReceipt, type ComplaintInput } from './complaint/opening.ts';
import type { CorrectionInput } from './correction/opening.ts';
import type { ListingInput } from './listing/opening.ts';
import type { PoolEntryInput } from './pool-entry/opening.ts';
import type { PublicationInput } from './publication/opening.ts';
import { supervisors, type RegistrationPushInput } from './registration-push/opening.ts';
import type { RollbackInput } from './rollback/opening.ts';
import type { SanctionLiftingInput } from './sanction-lifting/opening.ts';
import { openedSanctionNotice, type SanctionNoticeInput } from './sanction-notice/opening.ts';
import type { CreditRepairInput } from './credit-repair/opening.ts';
import type { SupervisionInput } from './supervision/opening.ts';
import type { SupportMeasureInput } from './support-measure/opening.ts';

/** The workflows' inputs. */
interface Inputs {
  registrationPush: RegistrationPushInput;
  rollback: RollbackInput;
  poolEntry: PoolEntryInput;
  supervision: SupervisionInput;
  listing: ListingInput;
  sanctionNotice: SanctionNoticeInput;
  sanctionLifting: SanctionLiftingInput;
  publication: PublicationInput;
  correction: CorrectionInput;
  complaint: ComplaintInput;
  creditRepair: CreditRepairInput;
  supportMeasure: SupportMeasureInput;
}

type First = Pick<FirstStep, 'article'> & Partial<FirstStep>;

const CLAIMED: NoticeRequest = { topic: 'pool.claimed', to: 'registering-authority' };

const ARRIVAL = {
  establish: 'push.received',
  change: 'push.changed',
  cancel: 'push.cancelled',
  revoke: 'push.revoked',
  annul: 'push.annulled',
  dormant: 'push.dormant',
  resume: 'push.resumed',
  moveIn: 'push.movedIn',
  moveOut: 'push.movedOut',
  filing: 'push.filed',
} as const satisfies Record<RegistrationEvent, Topic>;

const toSupervise = (code: string): NoticeRequest => ({ topic: 'push.toSupervise', to: `department:${code}` });

/** `now`: when the case begins, engine time, epoch ms. */
const FIRST: { [T in CaseType]: (input: Inputs[T], now: number) => First } = {
  registrationPush: ({ event, claimedFromPool, parentCaseId, departmentCode, supervisedBy }) => ({
    article: '第七条第二款',
    notify: [
      { topic: ARRIVAL[event ?? 'establish'], to: 'holder' },
      ...supervisors({ supervisedBy }, departmentCode).map(toSupervise),
      // Of a claim from the pool, the pool's own case tells.
      ...(claimedFromPool && parentCaseId === null ? [CLAIMED] : []),
    ],
    limits: claimedFromPool ? ['registrationPush.feedback'] : ['registrationPush.claim', 'registrationPush.feedback'],
  }),
  rollback: ({ arbitration }) => ({
    article: '第七条第二款',
    notify: [
      arbitration ? { topic: 'rollback.arbitration', to: 'supervisor' } : { topic: 'rollback.received', to: 'holder' },
    ],
    limits: ['rollback.ruling'],
  }),
  poolEntry: () => ({ article: '第七条第二款', limits: ['poolEntry.claim'] }),
  supervision: (input) => {
    // The supervising organ took up a matter under its own number, or a limit has passed.
    const topic = 'number' in input ? 'supervision.ordered' : 'supervision.opened';
    return {
      article: '第十七条',
      notify: [
        { topic, to: 'holder' },
        { topic, to: 'supervisor' },
      ],
      limits: ['supervision.acceptance'],
    };
  },
  listing: (input, now) => ({
    article: '第九条第一款',
    followUps: input.departments.map((concerned) => noticeOf(input, concerned, now)),
  }),
  sanctionNotice: () => ({
    article: '第九条第一款',
    notify: [{ topic: 'sanction.sent', to: 'holder' }],
    limits: ['sanctionNotice.fetch', 'sanctionNotice.decision'],
  }),
  sanctionLifting: () => ({
    article: '第九条第一款',
    notify: [{ topic: 'lifting.ordered', to: 'holder' }],
    limits: ['sanctionLifting.confirm'],
  }),
  publication: ({ generatedOn: from, event, reviewOf }) => ({
    article: '第五条第一款',
    notify: [
      reviewOf === undefined
        ? { topic: 'publication.received', to: 'registering-authority' }
        : { topic: 'publication.toReview', to: 'holder' },
    ],
    limits: [
      // Until a second person lets it go, nothing has been handed over, and the seven days run.
      { limitId: 'publication.submission', from, atRest: reviewOf === undefined },
      { limitId: 'publication.publication', from },
      ...(event?.withdrawsDecision ? [{ limitId: 'publication.annulment' as const, from }] : []),
      ...(reviewOf === undefined ? [] : ['publication.internalReview' as const]),
    ],
  }),
  correction: ({ discoveredOn }) => ({
    ...(discoveredOn === null
      ? { article: '第十八条第二款', limits: ['correction.verification'] }
      : { article: '第十八条第一款', limits: [{ limitId: 'correction.application', from: discoveredOn }] }),
    notify: [{ topic: 'correction.opened', to: 'holder' }],
  }),
  complaint: (input) => ({
    article: COMPLAINT_ARTICLE,
    notify: [{ topic: input.matter === 'dispute' ? 'complaint.disputeReceived' : 'complaint.received', to: 'holder' }],
    limits: [limitOfReceipt(input)],
  }),
  creditRepair: ({ receivedOn: from }) => ({
    article: '第九条第一款',
    notify: [{ topic: 'creditRepair.applied', to: 'holder' }],
    limits: [{ limitId: 'creditRepair.acceptance', from }],
  }),
  supportMeasure: () => ({
    article: '第十条',
    notify: [{ topic: 'supportMeasure.entered', to: 'holder' }],
    limits: ['supportMeasure.approval'],
  }),
};

/** @param now when the case begins, engine time, epoch ms: what follows from it could not be known before. */
export function firstStepOf({ workflow, input }: Pick<CaseOpening, 'workflow' | 'input'>, now: number): FirstStep {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an opening's input is that of its workflow
  const first = FIRST[workflow] as (input: unknown, now: number) => First;
  return { notify: [], limits: [], followUps: [], ...first(input, now) };
}

function noticeOf(
  { list, documentNo, uscc, regionCode }: ListingInput,
  { departmentCode, measureIds }: ListingInput['departments'][number],
  sentAt: number,
): CaseOpening {
  const input: SanctionNoticeInput = { list, documentNo, uscc, departmentCode, regionCode, measureIds, sentAt };
  return { workflow: 'sanctionNotice', opened: openedSanctionNotice(input), input };
}
