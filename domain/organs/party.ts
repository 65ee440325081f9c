import type { OrganRole } from '../clock/limits.ts';

/** Who owes or answers for a limit: the department that holds the case, or an organ by its role. */
export type Party = 'holder' | OrganRole;
