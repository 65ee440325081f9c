/** The whole product as processes of its own, for chaos and benches: PostgreSQL, Temporal, workers and APIs. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { migrate } from '../../db/postgres/migrate.ts';
import { ensureClock } from '../../db/reference/clock-setting.ts';
import { seedDemo, seedReference } from '../../db/seed.ts';
import { freePort } from './ports.ts';
import { DATABASE, ensureDatabase, startPostgres } from './postgres.ts';
import { stopPid, waitUntil } from './processes.ts';
import type { Progress } from './progress.ts';
import { ensureSearchAttributes } from './search-attributes.ts';
import { answersReady } from './supervised-parts.ts';
import { spawnChild } from './supervisor.ts';
import { resolveTemporalCli } from './temporal-cli.ts';
import { withTemporal } from './temporal-connection.ts';
import { keepHistories, startTemporalServer } from './temporal-server.ts';

const READY_MS = 120_000;

/** A process that may be killed, halted or started again. */
export interface Part {
  readonly name: string;
  pid: number | undefined;
  start(): Promise<void>;
}

export interface SystemOptions {
  /** Names the temporary directory. */
  readonly name: string;
  /** null: the real clock. */
  readonly secondsPerWorkingDay: number | null;
  readonly workers: number;
  readonly apis: number;
  /** E.g. ['-c', 'shared_preload_libraries=pg_stat_statements']. */
  readonly postgresFlags?: readonly string[];
  /** Called with the database's address once its tables are there, before anything is put into them. */
  readonly migrated?: (databaseUrl: string) => Promise<void>;
  readonly progress: Progress;
}

export class System {
  readonly dataDir: string;
  databaseUrl = '';
  temporalAddress = '';
  readonly apis: string[] = [];
  /** In the order of their start. */
  readonly parts: Part[] = [];

  private constructor(dataDir: string) {
    this.dataDir = dataDir;
  }

  /** Starts everything. Where that fails, what was started is stopped again. */
  static async start(options: SystemOptions): Promise<System> {
    const dataDir = mkdtempSync(path.join(tmpdir(), `xietong-${options.name}-`));
    // Under root, PostgreSQL runs under another account, which must be able to reach the directory.
    chmodSync(dataDir, 0o755);
    const system = new System(dataDir);
    try {
      await system.startServers(options);
      const workers = Array.from({ length: options.workers }, (_, n) => system.workerPart(n + 1));
      const servers = await Promise.all(Array.from({ length: options.apis }, (_, n) => system.apiPart(n + 1)));
      await Promise.all([...workers, ...servers].map((part) => part.start()));
    } catch (error) {
      await system.stop();
      throw error;
    }
    return system;
  }

  private async startServers({ postgresFlags, migrated, secondsPerWorkingDay, progress }: SystemOptions) {
    await this.startPostgres(await freePort(), postgresFlags);
    await this.startTemporal(await resolveTemporalCli(progress), await freePort());
    await withTemporal({ TEMPORAL_ADDRESS: this.temporalAddress }, async (connection, namespace) => {
      await ensureSearchAttributes(connection, namespace);
      await keepHistories(connection, namespace);
    });
    await migrate(this.databaseUrl);
    await migrated?.(this.databaseUrl);
    await ensureClock(this.databaseUrl, secondsPerWorkingDay);
    await seedReference(this.databaseUrl);
    await seedDemo(this.databaseUrl, { samples: false });
  }

  private async startPostgres(port: number, flags?: readonly string[]): Promise<void> {
    const { dataDir } = this;
    const start = () =>
      startPostgres({
        dataDir: path.join(dataDir, 'postgres'),
        port,
        logFile: path.join(dataDir, 'postgres.log'),
        flags,
      });
    const running = await start();
    this.parts.push({
      name: 'PostgreSQL',
      pid: running.pid,
      async start() {
        this.pid = (await start()).pid;
      },
    });
    await ensureDatabase(running.databaseUrl('postgres'), DATABASE);
    this.databaseUrl = running.databaseUrl(DATABASE);
  }

  private async startTemporal(cli: string, port: number): Promise<void> {
    const { dataDir } = this;
    const part: Part = {
      name: 'Temporal',
      pid: undefined,
      async start() {
        this.pid = (await startTemporalServer({ cli, dataDir, port, uiPort: null, persistent: true })).pid;
      },
    };
    this.parts.push(part);
    await part.start();
    this.temporalAddress = `127.0.0.1:${port}`;
  }

  private workerPart(n: number): Part {
    return this.processPart({ name: `worker ${n}`, script: 'worker.ts' });
  }

  private async apiPart(n: number): Promise<Part> {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    this.apis.push(url);
    return this.processPart({
      name: `API ${n}`,
      script: 'server.ts',
      env: { PORT: String(port) },
      probe: `${url}/health/ready`,
    });
  }

  /** A process of ours beside the others, not started yet. @param probe address that answers 200 once it is ready. */
  processPart({ name, script, env = {}, probe }: { name: string; script: string; env?: object; probe?: string }): Part {
    const { dataDir } = this;
    const logFile = path.join(dataDir, `${name.replaceAll(' ', '-')}.log`);
    const whole = { ...process.env, ...this.settings(), ...env };
    const part: Part = {
      name,
      pid: undefined,
      async start() {
        this.pid = spawnChild({ script, env: whole, logFile }).pid;
        if (probe && !(await waitUntil(() => answersReady(probe), READY_MS, 200))) throw new Error(`${name} 没有就绪`);
      },
    };
    this.parts.push(part);
    return part;
  }

  private settings() {
    return {
      DATABASE_URL: this.databaseUrl,
      TEMPORAL_ADDRESS: this.temporalAddress,
      FILES_DIR: path.join(this.dataDir, 'files'),
      XIETONG_DEMO: 'true',
      HOST: '127.0.0.1',
      LOG_LEVEL: 'warn',
      RATE_LIMIT: '100000000',
      SIGN_IN_LIMIT: '100000',
    };
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

  /** Asks a process to end, and waits until it has. */
  async stopPart(part: Part): Promise<void> {
    const { pid } = part;
    part.pid = undefined;
    if (pid !== undefined) await stopPid(pid, 'SIGINT');
  }

  async stop(): Promise<void> {
    for (const part of this.parts.toReversed()) await this.stopPart(part);
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}
