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
  /**
   * When it first arrived (电子签名法第十一条), engine time in epoch ms, as the record stamped it (db/intake/arrivals.ts). Whether
   * it is in time is judged by this instant. Left out: it arrived when its workflow takes it up.
   */
  arrivedAt?: number;
  body: Body;
}

/** The answer to whoever gave the command. */
export interface CommandResult {
  caseId: string;
  stage: string;
  /** The number of the command's step in the audit log. */
  step: number;
  /** True where the limit had passed: the command is accepted, and the breach stays recorded. */
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
  /** The enterprise, by its unified social credit code; null only for a complaint about a trader without one. */
  uscc: string | null;
  /** How often the same obligation has been opened, counted from 1: each rollback or transfer opens the next round. */
  round: number;
  /** The holder; null where any entitled department or organ may act. */
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

/** A case that is to run: its row and its workflow's input. */
export interface CaseOpening {
  workflow: CaseType;
  opened: NewCase;
  input: unknown;
}
