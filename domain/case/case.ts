/** What every case has, whatever its type, and the small facts that its workflow carries instead of personal data. */
import type { CaseType } from './id.ts';
import type { Actor } from '../organs/actor.ts';

/**
 * A command as an Update's argument.
 * `key` is the Idempotency-Key and the update id; `requestHash` tells the same key with another body apart.
 */
export interface Command<Body> {
  actor: Actor;
  key: string;
  requestHash: string;
  body: Body;
}

/** What a command's giver is told. */
export interface CommandResult {
  caseId: string;
  stage: string;
  /** The step in the audit log that recorded it. */
  step: number;
  /** True where the limit had passed: accepted, and the breach stays on record. */
  late: boolean;
  /** The case that follows from this command. */
  nextCaseId?: string;
}

/** The part of a case that access, attributes and notices depend on. No personal data (第十九条). */
interface CaseIdentity {
  caseId: string;
  caseType: CaseType;
  /** What people call the matter: 登记编号, 文书号, 名单编号. */
  caseNo: string;
  /** The enterprise, by its unified social credit code. */
  uscc: string;
  /** Which time the same obligation goes round; 1 where it cannot. */
  round: number;
  /** Holder; null where anyone entitled may act. */
  departmentCode: string | null;
  regionCode: string;
  parentCaseId: string | null;
}

/** A case's row at its opening. */
export interface NewCase extends CaseIdentity {
  stage: string;
  /** Engine time, epoch ms. */
  openedAt: number;
  facts: Record<string, unknown>;
}

/** A case that is to run: its row, and what its workflow is started with. */
export interface CaseOpening {
  workflow: CaseType;
  opened: NewCase;
  input: unknown;
}
