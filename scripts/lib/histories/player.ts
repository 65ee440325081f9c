/** What a scenario needs: start a case, send it commands, wait for what follows. */
import { randomUUID } from 'node:crypto';
import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { and, eq } from 'drizzle-orm';
import type { SignalDefinition, UpdateDefinition } from '@temporalio/common';
import type { Command, CommandResult, NewCase } from '../../../domain/case/case.ts';
import { openCases } from '../../../db/cases/opened.ts';
import { publishCalendar } from '../../../db/reference/calendar-publication.ts';
import { legalDateOf, type LegalDate, type WorkCalendar } from '../../../domain/clock/calendar.ts';
import { auditLog, cases, deadlines, rungs } from '../../../db/schema.ts';
import { nextVersion, withClosure } from '../../../domain/clock/calendar-publication.ts';
import type { LimitId, Rung } from '../../../domain/clock/limits.ts';
import { openedPush, type RegistrationPushInput } from '../../../domain/case-types/registration-push/opening.ts';
import { openedListing, type ListingInput } from '../../../domain/case-types/listing/opening.ts';
import type { CaseType } from '../../../domain/case/id.ts';
import { restoreCase, type RestoreDeps } from '../../../outbox/restore-cases.ts';
import { enterpriseCancelled } from '../../../workflows/messages.ts';
import { openedComplaint, type ComplaintInput } from '../../../domain/case-types/complaint/opening.ts';
import { openedCorrection, type CorrectionInput } from '../../../domain/case-types/correction/opening.ts';
import { openedPoolEntry } from '../../../domain/case-types/pool-entry/opening.ts';
import { openedPublication, type PublicationInput } from '../../../domain/case-types/publication/opening.ts';
import type { Actor } from '../../../domain/organs/actor.ts';

export const COUNTY = '430103';
export const USCC = '91350100M000100Y43';
const PATIENCE = 120_000;

async function eventually(holds: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + PATIENCE;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error('did not come about');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

function actor(role: Actor['role'], sector: string | null): Actor {
  return { username: role, role, regionCode: COUNTY, departmentCode: sector && `${COUNTY}-${sector}` };
}

export const OFFICER = actor('department-officer', 'agriculture');
export const LEAD = actor('department-lead', 'agriculture');
export const AUTHORITY = actor('registering-authority', 'registration');
export const HEALTH = actor('department-officer', 'health');
export const SUPERVISOR = actor('supervisor', null);
export const GOVERNMENT = actor('government', null);

export interface Scenario {
  name: string;
  /** @returns the case whose history is kept. */
  play: (player: Player, registrationNo: string) => Promise<string>;
}

export class Player {
  private readonly deps: RestoreDeps;
  private readonly client: Client;
  private readonly taskQueue: string;

  constructor(deps: RestoreDeps) {
    this.deps = deps;
    this.client = deps.client;
    this.taskQueue = deps.taskQueue;
  }

  today(): LegalDate {
    return legalDateOf(this.deps.clock.toLegal(Date.now()));
  }

  push(registrationNo: string, more: Partial<RegistrationPushInput> = {}): Promise<string> {
    const departmentCode = `${COUNTY}-agriculture`;
    const input: RegistrationPushInput = {
      registrationNo,
      uscc: USCC,
      chain: departmentCode,
      round: 1,
      departmentCode,
      regionCode: COUNTY,
      itemIds: ['PA047'],
      pushedAt: Date.now(),
      claimedFromPool: false,
      returnedBy: [],
      finalRuling: false,
      parentCaseId: null,
      ...more,
    };
    return this.start('registrationPush', openedPush(input), input);
  }

  publish(registrationNo: string): Promise<string> {
    const input = {
      registrationNo,
      uscc: USCC,
      chain: 'pool',
      round: 1,
      regionCode: COUNTY,
      itemIds: [],
      returnedBy: [],
      publishedAt: Date.now(),
      parentCaseId: null,
    };
    return this.start('poolEntry', openedPoolEntry(input), input);
  }

  correct(more: Partial<CorrectionInput>): Promise<string> {
    const openedAt = Date.now();
    const input: CorrectionInput = {
      recordId: randomUUID().replaceAll('-', ''),
      occasion: 'v1',
      origin: 'department',
      shownVersion: 1,
      documentNo: 'RPL',
      uscc: USCC,
      departmentCode: `${COUNTY}-agriculture`,
      regionCode: COUNTY,
      discoveredOn: null,
      openedAt,
      ...more,
    };
    return this.start('correction', openedCorrection(input), input);
  }

  complain(receiptNo: string, more: Partial<ComplaintInput> = {}): Promise<string> {
    const input: ComplaintInput = {
      receiptNo,
      round: 1,
      category: 'food-drug',
      uscc: USCC,
      departmentCode: `${COUNTY}-agriculture`,
      regionCode: COUNTY,
      parentCaseId: null,
      openedAt: Date.now(),
      ...more,
    };
    return this.start('complaint', openedComplaint(input), input);
  }

  /** Carries a published calendar to the running cases. */
  async rollOut(version: string): Promise<string> {
    const workflowId = `calendar~${version}`;
    const handle = await this.client.workflow.start('calendarRollout', {
      workflowId,
      taskQueue: this.taskQueue,
      args: [version],
    });
    await handle.result();
    return workflowId;
  }

  /** Enters an enterprise into a dishonesty list that concerns two departments. */
  list(documentNo: string, more: Partial<ListingInput> = {}) {
    const input: ListingInput = {
      list: 'serious-dishonest',
      documentNo,
      uscc: USCC,
      regionCode: COUNTY,
      departmentCode: `${COUNTY}-registration`,
      measuresVersion: 'measures-2026.1',
      departments: ['agriculture', 'health'].map((sector) => ({
        departmentCode: `${COUNTY}-${sector}`,
        measureIds: ['FC02'],
      })),
      listedAt: Date.now(),
      ...more,
    };
    return this.start('listing', openedListing(input), input);
  }

  /** Hands over a record that was generated on an earlier day. */
  async hand(
    documentNo: string,
    generatedOn: LegalDate,
    late: boolean,
    more: Pick<PublicationInput, 'event' | 'reviewOf'> = {},
  ): Promise<string> {
    const input: PublicationInput = {
      recordId: Buffer.from(documentNo.padEnd(16, '0')).toString('hex').slice(0, 32),
      kind: 'permit',
      section: 'permits',
      documentNo,
      uscc: USCC,
      departmentCode: `${COUNTY}-agriculture`,
      regionCode: COUNTY,
      generatedOn,
      receivedAt: Date.now(),
      late,
      ...more,
    };
    return this.start('publication', openedPublication(input), input);
  }

  /** @returns the id of the case that follows, or of this one if none does. */
  async command<Body>(
    caseId: string,
    update: UpdateDefinition<CommandResult, [Command<Body>]>,
    who: Actor,
    body: Body,
    time = 1,
  ): Promise<string> {
    const key = `${update.name}-${time}`;
    const args: [Command<Body>] = [{ actor: who, key, requestHash: key, body }];
    const result = await this.client.workflow.getHandle(caseId).executeUpdate(update, { args, updateId: key });
    return result.nextCaseId ?? caseId;
  }

  /** Waits until a case exists that another one starts. */
  async begun(caseId: string): Promise<string> {
    await eventually(async () => {
      try {
        await this.client.workflow.getHandle(caseId).describe();
        return true;
      } catch (error) {
        if (!(error instanceof WorkflowNotFoundError)) throw error;
        return false;
      }
    });
    return caseId;
  }

  /** Terminates a case and restores it from the database. */
  async restored(caseId: string): Promise<void> {
    await this.client.workflow.getHandle(caseId).terminate();
    await restoreCase(this.deps, caseId);
  }

  /** Publishes a calendar in which a limit's last day is closed, and waits until the limit is recounted. */
  async closeLastDay(caseId: string, limitId: LimitId): Promise<void> {
    const { db } = this.deps;
    const ofLimit = and(eq(deadlines.caseId, caseId), eq(deadlines.limitId, limitId));
    const lastDay = async () => (await db.select().from(deadlines).where(ofLimit))[0]!.dueDate;
    const before = await lastDay();
    const closure = { restDays: [before], makeUpDays: [], title: '临时放假', reason: '湘政办函' };
    const close = (inForce: WorkCalendar) => withClosure(inForce, closure, nextVersion(inForce.version));
    await publishCalendar(this.deps, { username: 'recorder' }, close, closure.reason, false);
    await eventually(async () => (await lastDay()) !== before);
  }

  /** Waits until a rung of the limit has fired. */
  async reached(caseId: string, limitId: LimitId, rung: Rung): Promise<void> {
    const isIt = and(eq(rungs.caseId, caseId), eq(rungs.limitId, limitId), eq(rungs.rung, rung));
    await eventually(async () => (await this.deps.db.select().from(rungs).where(isIt)).length > 0);
  }

  /** Waits until the system has done this deed by itself. */
  async acted(caseId: string, action: string): Promise<string> {
    const isIt = and(eq(auditLog.caseId, caseId), eq(auditLog.action, action));
    await eventually(async () => (await this.deps.db.select().from(auditLog).where(isIt)).length > 0);
    return caseId;
  }

  /** Waits until the record holds such facts of the case. */
  async until(caseId: string, holds: (facts: Record<string, unknown>) => boolean): Promise<void> {
    await eventually(async () => {
      const [row] = await this.deps.db.select({ facts: cases.facts }).from(cases).where(eq(cases.caseId, caseId));
      return row !== undefined && holds(row.facts);
    });
  }

  /** Cancels the enterprise by a later registration. */
  async cancelEnterprise(caseId: string): Promise<void> {
    await this.client.workflow.getHandle(caseId).signal(enterpriseCancelled, 'RPL-CANCEL');
  }

  /** Tells the case a fact about its entry of a list, of a day. */
  async told(caseId: string, fact: SignalDefinition<[LegalDate]>, day: LegalDate): Promise<void> {
    await this.client.workflow.getHandle(caseId).signal(fact, day);
  }

  async ended(caseId: string): Promise<string> {
    await this.client.workflow.getHandle(caseId).result();
    return caseId;
  }

  /** Opens a case as an intake does; the worker's dispatcher starts it. */
  async start(workflow: CaseType, opened: NewCase, input: unknown): Promise<string> {
    const { db, clock } = this.deps;
    await db.transaction((tx) => openCases(tx, [{ workflow, opened, input }], clock));
    return this.begun(opened.caseId);
  }
}
