import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Connection } from '@temporalio/client';
import proto from '@temporalio/proto';
import { SEARCH_ATTRIBUTES } from '../../domain/case/search-attributes.ts';
import { commandLine, stopPid } from './processes.ts';
import { startServerProcess } from './server-process.ts';

export interface TemporalServerOptions {
  readonly cli: string;
  readonly dataDir: string;
  readonly port: number;
  /** null: no UI. */
  readonly uiPort: number | null;
  readonly uiIp?: string;
  /** Where the UI lets payloads be decrypted. */
  readonly codecEndpoint?: string;
  readonly ip?: string;
  /** false: data in memory, gone with the process. */
  readonly persistent: boolean;
}

export interface RunningTemporal {
  readonly pid: number;
  readonly address: string;
  readonly stop: () => Promise<void>;
}

const PID_FILE = 'temporal.pid';
/** By default the dev server deletes closed cases after one day; their histories must still be there when someone asks. */
const RETENTION_SECONDS = 90 * 86_400;

/** Starts `temporal server start-dev` and waits until it answers for its default namespace. */
export async function startTemporalServer(options: TemporalServerOptions): Promise<RunningTemporal> {
  await stopOrphanTemporal(options.dataDir);
  const pidFile = path.join(options.dataDir, PID_FILE);
  const ip = options.ip ?? '127.0.0.1';
  const address = `${ip}:${options.port}`;
  const args = serverArguments(options, ip);
  const pid = await startServerProcess({
    name: 'Temporal 服务器',
    command: options.cli,
    args,
    logFile: path.join(options.dataDir, 'temporal.log'),
    isReady: () => isReady(address),
    remedies: [
      '换端口：npm start -- --temporal-port 端口 --ui-port 端口',
      '或连接已有的服务器：TEMPORAL_ADDRESS=主机:7233 npm start',
    ],
    onPid: (started) => writeFile(pidFile, `${started}\n${args.join(' ')}`),
  });
  const stop = async () => {
    await stopPid(pid);
    await rm(pidFile, { force: true });
  };
  return { pid, address, stop };
}

// A write-ahead log instead of a rollback journal: several times the throughput, and nothing is lost by kill -9 or power
// cut.
const SQLITE_PRAGMAS = ['journal_mode=wal', 'synchronous=full'].flatMap((pragma) => ['--sqlite-pragma', pragma]);

function serverArguments(options: TemporalServerOptions, ip: string): string[] {
  const args = ['server', 'start-dev', '--port', String(options.port), '--ip', ip];
  if (options.persistent) args.push('--db-filename', path.join(options.dataDir, 'temporal.db'), ...SQLITE_PRAGMAS);
  if (options.uiPort === null) args.push('--headless');
  else args.push('--ui-port', String(options.uiPort), '--ui-ip', options.uiIp ?? ip);
  if (options.codecEndpoint) args.push('--ui-codec-endpoint', options.codecEndpoint);
  for (const [name, type] of Object.entries(SEARCH_ATTRIBUTES)) args.push('--search-attribute', `${name}=${type}`);
  return args;
}

/** Stops the server that a launcher killed with -9 left running. Another program with the same process id is left alone. */
export async function stopOrphanTemporal(dataDir: string): Promise<void> {
  const pidFile = path.join(dataDir, PID_FILE);
  if (!existsSync(pidFile)) return;
  const [pid, args] = (await readFile(pidFile, 'utf8')).split('\n');
  if (pid && args && commandLine(Number(pid))?.endsWith(args)) await stopPid(Number(pid));
  await rm(pidFile, { force: true });
}

async function isReady(address: string): Promise<boolean> {
  try {
    const connection = await Connection.connect({ address, connectTimeout: 2_000 });
    try {
      await connection.workflowService.describeNamespace({ namespace: 'default' });
      return true;
    } finally {
      await connection.close();
    }
  } catch {
    return false;
  }
}

/** Keeps closed cases readable in the UI for 90 days. */
export async function keepHistories(connection: Connection, namespace: string): Promise<void> {
  const workflowExecutionRetentionTtl = proto.google.protobuf.Duration.fromObject({ seconds: RETENTION_SECONDS });
  await connection.workflowService.updateNamespace({ namespace, config: { workflowExecutionRetentionTtl } });
}
