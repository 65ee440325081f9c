/** Vitest in a process group of its own, so that nothing that it started outlives it: workers, and their Java servers. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { errorCode } from '../../../runtime/errno.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const VITEST = fileURLToPath(new URL('../../../node_modules/vitest/vitest.mjs', import.meta.url));
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export type Outcome = 'passed' | 'failed' | 'interrupted';

/** @returns what came of the tests; where this process was asked to end, after they and their servers have ended. */
export async function runVitest(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Outcome> {
  // A group of its own does not read from the terminal.
  const stdio = ['ignore' as const, 'inherit' as const, 'inherit' as const];
  const tests = spawn(process.execPath, [VITEST, 'run', ...args], { cwd: ROOT, env, stdio, detached: true });
  let isInterrupted = false;
  // Vitest's main process knows PostgreSQL and the Temporal server, which have groups of their own, and stops them.
  const passOn = () => {
    isInterrupted = true;
    tests.kill('SIGINT');
  };
  for (const signal of SIGNALS) process.on(signal, passOn);
  try {
    const [code] = (await once(tests, 'exit')) as [number | null];
    if (isInterrupted) return 'interrupted';
    return code === 0 ? 'passed' : 'failed';
  } finally {
    for (const signal of SIGNALS) process.off(signal, passOn);
    if (tests.pid !== undefined) endGroup(tests.pid);
  }
}

function endGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch (error) {
    // All of it had ended.
    if (errorCode(error) !== 'ESRCH') throw error;
  }
}
