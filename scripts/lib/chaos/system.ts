/** The whole product as processes that can be killed: PostgreSQL, Temporal, two workers and two APIs. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { migrate } from '../../../db/postgres/migrate.ts';
import { ensureClock } from '../../../db/reference/clock-setting.ts';
import { seedDemo, seedReference } from '../../../db/seed.ts';
import { freePort } from '../ports.ts';
import { DATABASE, ensureDatabase, startPostgres } from '../postgres.ts';
import { stopPid, waitUntil } from '../processes.ts';
import type { Progress } from '../progress.ts';
import { ensureSearchAttributes } from '../search-attributes.ts';
import { answersReady } from '../supervised-parts.ts';
import { spawnChild } from '../supervisor.ts';
import { resolveTemporalCli } from '../temporal-cli.ts';
import { withTemporal } from '../temporal-connection.ts';
import { keepHistories, startTemporalServer } from '../temporal-server.ts';

const READY_MS = 120_000;

interface Addresses {
  databaseUrl: string;
  temporalAddress: string;
}

/** A process that a disturbance may kill, halt or start again. */
export interface Part {
  readonly name: string;
  pid: number | undefined;
  start(): Promise<void>;
}

export class System {
  readonly dataDir: string;
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  readonly apis: readonly string[];
  readonly parts: readonly Part[];

  private constructor(dataDir: string, { databaseUrl, temporalAddress }: Addresses, apis: string[], parts: Part[]) {
    this.dataDir = dataDir;
    this.databaseUrl = databaseUrl;
    this.temporalAddress = temporalAddress;
    this.apis = apis;
    this.parts = parts;
  }

  static async start(secondsPerWorkingDay: number, progress: Progress): Promise<System> {
    const dataDir = mkdtempSync(path.join(tmpdir(), 'xietong-chaos-'));
    // Under root, PostgreSQL runs under another account, which must be able to reach the directory.
    chmodSync(dataDir, 0o755);
    const ports = await Promise.all([freePort(), freePort(), freePort(), freePort()]);
    const [pgPort, temporalPort, ...apiPorts] = ports;
    const [postgres, databaseUrl] = await startedPostgres(dataDir, pgPort);
    const temporal = temporalOf(await resolveTemporalCli(progress), dataDir, temporalPort);
    await temporal.start();
    const addresses = { databaseUrl, temporalAddress: `127.0.0.1:${temporalPort}` };
    await prepare(addresses, secondsPerWorkingDay);
    const apis = apiPorts.map((port) => `http://127.0.0.1:${port}`);
    const own = processesOf(dataDir, addresses, apiPorts);
    await Promise.all(own.map((part) => part.start()));
    return new System(dataDir, addresses, apis, [postgres, temporal, ...own]);
  }

  /** Kills a process as a power cut would. */
  kill(part: Part): void {
    if (part.pid !== undefined) process.kill(part.pid, 'SIGKILL');
    part.pid = undefined;
  }

  /** Halts a process for a while: it answers nobody and notices nothing. */
  async halt(part: Part, ms: number): Promise<void> {
    const { pid } = part;
    if (pid === undefined) return;
    process.kill(pid, 'SIGSTOP');
    await new Promise((resolve) => setTimeout(resolve, ms));
    process.kill(pid, 'SIGCONT');
  }

  async stop(): Promise<void> {
    for (const { pid } of this.parts.toReversed()) if (pid !== undefined) await stopPid(pid, 'SIGINT');
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

async function startedPostgres(dataDir: string, port: number): Promise<[Part, string]> {
  const start = () =>
    startPostgres({ dataDir: path.join(dataDir, 'postgres'), port, logFile: path.join(dataDir, 'postgres.log') });
  const running = await start();
  await ensureDatabase(running.databaseUrl('postgres'), DATABASE);
  const part: Part = {
    name: 'PostgreSQL',
    pid: running.pid,
    async start() {
      this.pid = (await start()).pid;
    },
  };
  return [part, running.databaseUrl(DATABASE)];
}

const temporalOf = (cli: string, dataDir: string, port: number): Part => ({
  name: 'Temporal',
  pid: undefined,
  async start() {
    this.pid = (await startTemporalServer({ cli, dataDir, port, uiPort: null, persistent: true })).pid;
  },
});

async function prepare({ databaseUrl, temporalAddress }: Addresses, secondsPerWorkingDay: number): Promise<void> {
  await withTemporal({ TEMPORAL_ADDRESS: temporalAddress }, async (connection, namespace) => {
    await ensureSearchAttributes(connection, namespace);
    await keepHistories(connection, namespace);
  });
  await migrate(databaseUrl);
  await ensureClock(databaseUrl, secondsPerWorkingDay);
  await seedReference(databaseUrl);
  await seedDemo(databaseUrl, { samples: false });
}

function processesOf(dataDir: string, { databaseUrl, temporalAddress }: Addresses, apiPorts: number[]): Part[] {
  const addresses = { DATABASE_URL: databaseUrl, TEMPORAL_ADDRESS: temporalAddress };
  const env = { ...process.env, ...addresses, ...settings(dataDir) };
  const workers = [1, 2].map((n) => processOf(`worker ${n}`, 'worker.ts', dataDir, env));
  const servers = apiPorts.map((port, n) => {
    const probe = `http://127.0.0.1:${port}/health/ready`;
    return processOf(`API ${n + 1}`, 'server.ts', dataDir, { ...env, PORT: String(port) }, probe);
  });
  return [...workers, ...servers];
}

const settings = (dataDir: string) => ({
  FILES_DIR: path.join(dataDir, 'files'),
  XIETONG_DEMO: 'true',
  HOST: '127.0.0.1',
  LOG_LEVEL: 'warn',
  RATE_LIMIT: '100000000',
  SIGN_IN_LIMIT: '100000',
});

function processOf(name: string, script: string, dataDir: string, env: NodeJS.ProcessEnv, probe?: string): Part {
  const logFile = path.join(dataDir, `${name.replaceAll(' ', '-')}.log`);
  return {
    name,
    pid: undefined,
    async start() {
      this.pid = spawnChild({ script, env, logFile }).pid;
      if (probe && !(await waitUntil(() => answersReady(probe), READY_MS, 200))) throw new Error(`${name} 没有就绪`);
    },
  };
}
