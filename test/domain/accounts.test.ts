import { describe, expect, test } from 'vitest';
import { applicationNotice } from '../../domain/notices/account-notices.ts';
import {
  applicationSchema,
  APPLICATION_STATES,
  changeSchema,
  decidesOn,
  decisionsFor,
  leads,
  maySwitch,
  placeFault,
  reasonSchema,
  refusableBy,
} from '../../domain/organs/accounts.ts';
import { passwordSchema, tellsUsername } from '../../domain/organs/passwords.ts';
import type { Role } from '../../domain/organs/roles.ts';

const actor = (role: Role, regionCode = '430103', departmentCode: string | null = null, username = 'decider') => ({
  username,
  role,
  regionCode,
  departmentCode,
});
const application = {
  username: 'zhang-san',
  displayName: '张三',
  role: 'department-officer',
  regionCode: '430103',
  departmentCode: '430103-health',
  reason: '新任经办',
  password: 'correct horse battery',
};
const accepts = (input: object) => applicationSchema.safeParse({ ...application, ...input }).success;

describe('an application for an account (第四条第二款)', () => {
  test('is taken as it is, with a department and a telephone where there is one', () => {
    expect(applicationSchema.parse(application)).toEqual(application);
    expect(accepts({ departmentCode: null, phone: '0731-8888 8888' })).toBe(true);
    expect(accepts({ departmentCode: undefined })).toBe(true);
  });

  test.each(['username', 'displayName', 'role', 'regionCode', 'reason', 'password'])('names its %s', (field) => {
    expect(accepts({ [field]: undefined })).toBe(false);
  });

  test.each([
    ['username', 'abc', true],
    ['username', 'ab', false],
    ['username', `a${'b'.repeat(30)}`, true],
    ['username', `a${'b'.repeat(31)}`, false],
    ['username', '1abc', false],
    ['username', 'Abc', false],
    ['username', 'a_bc', false],
    ['username', 'abc!', false],
    ['username', 'system', false],
    ['username', 'systems', true],
    ['displayName', '', false],
    ['displayName', '名'.repeat(50), true],
    ['displayName', '名'.repeat(51), false],
    ['reason', '', false],
    ['reason', '由'.repeat(500), true],
    ['reason', '由'.repeat(501), false],
    ['regionCode', '43010', false],
    ['regionCode', '4301030', false],
    ['regionCode', '43010x', false],
    ['departmentCode', '4'.repeat(60), true],
    ['departmentCode', '4'.repeat(61), false],
    ['phone', '12345', true],
    ['phone', '+8612345', true],
    ['phone', '1234', false],
    ['phone', '1'.repeat(20), true],
    ['phone', '1'.repeat(21), false],
    ['phone', 'x12345', false],
    ['phone', '12345x', false],
    ['role', 'supervisor', true],
    ['role', 'auditor', true],
    ['role', 'registering-authority', true],
    ['role', 'department-lead', true],
    ['role', 'platform-administrator', false],
    ['role', 'clerk', false],
  ])('%s %s: %s', (field, value, accepted) => {
    expect(accepts({ [field]: value })).toBe(accepted);
  });

  test('whose password holds the account’s name is refused, at the password', () => {
    const { error } = applicationSchema.safeParse({ ...application, password: 'my ZHANG-SAN key' });
    expect(error?.issues.map(({ path }) => path)).toEqual([['password']]);
  });

  test('a change says why, and what it does not name stays', () => {
    expect(changeSchema.parse({ reason: '调动' })).toEqual({ reason: '调动' });
    expect(changeSchema.safeParse({}).success).toBe(false);
    expect(changeSchema.safeParse({ reason: '调动', role: 'platform-administrator' }).success).toBe(true);
    expect(changeSchema.safeParse({ reason: '调动', role: 'clerk' }).success).toBe(false);
    expect(reasonSchema.safeParse(' ').success).toBe(false);
  });
});

describe('a password', () => {
  test.each([
    ['123456789', false],
    ['a1b2c3d4e5', true],
    ['correct horse', true],
    ['password123', false],
    ['PassWord123', false],
    ['1234567890', false],
    ['abcdefghij', false],
    ['woaini520520', false],
    ['xietong-demo', false],
    ['aaaaaaaaaaaa', false],
    ['aaaaaaaaaaab', true],
    ['baaaaaaaaaaa', true],
    ['ababababababab', true],
    ['好'.repeat(12), false],
    ['𠮷'.repeat(12), false],
    ['\n'.repeat(12), false],
    ['ab'.repeat(100), true],
    [`${'ab'.repeat(100)}c`, false],
  ])('%j: %s', (password, accepted) => {
    expect(passwordSchema.safeParse(password).success).toBe(accepted);
  });

  test.each([
    '0123456789',
    '1234567890',
    '1234567891',
    '12345678910',
    '123456789a',
    '9876543210',
    '1q2w3e4r5t',
    '1qaz2wsx3edc',
    'a123456789',
    'aa123456789',
    'abc123456789',
    'abcd123456',
    'abcdefghij',
    'admin123456',
    'administrator',
    'asdfghjkl;',
    'iloveyou123',
    'password12',
    'password123',
    'password1234',
    'qwerty12345',
    'qwerty123456',
    'qwertyuiop',
    'woaini1314',
    'woaini1314520',
    'woaini520520',
    'xietong-demo',
  ])('%s is too common', (password) => {
    expect(passwordSchema.safeParse(password).success).toBe(false);
  });

  test('tells the account’s name in whatever case', () => {
    expect(tellsUsername('my-Zhang-key', 'zhang')).toBe(true);
    expect(tellsUsername('my-zhang-key', 'ZHANG')).toBe(true);
    expect(tellsUsername('my-zhan-key', 'zhang')).toBe(false);
  });
});

describe('where a role has its place', () => {
  test.each([
    ['supervisor', null, true],
    ['supervisor', '430103-health', false],
    ['auditor', null, true],
    ['platform-administrator', '430103-health', false],
    ['department-officer', '430103-health', true],
    ['department-officer', null, false],
    ['department-lead', '430103-health', true],
    ['department-lead', null, false],
    ['registering-authority', '430103-registration', true],
    ['registering-authority', '430104-registration', false],
    ['registering-authority', '430103-health', false],
    ['registering-authority', null, false],
  ] as const)('%s in %s: %s', (role, departmentCode, right) => {
    expect(placeFault({ role, regionCode: '430103', departmentCode }) === undefined).toBe(right);
  });
});

describe('who decides on an account', () => {
  const standing = { state: 'applied' as const, regionCode: '430103', appliedBy: null, endorsedBy: null };

  test.each([
    ['registering-authority', '430103', true],
    ['registering-authority', '430100', true],
    ['registering-authority', '430104', false],
    ['platform-administrator', '430000', true],
    ['platform-administrator', '440000', false],
    ['supervisor', '430103', false],
    ['department-lead', '430103', false],
  ] as const)('%s of %s: %s', (role, regionCode, decides) => {
    expect(decidesOn(actor(role, regionCode), standing)).toBe(decides);
  });

  test('the authority refuses what is applied for, the administration also what is endorsed', () => {
    expect(refusableBy(actor('registering-authority'))).toEqual(['applied']);
    expect(refusableBy(actor('platform-administrator'))).toEqual(['applied', 'endorsed']);
    expect(Object.keys(APPLICATION_STATES)).toEqual(['applied', 'endorsed', 'approved', 'refused']);
  });

  test.each([
    ['registering-authority', { state: 'applied' }, ['endorse', 'refuse']],
    ['registering-authority', { state: 'endorsed' }, []],
    ['registering-authority', { state: 'applied', appliedBy: 'decider' }, []],
    ['registering-authority', { state: 'applied', appliedBy: 'another' }, ['endorse', 'refuse']],
    ['registering-authority', { state: 'applied', regionCode: '430104' }, []],
    ['platform-administrator', { state: 'applied' }, ['refuse']],
    ['platform-administrator', { state: 'endorsed', endorsedBy: 'another' }, ['approve', 'refuse']],
    ['platform-administrator', { state: 'endorsed', endorsedBy: 'decider' }, ['refuse']],
    ['platform-administrator', { state: 'approved' }, []],
    ['platform-administrator', { state: 'refused' }, []],
    ['supervisor', { state: 'applied' }, []],
  ] as const)('%s, of %j: %j', (role, more, decisions) => {
    expect(decisionsFor(actor(role), { ...standing, ...more })).toEqual(decisions);
  });

  test.each([
    ['an administrator any account of the region', actor('platform-administrator', '430100'), 'supervisor', true],
    ['no account of another region', actor('platform-administrator', '430200'), 'supervisor', false],
    [
      'a lead the officers of the department',
      actor('department-lead', '430103', '430103-health'),
      'department-officer',
      true,
    ],
    ['not its other leads', actor('department-lead', '430103', '430103-health'), 'department-lead', false],
    ['not another department’s', actor('department-lead', '430103', '430103-water'), 'department-officer', false],
    ['an officer nobody', actor('department-officer', '430103', '430103-health'), 'department-officer', false],
  ] as const)('%s may be switched', (_, who, role, may) => {
    expect(maySwitch(who, { role, regionCode: '430103', departmentCode: '430103-health' })).toBe(may);
  });

  test('nobody leads what is of no department', () => {
    const target = { role: 'supervisor' as const, regionCode: '430103', departmentCode: null };
    expect(leads(actor('department-lead'), target)).toBe(false);
    expect(maySwitch(actor('department-lead'), { ...target, role: 'department-officer' })).toBe(false);
  });
});

describe('who hears of an application', () => {
  const applied = { no: 'A1', role: 'department-officer' as const, regionCode: '430103', organName: '天心区卫健' };
  const at = new Date('2026-03-02T01:00:00Z');

  test.each([
    ['applied', 'registering-authority'],
    ['endorsed', 'platform-administrator'],
  ] as const)('%s: the %s of the region', (state, role) => {
    const notice = applicationNotice(state, applied, at)!;
    expect(notice).toMatchObject({
      caseId: 'account-application~A1',
      topic: `account-application:${state}`,
      urgency: 'reminder',
      departmentCode: null,
      role,
      regionCode: '430103',
      at: '2026-03-02T01:00:00.000Z',
    });
    expect(notice.title).toContain('天心区卫健');
    expect(notice.body).toContain('A1');
  });

  test.each(['approved', 'refused'] as const)('%s: nobody has to decide', (state) => {
    expect(applicationNotice(state, applied, at)).toBeUndefined();
  });
});
