/** Whether an intake, another case's step or the workflow itself writes a case's first step, it says the same. */
import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { cases, deadlines, notices } from '../../db/schema.ts';
import type { CaseOpening } from '../../domain/case/case.ts';
import { openedComplaint, type ComplaintInput } from '../../domain/case-types/complaint/opening.ts';
import { openedCorrection, type CorrectionInput } from '../../domain/case-types/correction/opening.ts';
import { openedPoolEntry, type PoolEntryInput } from '../../domain/case-types/pool-entry/opening.ts';
import { openedPublication, type PublicationInput } from '../../domain/case-types/publication/opening.ts';
import { openedPush } from '../../domain/case-types/registration-push/opening.ts';
import { openedRollback } from '../../domain/case-types/rollback/opening.ts';
import { openedSanctionLifting } from '../../domain/case-types/sanction-lifting/opening.ts';
import { openedSanctionNotice } from '../../domain/case-types/sanction-notice/opening.ts';
import { openedSupervision, type SupervisionInput } from '../../domain/case-types/supervision/opening.ts';
import { openedSupportMeasure } from '../../domain/case-types/support-measure/opening.ts';
import { addDays, legalDateOf } from '../../domain/clock/calendar.ts';
import { AGRICULTURE, pushInput } from '../support/push.ts';
import { CaseWorld, COUNTY, DAY } from '../support/case-world.ts';

const uscc = '91350100M000100Y43';
const held = { uscc, departmentCode: AGRICULTURE, regionCode: COUNTY };

/** A case of each type, under a number of its own. @param at engine time, epoch ms. */
const OPENINGS: Record<string, (no: string, at: number) => CaseOpening> = {
  registrationPush(no, at) {
    const input = pushInput({ registrationNo: no, pushedAt: at, event: 'change' });
    return { workflow: 'registrationPush', opened: openedPush(input), input };
  },
  'registrationPush, claimed from the pool'(no, at) {
    const input = pushInput({ registrationNo: no, pushedAt: at, claimedFromPool: true });
    return { workflow: 'registrationPush', opened: openedPush(input), input };
  },
  rollback(no, at) {
    const push = pushInput({ registrationNo: no, pushedAt: at - DAY });
    const input = { push, pushCaseId: 'push~X', returnedAt: at, arbitration: true };
    return { workflow: 'rollback', opened: openedRollback(input), input };
  },
  poolEntry(no, at) {
    const chain = { registrationNo: no, chain: 'pool', round: 1 };
    const input: PoolEntryInput = {
      ...chain,
      uscc,
      regionCode: COUNTY,
      itemIds: [],
      returnedBy: [],
      publishedAt: at,
      parentCaseId: null,
    };
    return { workflow: 'poolEntry', opened: openedPoolEntry(input), input };
  },
  supervision(no, at) {
    const input: SupervisionInput = { ...held, organ: COUNTY, number: no, caseNo: no, round: 1, openedAt: at };
    return { workflow: 'supervision', opened: openedSupervision(input), input };
  },
  sanctionNotice(no, at) {
    const input = { ...held, list: 'serious-dishonest' as const, documentNo: no, measureIds: ['ZB01'], sentAt: at };
    return { workflow: 'sanctionNotice', opened: openedSanctionNotice(input), input };
  },
  'sanctionLifting, by a successor'(no, at) {
    const input = {
      ...held,
      list: 'serious-dishonest' as const,
      documentNo: no,
      successor: `${COUNTY}-health`,
      orderedAt: at,
    };
    return { workflow: 'sanctionLifting', opened: openedSanctionLifting(input), input };
  },
  'publication, handed over in time'(no, at) {
    return publication(no, at, 3);
  },
  'publication, handed over late'(no, at) {
    return publication(no, at, 20);
  },
  'correction, discovered by the department'(no, at) {
    return correction(no, at, addDays(legalDateOf(at), -1));
  },
  'correction, reported by the public'(no, at) {
    return correction(no, at, null);
  },
  complaint(no, at) {
    const input: ComplaintInput = {
      ...held,
      receiptNo: no,
      round: 1,
      category: 'food-drug',
      parentCaseId: null,
      openedAt: at,
    };
    return { workflow: 'complaint', opened: openedComplaint(input), input };
  },
  supportMeasure(no, at) {
    const input = { ...held, documentNo: no, appliedBy: 'x', expiresAt: at + 90 * DAY, openedAt: at };
    return { workflow: 'supportMeasure', opened: openedSupportMeasure(input), input };
  },
};

function publication(no: string, at: number, daysAgo: number): CaseOpening {
  const generatedOn = addDays(legalDateOf(at), -daysAgo);
  const identity = { recordId: no.replaceAll('-', ''), kind: 'license' as const, section: 'licences', documentNo: no };
  const input = {
    ...held,
    ...identity,
    generatedOn,
    receivedAt: at,
    late: daysAgo > 10,
  } as unknown as PublicationInput;
  return { workflow: 'publication', opened: openedPublication(input), input };
}

function correction(no: string, at: number, discoveredOn: string | null): CaseOpening {
  const identity = { recordId: no.replaceAll('-', ''), occasion: 'v1', shownVersion: 1, documentNo: no };
  const origin = discoveredOn === null ? ('public' as const) : ('department' as const);
  const input: CorrectionInput = { ...held, ...identity, origin, discoveredOn, openedAt: at };
  return { workflow: 'correction', opened: openedCorrection(input), input };
}

describe.skipIf(!inject('testServerPath'))('the first step', () => {
  let world: CaseWorld;
  beforeAll(async () => {
    world = await CaseWorld.create();
  });
  afterAll(() => world.close());

  /** All that the database holds of a case, without its number. */
  async function recordOf({ opened: { caseId, caseNo } }: CaseOpening) {
    const { db } = world.handle;
    const [row] = await db.select().from(cases).where(eq(cases.caseId, caseId));
    const limits = await db.select().from(deadlines).where(eq(deadlines.caseId, caseId)).orderBy(deadlines.limitId);
    const log = (await world.audit(caseId)).map(({ id: _, recordedAt: __, ...entry }) => entry);
    const told = await db
      .select()
      .from(notices)
      .where(eq(notices.caseId, caseId))
      .orderBy(notices.key)
      .then((rows) => rows.map(({ id: _, recordedAt: __, ...notice }) => notice));
    const { input: _, recordedAt: __, ...standing } = row!;
    const text = JSON.stringify({ standing, limits, log, told });
    const named = text.replaceAll(caseNo, 'NO').replaceAll(caseNo.replaceAll('-', ''), 'NO');
    // When a breach is found depends on the worker; all other instants are those of the opening.
    return JSON.parse(named.replaceAll(/"at":"[^"]*"/g, '"at":""')) as unknown;
  }

  it.each(Object.keys(OPENINGS))('of a case: %s', async (name) => {
    const at = await world.now();
    const recorded = OPENINGS[name]!(randomUUID(), at);
    const unrecorded = OPENINGS[name]!(randomUUID(), at);
    await world.start(recorded.workflow, recorded.opened, recorded.input);
    await world.startUnrecorded(unrecorded.workflow, unrecorded.opened, unrecorded.input);
    const steps = name.endsWith('late') ? 2 : 1;
    for (const { opened } of [recorded, unrecorded]) await world.begun(opened.caseId, steps);
    const said = await recordOf(recorded);
    // The row of a case that no intake inserted has no input; whatever else it holds is the same.
    expect(said).toEqual(await recordOf(unrecorded));
  });

  it('of a case that is taken in is there before any workflow runs, and the workflow adds no event for it', async () => {
    const { workflow, opened, input } = OPENINGS['registrationPush']!(randomUUID(), await world.now());
    const handle = await world.start(workflow, opened, input);
    expect(await world.case(opened.caseId)).toMatchObject({ step: 1, stage: 'pushed' });
    await world.env.sleep(1000);
    const { events } = await handle.fetchHistory();
    const types = (events ?? []).map(({ eventType }) => eventType);
    // Started; one workflow task: scheduled, started, completed; a timer for each of two limits.
    expect(types).toHaveLength(6);
  });
});
