import { describe, expect, test } from 'vitest';
import { changeSchema, concerns } from '../../domain/worklist/changes.ts';
import { DEPARTMENT, isOfDepartment, ROLES, type Role } from '../../domain/organs/roles.ts';

const roles = Object.keys(ROLES) as Role[];

describe('roles (第四条)', () => {
  test('are seven', () => {
    expect(roles).toEqual([
      'registering-authority',
      'department-officer',
      'department-lead',
      'supervisor',
      'government',
      'platform-administrator',
      'auditor',
    ]);
  });

  test.each(roles)('%s acts for a department only as its officer or its lead', (role) => {
    expect(isOfDepartment({ role })).toBe(role === 'department-officer' || role === 'department-lead');
    expect(DEPARTMENT.some((one) => one === role)).toBe(isOfDepartment({ role }));
  });
});

describe('who hears that something changed', () => {
  const actor = (role: Role, regionCode: string, departmentCode: string | null = null) => ({
    username: 'someone',
    role,
    regionCode,
    departmentCode,
  });
  const officer = actor('department-officer', '430103', '430103-agriculture');
  const colleague = actor('department-officer', '430103', '430103-health');
  const supervisor = actor('supervisor', '430100');
  const stranger = actor('supervisor', '430200');
  const push = {
    of: 'cases' as const,
    caseType: 'registrationPush' as const,
    departmentCode: '430103-agriculture',
    regionCode: '430103',
  };
  const pool = { ...push, caseType: 'poolEntry' as const, departmentCode: null };
  const notice = { of: 'notices' as const, departmentCode: null, role: 'supervisor', regionCode: '430103' };
  const own = { ...notice, departmentCode: '430103-agriculture', role: null };

  test.each([
    ['everyone, of everything', { of: 'everything' as const }, [officer, colleague, supervisor, stranger]],
    ['of a push its department, and who oversees the region', push, [officer, supervisor]],
    ['of the pool every department of the region', pool, [officer, colleague, supervisor]],
    [
      'of a claimed entry the other departments, too',
      { ...pool, departmentCode: '430103-health' },
      [officer, colleague, supervisor],
    ],
    ['of a notice for a role who has it there', notice, [supervisor]],
    ['of a department’s notice the department', own, [officer]],
  ])('%s', (_, change, hearers) => {
    expect([officer, colleague, supervisor, stranger].filter((one) => concerns(change, one))).toEqual(hearers);
  });

  test('a notice for a government is its own level’s alone (第十六条)', () => {
    const forGovernment = { ...notice, role: 'government' };
    const hearers = ['430103', '430100', '430000', '430104'].filter((code) =>
      concerns(forGovernment, actor('government', code)),
    );
    expect(hearers).toEqual(['430103']);
  });

  test('what nobody holds is not the matter of an account without a department', () => {
    expect(concerns({ ...own, departmentCode: null }, actor('auditor', '430103'))).toBe(false);
    expect(concerns({ ...notice, regionCode: '430203' }, supervisor)).toBe(false);
  });

  test('it is told by kind, case type and place alone', () => {
    expect(changeSchema.parse(push)).toEqual(push);
    expect(changeSchema.parse({ ...pool, caseId: 'x' })).toEqual(pool);
    expect(changeSchema.parse(notice)).toEqual(notice);
    expect(changeSchema.safeParse({ ...push, caseType: 'constructor' }).success).toBe(false);
    expect(changeSchema.safeParse({ of: 'everything' }).success).toBe(false);
  });
});
