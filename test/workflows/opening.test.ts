import { randomUUID } from 'node:crypto';
import { WithStartWorkflowOperation } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openedPush, type RegistrationPushInput } from '../../domain/case-types/registration-push/opening.ts';
import { caseStart } from '../../workflows/lib/starting.ts';
import { registrationPushBodies } from '../../domain/case-types/registration-push/commands.ts';
import { updateOf } from '../../workflows/lib/updates.ts';
import { CaseWorld, COUNTY, DAY, OFFICER } from '../support/case-world.ts';

const returnPush = updateOf(registrationPushBodies, 'return');

// Without the time-skipping server (see ProvidedContext) there is nothing to play on.
describe.skipIf(!inject('testServerPath'))('a command that arrives together with the start', () => {
  let world: CaseWorld;
  beforeAll(async () => {
    world = await CaseWorld.create();
  });
  afterAll(() => world.close());

  it('is recorded after the opening, and settles the limits that the opening began', async () => {
    const departmentCode = `${COUNTY}-agriculture`;
    const input: RegistrationPushInput = {
      registrationNo: `REG-${randomUUID().slice(0, 8)}`,
      uscc: '91350100M000100Y43',
      chain: departmentCode,
      round: 1,
      departmentCode,
      regionCode: COUNTY,
      itemIds: ['PA047'],
      pushedAt: await world.now(),
      claimedFromPool: false,
      returnedBy: [],
      finalRuling: false,
      parentCaseId: null,
    };
    const opened = openedPush(input);
    const body = { reasonCode: 'wrong-department', reason: '不属于本部门职责' } as const;
    const result = await world.env.client.workflow.executeUpdateWithStart(returnPush, {
      args: [{ actor: OFFICER, key: 'k', requestHash: 'h', body }],
      updateId: 'k',
      startWorkflowOperation: new WithStartWorkflowOperation('registrationPush', {
        ...caseStart(opened),
        taskQueue: 'cases',
        args: [input],
        workflowIdConflictPolicy: 'FAIL',
      }),
    });
    expect(result).toMatchObject({ stage: 'returned', step: 2, late: false });
    await world.env.sleep(30 * DAY);
    expect((await world.audit(opened.caseId)).map((row) => row.action)).toEqual(['open', 'return']);
    expect(await world.case(opened.caseId)).toMatchObject({ stage: 'returned', status: 'closed', breachedAt: null });
    expect(await world.rungs(opened.caseId)).toEqual([]);
  });
});
