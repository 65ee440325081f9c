/** The whole product as processes that can be killed: PostgreSQL, Temporal, two workers and two APIs. */
import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, closeSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { migrate } from '../../../db/postgres/migrate.ts';
import { ensureClock } from '../../../db/reference/clock-setting.ts';
import { seedDemo, seedReference } from '../../../db/seed.ts';
import { freePort } from '../ports.ts';
import { DATABASE, ensureDatabase, startPostgres } from '../postgres.ts';
import { stopPid, waitUntil } from '../processes.ts';
import type { Progress } from '../progress.ts';
import { ensureSearchAttributes } from '../search-attributes.ts';
import { resolveTemporalCli } from '../temporal-cli.ts';
import { withTemporal } from '../temporal-connection.ts';
import { keepHistories, startTemporalServer } from '../temporal-server.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const READY_MS = 120_000;

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

  private constructor(own: Omit<System, 'kill' | 'halt' | 'stop'>) {
    Object.assign(this, own);
    ({
      dataDir: this.dataDir,
      databaseUrl: this.databaseUrl,
      temporalAddress: this.temporalAddress,
      apis: this.apis,
      parts: this.parts,
    } = own);
  }

  static async start(secondsPerWorkingDay: number, progress: Progress): Promise<System> {
    const dataDir = mkdtempSync(path.join(tmpdir(), 'xietong-chaos-'));
    // Under root, PostgreSQL runs under another account, which must be able to reach the directory.
    chmodSync(dataDir, 0o755);
    const cli = await resolveTemporalCli(progress);
    const [pgPort, temporalPort, ...apiPorts] = await Promise.all([freePort(), freePort(), freePort(), freePort()]);
    const temporalAddress = `127.0.0.1:${temporalPort}`;
    let databaseUrl = '';
    const postgres: Part = {
      name: 'PostgreSQL',
      pid: undefined,
      async start() {
        const logFile = path.join(dataDir, 'postgres.log');
        const running = await startPostgres({ dataDir: path.join(dataDir, 'postgres'), port: pgPort, logFile });
        this.pid = running.pid;
        await ensureDatabase(running.databaseUrl('postgres'), DATABASE);
        databaseUrl = running.databaseUrl(DATABASE);
      },
    };
    const temporal: Part = {
      name: 'Temporal',
      pid: undefined,
      async start() {
        const server = await startTemporalServer({ cli, dataDir, port: temporalPort, uiPort: null, persistent: true });
        this.pid = server.pid;
      },
    };
    await postgres.start();
    await temporal.start();
    await withTemporal({ TEMPORAL_ADDRESS: temporalAddress }, async (connection, namespace) => {
      await ensureSearchAttributes(connection, namespace);
      await keepHistories(connection, namespace);
    });
    await migrate(databaseUrl);
    await ensureClock(databaseUrl, secondsPerWorkingDay);
    await seedReference(databaseUrl);
    await seedDemo(databaseUrl, { samples: false });
    const env = { ...process.env, DATABASE_URL: databaseUrl, TEMPORAL_ADDRESS: temporalAddress, ...settings(dataDir) };
    const processes = [1, 2].map((n) => processOf(`worker ${n}`, 'worker.ts', dataDir, env));
    const apis = apiPorts.map((port) => `http://127.0.0.1:${port}`);
    const servers = apiPorts.map((port, n) =>
      processOf(`API ${n + 1}`, 'server.ts', dataDir, { ...env, PORT: String(port) }, `${apis[n]}/health/ready`),
    );
    const own = [...processes, ...servers];
    await Promise.all(own.map((part) => part.start()));
    return new System({ dataDir, databaseUrl, temporalAddress, apis, parts: [postgres, temporal, ...own] });
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
    for (const { pid } of [...this.parts].reverse()) if (pid !== undefined) await stopPid(pid, 'SIGINT');
    rmSync(this.dataDir, { recursive: true, force: true });
  }
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
  return {
    name,
    pid: undefined,
    async start() {
      const log = openSync(path.join(dataDir, `${name.replaceAll(' ', '-')}.log`), 'a');
      const args = ['--import', 'tsx', path.join(ROOT, script)];
      const child: ChildProcess = spawn(process.execPath, args, {
        cwd: ROOT,
        env,
        stdio: ['ignore', log, log],
        detached: true,
      });
      closeSync(log);
      this.pid = child.pid;
      if (probe && !(await waitUntil(() => answers(probe), READY_MS, 200))) throw new Error(`${name} 没有就绪`);
    },
  };
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
    await response.body?.cancel();
    return response.status === 200;
  } catch {
    return false;
  }
}
