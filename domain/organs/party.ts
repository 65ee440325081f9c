/** On whom a limit rests, before it is known which department that is. */
import type { OrganRole } from '../clock/limits.ts';

/** The department that holds the case, or an organ by its role. */
export type Party = 'holder' | OrganRole;
