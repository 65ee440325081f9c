/** Every command of every case type with the schema of its body, for console and API. A workflow imports only its own. */
import type { z } from 'zod';
import { joined, type Bodies, type BodyOf, type InputOf } from '../case/bodies.ts';
import type { CaseType } from '../case/id.ts';
import { isKeyOf } from '../keys.ts';
import { resubmissionSchema } from '../publicity/record.ts';
import { termOf, transitionOf, type Action, type ActionOf } from './case-types.ts';
import { creditRepairBodies } from './credit-repair/commands.ts';
import { complaintBodies, complaintOrders } from './complaint/commands.ts';
import { correctionBodies } from './correction/commands.ts';
import { listingBodies, listingOrders } from './listing/commands.ts';
import { poolEntryBodies } from './pool-entry/commands.ts';
import { publicationBodies } from './publication/commands.ts';
import { registrationPushBodies, registrationPushOrders } from './registration-push/commands.ts';
import { rollbackBodies } from './rollback/commands.ts';
import { sanctionLiftingBodies } from './sanction-lifting/commands.ts';
import { sanctionNoticeBodies } from './sanction-notice/commands.ts';
import { sanctionNoticeOrders } from './sanction-notice/decision.ts';
import { supervisionBodies, supervisionOrders } from './supervision/commands.ts';
import { supportMeasureBodies } from './support-measure/commands.ts';
import { correctionApplicationSchema, withdrawalApplicationSchema } from './correction/report.ts';
import { approvedSuspensionBodies, extensionBodies, suspensionBodies } from './terms.ts';

type Suspension<T extends CaseType> =
  'requestSuspension' extends ActionOf<T>
    ? ReturnType<typeof approvedSuspensionBodies>
    : 'suspend' extends ActionOf<T>
      ? typeof suspensionBodies
      : unknown;
type Extension<T extends CaseType> =
  'requestExtension' extends ActionOf<T> ? ReturnType<typeof extensionBodies> : unknown;

/** The case type's own bodies, with those of 中止 and 延期 where its table has their rows. */
function withTerms<T extends CaseType, Own extends Bodies>(caseType: T, own: Own): Own & Suspension<T> & Extension<T> {
  const limitId = termOf(caseType);
  let all: Bodies = own;
  if (limitId && transitionOf(caseType, 'requestSuspension')) all = joined(all, approvedSuspensionBodies(limitId));
  else if (transitionOf(caseType, 'suspend')) all = joined(all, suspensionBodies);
  if (limitId && transitionOf(caseType, 'requestExtension')) all = joined(all, extensionBodies(limitId));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the conditions above are those of the two types
  return all as Own & Suspension<T> & Extension<T>;
}

/** The bodies that the workflow of the case type receives. */
export const TOLD = {
  registrationPush: withTerms('registrationPush', registrationPushBodies),
  rollback: withTerms('rollback', rollbackBodies),
  poolEntry: withTerms('poolEntry', poolEntryBodies),
  supervision: withTerms('supervision', supervisionBodies),
  listing: withTerms('listing', listingBodies),
  sanctionNotice: withTerms('sanctionNotice', sanctionNoticeBodies),
  sanctionLifting: withTerms('sanctionLifting', sanctionLiftingBodies),
  publication: withTerms('publication', publicationBodies),
  correction: withTerms('correction', correctionBodies),
  creditRepair: withTerms('creditRepair', creditRepairBodies),
  complaint: withTerms('complaint', complaintBodies),
  supportMeasure: withTerms('supportMeasure', supportMeasureBodies),
};

/**
 * The bodies that people send, where the workflow receives others: less, because the rest goes to PostgreSQL and not to
 * histories (第十九条), or more, which the API finds in the reference data.
 */
const SENT = {
  registrationPush: registrationPushOrders,
  supervision: supervisionOrders,
  listing: listingOrders,
  sanctionNotice: sanctionNoticeOrders,
  publication: { revise: resubmissionSchema, resubmit: resubmissionSchema },
  complaint: complaintOrders,
  correction: { apply: correctionApplicationSchema, applyWithdrawal: withdrawalApplicationSchema },
};

type SentBodies<T> = T extends keyof typeof SENT ? (typeof SENT)[T] : unknown;
export type CommandOf<T extends CaseType> = keyof (typeof TOLD)[T] & ActionOf<T>;
export type ToldOf<T extends CaseType, Command extends CommandOf<T>> = BodyOf<(typeof TOLD)[T], Command>;
export type SentOf<T extends CaseType, Command extends CommandOf<T>> = Command extends keyof SentBodies<T>
  ? BodyOf<SentBodies<T>, Command>
  : ToldOf<T, Command>;
/** A body of the command as people write it. */
export type WrittenOf<T extends CaseType, Command extends CommandOf<T>> = Command extends keyof SentBodies<T>
  ? InputOf<SentBodies<T>, Command>
  : InputOf<(typeof TOLD)[T], Command>;

/** The commands that people give to cases of the type, in the order in which they are described. */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Object.keys forgets whose keys they are
export const commandsOf = (caseType: CaseType): Action[] => Object.keys(TOLD[caseType]) as Action[];

/** The schema of the body that people send; undefined where the case type has no such command. */
export function schemaOf(caseType: CaseType, command: string): z.ZodType | undefined {
  const sent: Bodies = isKeyOf(SENT, caseType) ? SENT[caseType] : {};
  const told: Bodies = TOLD[caseType];
  if (Object.hasOwn(sent, command)) return sent[command];
  return Object.hasOwn(told, command) ? told[command] : undefined;
}
