import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { errorCode } from '../../runtime/errno.ts';
import { tryLock } from './pid-lock.ts';
import { SetupError } from '../../runtime/setup-error.ts';

/** Inside the data directory; held by the launcher for as long as it runs. */
export const LAUNCHER_LOCK = 'launcher.pid';

export interface DataDirLock {
  /** True if the last launcher was killed: its children may still be ending. */
  readonly recovered: boolean;
  readonly release: () => void;
}

/** Locks a data directory: a second launcher would take the first one's servers for orphans and stop them. */
export async function lockDataDir(dataDir: string): Promise<DataDirLock> {
  const taken = await lock(dataDir).catch((error: unknown) => refuse(dataDir, error));
  if (typeof taken !== 'number') return taken;
  throw new SetupError(`数据目录 ${dataDir} 正在被另一个启动器使用（进程 ${taken}）。`, [
    '在那个窗口按 Ctrl-C 停止它',
    '或换一个数据目录与端口：npm start -- --data-dir 目录 --port … --temporal-port … --ui-port … --pg-port …',
  ]);
}

async function lock(dataDir: string): Promise<DataDirLock | number> {
  await mkdir(dataDir, { recursive: true });
  return await tryLock(path.join(dataDir, LAUNCHER_LOCK));
}

const CAUSES: Record<string, string> = {
  EEXIST: '它是一个文件',
  ENOTDIR: '它的上级是一个文件',
  EACCES: '没有权限',
  EPERM: '没有权限',
  EROFS: '文件系统只读',
  ENOSPC: '磁盘已满',
  ENOENT: '上级目录不存在，也不能建立',
  ENAMETOOLONG: '路径过长',
};

function refuse(dataDir: string, error: unknown): never {
  const cause = CAUSES[errorCode(error) ?? ''];
  if (cause === undefined) throw error;
  const remedies = ['换一个可读写的目录：npm start -- --data-dir 目录（环境变量 XIETONG_DATA_DIR）'];
  throw new SetupError(`数据目录 ${dataDir} 不能使用：${cause}。`, remedies, error);
}
