/**
 * Modules that all running workflows of a worker share, evaluated once when the worker starts: zod and the tables of the
 * law. Otherwise each cached case would evaluate them for itself, which would be most of the memory that it takes
 * (`npm run -s bench -- workflows`). The SDK freezes preloaded modules, so only modules without state belong here. Schemas
 * do not, because zod completes them at their first use (domain/case/bodies.ts).
 */
import { regexes, z } from 'zod';
import '../domain/clock/limits.ts';
import '../domain/case-types/transitions.ts';

// zod sets `lastIndex` of its own patterns before each use, so they must stay writable. The SDK skips what is frozen
// already: freezing the table of patterns here keeps the SDK from freezing the patterns in it.
Object.freeze(regexes);
// Parse once now: zod finds out at its first object whether it may compile checks, and stores the answer.
z.object({}).parse({});
