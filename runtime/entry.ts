import { describeFailure } from './describe-failure.ts';
import { errorCode } from './errno.ts';
import { UsageError } from './flags.ts';

/** How an entry point runs: where it fails, it says so once, in words for whom it concerns, and ends with 1, or 2 where it was called wrongly. */
export async function runEntry(main: () => void | Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    console.error(`\n${describeFailure(error)}\n`);
    // Timers and connections of what had been started by then would keep the process.
    process.exit(error instanceof UsageError ? 2 : 1);
  }
}

/** For commands that answer on standard output: whoever reads has enough of it, `| head`, and that is no failure. */
export function endWithReader(): void {
  process.stdout.on('error', (error) => {
    if (errorCode(error) !== 'EPIPE') throw error;
    process.exit(0);
  });
}
