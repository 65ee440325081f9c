/**
 * A Temporal CLI with a shifted clock, for tests. Go asks the kernel for the time without libc, so no preloaded library
 * reaches it: this CLI is compiled with two files of Go's package `time` replaced.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cacheDir, findOnPath, installAtomically, isExecutable, type Env } from '../cache.ts';
import { withLock } from '../pid-lock.ts';
import { withHeartbeat, type Progress } from '../progress.ts';
import { run } from '../run.ts';
import { SetupError } from '../../../runtime/setup-error.ts';
import { GO_PACKAGE } from '../temporal-cli.ts';

/** Raise this when what is compiled changes: the cache then makes a new executable. */
const REVISION = 1;
/** `now()` until Go 1.24, `runtimeNow()` since. */
const NOW = /(func Now\(\) Time \{\n\tsec, nsec, mono := \w+\(\)\n)/;
/** Reads the variable that libfaketime reads, in the one form that test:days writes. Timers are not changed. */
const SHIFT = `package time

import "syscall"

var shiftedBy = readShift()

// readShift returns the seconds of FAKETIME=+90s or FAKETIME=-90s.
func readShift() int64 {
	text, _ := syscall.Getenv("FAKETIME")
	if len(text) < 3 || text[len(text)-1] != 's' {
		return 0
	}
	var seconds int64
	for _, digit := range []byte(text[1 : len(text)-1]) {
		if digit < '0' || digit > '9' {
			return 0
		}
		seconds = seconds*10 + int64(digit-'0')
	}
	if text[0] == '-' {
		return -seconds
	}
	return seconds
}
`;

/** @returns the path of the executable, compiled if it is not in the cache. @throws SetupError if it cannot be compiled. */
export async function shiftedTemporalCli(progress: Progress, env: Env = process.env): Promise<string> {
  const version = GO_PACKAGE.slice(GO_PACKAGE.lastIndexOf('@') + 1);
  const cached = path.join(cacheDir(env), 'bin', `temporal-shifted-${version}-${REVISION}`);
  if (await isExecutable(cached)) return cached;
  if (!(await findOnPath('go', env))) {
    throw new SetupError('没有 Go，不能编译时钟可平移的 Temporal 服务器。', [
      '安装 Go 1.24 以上（https://go.dev/dl/）',
      '或只运行不需要服务器的测试：npm run test:days -- test/domain',
    ]);
  }
  await mkdir(path.dirname(cached), { recursive: true });
  const waiting = (holder: number) => progress.note(`另一个进程（${holder}）正在编译，等待其完成`);
  return await withLock(`${cached}.lock`, { waiting }, async () => {
    if (await isExecutable(cached)) return cached;
    const text = '正在编译时钟可平移的 Temporal 服务器（约需 4 分钟，仅此一次）';
    progress.note(text);
    return await withHeartbeat(progress, text, () => installAtomically(cached, (workDir) => compile(workDir, env)));
  });
}

async function compile(workDir: string, env: Env): Promise<string> {
  const standard = path.join((await run('go', ['env', 'GOROOT'], { env })).trim(), 'src', 'time');
  const source = await readFile(path.join(standard, 'time.go'), 'utf8');
  if (!NOW.test(source))
    throw new SetupError('不认识这个 Go 版本的 time.Now，不能平移其时钟。', ['改用 Go 1.24 至 1.26']);
  const bin = path.join(workDir, 'bin');
  const own = (name: string) => path.join(workDir, name);
  await mkdir(bin);
  await writeFile(own('time.go'), source.replace(NOW, '$1\tsec += shiftedBy\n'));
  await writeFile(own('shift.go'), SHIFT);
  const Replace = {
    [path.join(standard, 'time.go')]: own('time.go'),
    [path.join(standard, 'shift.go')]: own('shift.go'),
  };
  await writeFile(own('overlay.json'), JSON.stringify({ Replace }));
  const args = ['install', '-overlay', own('overlay.json'), GO_PACKAGE];
  await run('go', args, { env: { ...env, GOBIN: bin }, cwd: workDir });
  const built = path.join(bin, process.platform === 'win32' ? 'temporal.exe' : 'temporal');
  await run(built, ['--version']);
  return built;
}
