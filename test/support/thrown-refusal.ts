import { Refusal } from '../../domain/errors.ts';

/** The refusal that a rule throws. Fails if it throws none. */
export function thrownRefusal(work: () => unknown): Refusal {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('was not refused');
}
