/**
 * What all running workflows of a worker share, evaluated once when the worker starts: zod and the tables of the law.
 * Otherwise each cached case evaluates them for itself, which is most of its weight (`npm run -s bench -- workflows`).
 * The SDK freezes what is preloaded. Only what has no state of its own belongs here; schemas, which zod completes when
 * they are first used, do not (domain/case/bodies.ts).
 */
import { regexes, z } from 'zod';
import '../domain/clock/limits.ts';
import '../domain/case-types/transitions.ts';

// zod winds its own patterns back before each use. What is frozen already the SDK leaves alone, and with it the patterns.
Object.freeze(regexes);
// zod finds out at its first object whether it may compile checks, and keeps the answer.
z.object({}).parse({});
