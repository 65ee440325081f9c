import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { cacheDir, findOnPath, installAtomically, isExecutable } from './cache.ts';
import type { Env } from './cache.ts';
import { downloadOfficial } from './official-download.ts';
import { withLock } from './pid-lock.ts';
import { withHeartbeat } from './progress.ts';
import type { Progress } from './progress.ts';
import { run } from './run.ts';
import { SetupError } from '../../runtime/setup-error.ts';

/** Later versions have a replace directive in go.mod and cannot be installed with `go install`. */
export const GO_PACKAGE = 'github.com/temporalio/cli/cmd/temporal@v1.5.1';

export interface CliSources {
  readonly env?: Env;
  readonly download?: (workDir: string) => Promise<string>;
  readonly goInstall?: (workDir: string, env: Env) => Promise<string>;
  /** Interval in ms of checking whether another process is done. */
  readonly lookEveryMs?: number;
}

/**
 * Tries TEMPORAL_CLI, PATH, cache, official download, go install. @returns the first that works. @throws one error with
 * all remedies.
 */
export async function resolveTemporalCli(progress: Progress, sources: CliSources = {}): Promise<string> {
  const env = sources.env ?? process.env;
  const given = env['TEMPORAL_CLI'];
  if (given) {
    if (await isExecutable(given)) return given;
    throw new SetupError(`环境变量 TEMPORAL_CLI 指向的文件不存在或不可执行：${given}`, [
      '改正路径，或取消该变量以自动准备',
    ]);
  }
  const onPath = await findOnPath('temporal', env);
  if (onPath) return onPath;
  const cached = path.join(cacheDir(env), 'bin', process.platform === 'win32' ? 'temporal.exe' : 'temporal');
  if (await isExecutable(cached)) return cached;
  await mkdir(path.dirname(cached), { recursive: true });
  // If two processes start for the first time, the second waits for the first one's CLI instead of compiling it, too.
  const waiting = (holder: number) => progress.note(`另一个进程（${holder}）正在准备 Temporal CLI，等待其完成`);
  return await withLock(`${cached}.lock`, { waiting, everyMs: sources.lookEveryMs }, async () =>
    (await isExecutable(cached)) ? cached : await prepare(cached, progress, env, sources),
  );
}

async function prepare(cached: string, progress: Progress, env: Env, sources: CliSources): Promise<string> {
  const failures: string[] = [];
  const download = sources.download ?? ((workDir: string) => downloadOfficial('cli', workDir));
  try {
    progress.note('本机没有 Temporal CLI，尝试官方下载');
    return await installAtomically(cached, (workDir) => verified(download(workDir)));
  } catch (error) {
    failures.push(`官方下载：${reason(error)}`);
  }
  const goInstall = sources.goInstall ?? goInstallCli;
  if (sources.goInstall || (await findOnPath('go', env))) {
    try {
      const text = '正在用 Go 编译 Temporal CLI（首次准备约需 3 分钟，仅此一次）';
      progress.note(text);
      return await withHeartbeat(progress, text, () =>
        installAtomically(cached, (workDir) => verified(goInstall(workDir, env))),
      );
    } catch (error) {
      failures.push(`go install：${reason(error)}`);
    }
  } else {
    failures.push('go install：本机没有 Go');
  }
  throw new SetupError(`没有可用的 Temporal 服务器。已尝试：${failures.join('；')}`, [
    '安装 Temporal CLI 并放入 PATH（https://docs.temporal.io/cli），或用 TEMPORAL_CLI=/路径/temporal 指定',
    '安装 Go 1.24 以上，启动时自动编译',
    '连接已有的 Temporal 服务器：TEMPORAL_ADDRESS=主机:7233 npm start',
    '有 Docker 时改用：docker compose up',
  ]);
}

async function goInstallCli(workDir: string, env: Env): Promise<string> {
  const bin = path.join(workDir, 'bin');
  await mkdir(bin);
  await run('go', ['install', GO_PACKAGE], { env: { ...env, GOBIN: bin }, cwd: workDir });
  return path.join(bin, process.platform === 'win32' ? 'temporal.exe' : 'temporal');
}

/** Keeps files that do not run (wrong platform, an error page, half a download) out of the cache. */
async function verified(executable: Promise<string>): Promise<string> {
  const file = await executable;
  await run(file, ['--version']);
  return file;
}

function reason(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return (cause instanceof Error ? cause.message : String(cause)).split('\n').slice(0, 3).join(' ');
}
