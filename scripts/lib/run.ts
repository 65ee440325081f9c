import { spawn } from 'node:child_process';
import type { Env } from './cache.ts';

export interface RunOptions {
  readonly env?: Env;
  readonly cwd?: string;
  readonly account?: { readonly uid?: number; readonly gid?: number };
}

/** Runs a program to its end. Its output is returned, and shown only if it fails. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const { env = process.env, cwd, account } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], cwd, env: { ...env }, ...account });
    // End the program with us, e.g. when Ctrl-C comes during three minutes of compiling.
    const end = () => child.kill();
    process.once('exit', end);
    let output = '';
    const collect = (chunk: Buffer) => {
      output = (output + chunk.toString('utf8')).slice(-20_000);
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      process.off('exit', end);
      if (code === 0) resolve(output);
      else reject(new Error(`${command} ${args.join(' ')}：${signal ?? `退出码 ${code}`}\n${output.trim()}`));
    });
  });
}
