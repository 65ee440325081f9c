/** Who acts on a case: a person with an account, or the system itself. */
import type { Role } from './roles.ts';

/** Who gives a command. Copied into the audit log. */
export interface Actor {
  username: string;
  role: Role;
  regionCode: string;
  departmentCode: string | null;
}

/** The system itself, where a clock and not a person acts. */
export const SYSTEM = 'system';

/** In the audit log: a person's role, or who needs no account. */
export type ActorRole = Role | typeof SYSTEM | 'public';
