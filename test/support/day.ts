/** The day of a test. A test that is about a day names the one on which it runs, and runs on one. */
import { endOfDay, legalDateOf, type LegalDate } from '../../domain/clock/calendar.ts';

/** The longest that a test may take, in ms: `testTimeout` of vitest.config.ts. */
const LONGEST_TEST_MS = 60_000;

/** The legal day, asked anew each time: files are loaded, and the product starts, on either side of a midnight. */
export const today = (): LegalDate => legalDateOf(Date.now());

/** For `beforeEach`: where midnight might come before a test ends, the test begins after it. */
export async function onOneDay(): Promise<void> {
  const left = endOfDay(today()) - Date.now();
  if (left > LONGEST_TEST_MS) return;
  await new Promise((resolve) => setTimeout(resolve, left));
}
