import { readFileSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { errorCode } from './errno.ts';
import { commandLine } from './processes.ts';
import { SetupError } from './setup-error.ts';

export interface DataDirLock {
  /** The last launcher did not end by itself: its children may still be on their way out. */
  readonly recovered: boolean;
  readonly release: () => void;
}

/** Two launchers on one data directory would each take the other's servers for orphans. */
export async function lockDataDir(dataDir: string): Promise<DataDirLock> {
  await mkdir(dataDir, { recursive: true });
  const file = path.join(dataDir, 'launcher.pid');
  const mine = `${process.pid}\n${commandLine(process.pid) ?? ''}`;
  const release = () => rmSync(file, { force: true });
  if (await create(file, mine)) return { recovered: false, release };
  const holder = livingHolder(file);
  if (holder !== null) {
    throw new SetupError(`数据目录 ${dataDir} 正在被另一个启动器使用（进程 ${holder}）。`, [
      '在那个窗口按 Ctrl-C 停止它',
      '或换一个数据目录与端口：npm start -- --data-dir 目录 --port … --temporal-port … --ui-port … --pg-port …',
    ]);
  }
  release();
  if (await create(file, mine)) return { recovered: true, release };
  throw new SetupError(`数据目录 ${dataDir} 刚被另一个启动器占用。`, ['稍后再试']);
}

async function create(file: string, content: string): Promise<boolean> {
  try {
    await writeFile(file, content, { flag: 'wx' });
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** The recorded command line tells a living launcher from another program that got its number. */
function livingHolder(file: string): number | null {
  const [pid, ...command] = readFileSync(file, 'utf8').split('\n');
  const running = pid ? commandLine(Number(pid)) : null;
  return running !== null && running === command.join('\n') ? Number(pid) : null;
}
