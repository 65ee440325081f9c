/**
 * The case types: their tables side by side, and what derives from them. A new case type is a row of TABLES; the compiler
 * then reports what is missing elsewhere (docs/adding-a-case-type.md).
 */
import type { CaseType } from '../case/id.ts';
import type { LimitId } from '../clock/limits.ts';
import { complaintTable } from './complaint/table.ts';
import { correctionTable } from './correction/table.ts';
import { listingTable } from './listing/table.ts';
import { poolEntryTable } from './pool-entry/table.ts';
import { publicationTable } from './publication/table.ts';
import { registrationPushTable } from './registration-push/table.ts';
import { rollbackTable } from './rollback/table.ts';
import { sanctionLiftingTable } from './sanction-lifting/table.ts';
import { sanctionNoticeTable } from './sanction-notice/table.ts';
import { supervisionTable } from './supervision/table.ts';
import { supportMeasureTable } from './support-measure/table.ts';
import { SHARED_REQUIREMENTS, type Requirement } from './requirements.ts';
import { creditRepairTable } from './credit-repair/table.ts';
import type { CaseTable, Transition as TransitionRow } from './table.ts';

const TABLES = {
  registrationPush: registrationPushTable,
  rollback: rollbackTable,
  poolEntry: poolEntryTable,
  supervision: supervisionTable,
  listing: listingTable,
  sanctionNotice: sanctionNoticeTable,
  sanctionLifting: sanctionLiftingTable,
  publication: publicationTable,
  correction: correctionTable,
  complaint: complaintTable,
  supportMeasure: supportMeasureTable,
  creditRepair: creditRepairTable,
} as const satisfies Record<CaseType, CaseTable>;

type Tables = typeof TABLES;
type OwnRequirements<Table> = Table extends { requirements: infer Own } ? keyof Own : never;

export type RequirementId =
  | keyof typeof SHARED_REQUIREMENTS
  | { [T in CaseType]: OwnRequirements<Tables[T]> }[CaseType];
export type Transition = TransitionRow<RequirementId>;
/** The actions of one case type, including the system's own deeds. */
export type ActionOf<T extends CaseType> = keyof Tables[T]['transitions'] & string;
export type Action = { [T in CaseType]: ActionOf<T> }[CaseType];

function each<T>(part: (table: CaseTable<RequirementId>) => T): Record<CaseType, T> {
  // Does not compile if a row requires an id that no table explains.
  const parts = Object.entries<CaseTable<RequirementId>>(TABLES).map(([caseType, table]) => [caseType, part(table)]);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Object.fromEntries forgets whose keys they are
  return Object.fromEntries(parts) as Record<CaseType, T>;
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Object.keys forgets whose keys they are
export const CASE_TYPE_IDS = Object.keys(TABLES) as [CaseType, ...CaseType[]];
export const CASE_TYPES: Record<CaseType, string> = each(({ title }) => title);
export const NOUNS: Record<CaseType, string> = each(({ noun }) => noun);
export const STAGES: Record<CaseType, Record<string, string>> = each(({ stages }) => stages);
export const TRANSITIONS: Record<CaseType, Record<string, Transition>> = each(({ transitions }) => transitions);

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- RequirementId lists exactly the keys of these tables
export const REQUIREMENTS = Object.assign(
  {},
  SHARED_REQUIREMENTS,
  ...CASE_TYPE_IDS.map((caseType) => (TABLES[caseType] as CaseTable).requirements),
) as Record<RequirementId, Requirement>;

/** The case type by its noun in addresses: `pushes`. */
export const caseTypeOf = (noun: string): CaseType | undefined =>
  CASE_TYPE_IDS.find((caseType) => NOUNS[caseType] === noun);

export function transitionOf(caseType: CaseType, action: string): Transition | undefined {
  const rows = TRANSITIONS[caseType];
  // hasOwn, so that `constructor` and other inherited names are no rows.
  return Object.hasOwn(rows, action) ? rows[action] : undefined;
}

/** The command as a path segment: `requestExtension` becomes `request-extension`; `feedBack` becomes `feedback`. */
export const verbOf = (action: string): string =>
  action === 'feedBack' ? 'feedback' : action.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** The limit of the case type that may be suspended or extended (中止, 延期); undefined where there is none. */
export const termOf = (caseType: CaseType): LimitId | undefined =>
  Object.values(TRANSITIONS[caseType]).find(({ concerns }) => concerns !== undefined)?.concerns;

/** Whether no transition leads out of a stage, so that the case is closed there. */
export function isFinal(caseType: CaseType, stage: string): boolean {
  return !Object.values(TRANSITIONS[caseType]).some((t) => t.to !== null && t.from.includes(stage));
}
