/** Who acts on a case: a person with an account, or the system itself. */
import type { Role } from './roles.ts';

/** Who gives a command. Copied into the audit log. */
export interface Actor {
  username: string;
  role: Role;
  regionCode: string;
  departmentCode: string | null;
}

/** The system itself, where no person acts. */
export const SYSTEM = 'system';

/** The role in the audit log: an account's role, or `system` or `public`, which have no account. */
export type ActorRole = Role | typeof SYSTEM | 'public';
