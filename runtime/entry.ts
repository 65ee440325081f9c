import { describeFailure } from './describe-failure.ts';
import { errorCode } from './errno.ts';
import { UsageError } from './flags.ts';

/**
 * Runs an entry point. If it fails, prints the failure once, for the person concerned, and ends with 1, or with 2 for a
 * wrong command line.
 */
export async function runEntry(main: () => void | Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    console.error(`\n${describeFailure(error)}\n`);
    // Timers and connections that were already started would keep the process running.
    process.exit(error instanceof UsageError ? 2 : 1);
  }
}

/** For commands that write results to standard output: a reader that stops early (`| head`) is no failure. */
export function endWithReader(): void {
  process.stdout.on('error', (error) => {
    if (errorCode(error) !== 'EPIPE') throw error;
    process.exit(0);
  });
}
