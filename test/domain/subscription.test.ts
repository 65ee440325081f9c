import type { Role } from '../../domain/organs/roles.ts';
import { describe, expect, test } from 'vitest';
import {
  CHANNELS,
  isFor,
  maskTarget,
  quietProblem,
  subscriptionChangeSchema,
  subscriptionInputSchema,
  URGENCIES,
} from '../../domain/notices/subscription.ts';

const webhook = { channel: 'webhook', target: 'https://example.org/hook' };
const problemsOf = (input: object) => {
  const { error } = subscriptionInputSchema.safeParse({ ...webhook, ...input });
  return error ? error.issues.map(({ path }) => path.join('.')) : [];
};

describe('quiet hours', () => {
  test.each([
    [null, null, true],
    [undefined, undefined, true],
    [22, 7, true],
    [7, 22, true],
    [0, 1, true],
    [22, null, false],
    [null, 7, false],
    [undefined, 7, false],
    [0, null, false],
    [7, 7, false],
    [0, 0, false],
  ])('from %s until %s: may be %s', (quietFromHour, quietUntilHour, may) => {
    expect(quietProblem({ quietFromHour, quietUntilHour }) === null).toBe(may);
  });

  test('one end is told apart from no length', () => {
    expect(quietProblem({ quietFromHour: 22 })).toContain('同时');
    expect(quietProblem({ quietFromHour: 22, quietUntilHour: 22 })).toContain('相同');
  });
});

describe('a subscription', () => {
  test('with nothing but its channel and address is the account’s own, and brings every notice at once', () => {
    expect(subscriptionInputSchema.parse(webhook)).toEqual({
      ...webhook,
      owner: 'me',
      urgencies: ['info', 'reminder', 'breach', 'supervision'],
      digestHour: null,
      quietFromHour: null,
      quietUntilHour: null,
    });
    expect(URGENCIES).toEqual(['info', 'reminder', 'breach', 'supervision']);
  });

  test.each([
    [{ channel: 'email', target: 'a@example.org' }, []],
    [{ channel: 'email', target: 'https://example.org' }, ['target']],
    [{ target: '' }, ['target']],
    [{ target: 'h'.repeat(1000) }, []],
    [{ target: 'h'.repeat(1001) }, ['target']],
    [{ channel: 'sms' }, ['channel']],
    [{ owner: 'me' }, []],
    [{ owner: 'department' }, []],
    [{ owner: 'everyone' }, ['owner']],
    [{ urgencies: [] }, ['urgencies']],
    [{ urgencies: ['breach'] }, []],
    [{ urgencies: ['info', 'info', 'info', 'info', 'info'] }, ['urgencies']],
    [{ urgencies: ['gossip'] }, ['urgencies.0']],
    [{ digestHour: 0 }, []],
    [{ digestHour: 23 }, []],
    [{ digestHour: 24 }, ['digestHour']],
    [{ digestHour: -1 }, ['digestHour']],
    [{ digestHour: 7.5 }, ['digestHour']],
    [{ quietFromHour: 22, quietUntilHour: 7 }, []],
    [{ quietFromHour: 22 }, ['quietFromHour']],
    [{ quietFromHour: 7, quietUntilHour: 7 }, ['quietFromHour']],
    [{ secret: 's'.repeat(15) }, ['secret']],
    [{ secret: 's'.repeat(16) }, []],
    [{ secret: 's'.repeat(200) }, []],
    [{ secret: 's'.repeat(201) }, ['secret']],
    [{ channel: 'dingtalk', secret: 's'.repeat(16) }, []],
    [{ channel: 'wecom', secret: 's'.repeat(16) }, ['secret']],
    [{ channel: 'email', target: 'a@example.org', secret: 's'.repeat(16) }, ['secret']],
    [{ unknown: 1 }, ['']],
  ])('%j is refused at %j', (input, problems) => {
    expect(problemsOf(input)).toEqual(problems);
  });

  test('has a channel of four, each with its name', () => {
    expect(Object.keys(CHANNELS)).toEqual(['email', 'webhook', 'wecom', 'dingtalk']);
  });

  test('may be changed in any part but its channel and address', () => {
    for (const change of [{}, { digestHour: 8 }, { secret: 's'.repeat(16) }, { urgencies: ['breach'] }]) {
      expect(subscriptionChangeSchema.safeParse(change).success).toBe(true);
    }
    for (const change of [{ target: 'x' }, { channel: 'email' }, { secret: 'short' }, { digestHour: 24 }]) {
      expect(subscriptionChangeSchema.safeParse(change).success).toBe(false);
    }
  });
});

describe('whom a notice is for', () => {
  const department = { departmentCode: '430103-agriculture', role: null, regionCode: '430103' };
  const supervisors = { departmentCode: null, role: 'supervisor', regionCode: '430103' } as const;
  const person = (role: Role, regionCode: string, departmentCode: string | null = null) => ({
    departmentCode: null,
    person: { role, regionCode, departmentCode },
  });

  test.each([
    ['the department’s people', person('department-officer', '430103', '430103-agriculture'), department, true],
    ['not another department’s', person('department-officer', '430103', '430103-health'), department, false],
    ['not the region’s supervisor, though he oversees it', person('supervisor', '430103'), department, false],
    ['the department’s own subscription', { departmentCode: '430103-agriculture', person: null }, department, true],
    ['not another department’s subscription', { departmentCode: '430103-health', person: null }, department, false],
    ['the role in its region', person('supervisor', '430103'), supervisors, true],
    ['the role in the region above', person('supervisor', '430100'), supervisors, true],
    ['not the role in another region', person('supervisor', '430104'), supervisors, false],
    ['not another role', person('auditor', '430103'), supervisors, false],
    ['no department, where it is for a role', { departmentCode: '430103-health', person: null }, supervisors, false],
    ['nobody, where the subscription is nobody’s', { departmentCode: null, person: null }, supervisors, false],
  ])('%s', (_, owner, notice, expected) => {
    expect(isFor(owner, notice)).toBe(expected);
  });
});

describe('an address that is read back', () => {
  test.each([
    ['email', 'a?b@example.org', 'a?b@example.org'],
    ['webhook', 'https://example.org/hook', 'https://example.org/hook'],
    ['wecom', 'https://example.org/send?key=secret', 'https://example.org/send?***'],
    ['dingtalk', 'https://example.org/send#secret', 'https://example.org/send?***'],
  ] as const)('%s %s is shown as %s', (channel, target, shown) => {
    expect(maskTarget(channel, target)).toBe(shown);
  });
});
