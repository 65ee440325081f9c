import { withoutValues } from '../db/postgres/failed-query.ts';
import { knownFailure } from './known-failures.ts';
import { SetupError } from './setup-error.ts';

/** One message for a person: without a stack for what they can put right, with a stack for bugs. */
export function describeFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (isOurs(error)) return [error.message, ...remediesOf(error).map((remedy) => `  · ${remedy}`)].join('\n');
  const known = knownFailure(error);
  return known ? describeFailure(known) : (withoutValues(error).stack ?? error.message);
}

/** Messages of our own are Chinese and meant to be read. */
const isOurs = (error: Error): boolean => error instanceof SetupError || /^\p{Script=Han}/u.test(error.message);

function remediesOf(error: Error): readonly string[] {
  if (error instanceof SetupError) return error.remedies;
  return 'remedy' in error && typeof error.remedy === 'string' ? [error.remedy] : [];
}
