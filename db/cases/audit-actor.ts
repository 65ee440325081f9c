import type { Actor, SYSTEM } from '../../domain/organs/actor.ts';

/** The author of an entry of the audit log: a person, the system, or the public without an account. */
export function auditActor(by: Actor | typeof SYSTEM | 'public') {
  if (typeof by === 'string') return { actor: by, actorRole: by, actorDepartment: null };
  return { actor: by.username, actorRole: by.role, actorDepartment: by.departmentCode };
}
