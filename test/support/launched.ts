/** `npm start` as a user runs it: a separate process, here on free ports and with its own data directory. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../scripts/lib/ports.ts';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PORTS = ['PORT', 'XIETONG_TEMPORAL_PORT', 'XIETONG_UI_PORT', 'XIETONG_PG_PORT'];
/** Empty values, so that no variable leads a start or a command to other servers. */
const NO_SERVERS = { DATABASE_URL: '', TEMPORAL_ADDRESS: '', TEMPORAL_PROFILE: '' };

export class Launched {
  readonly dataDir: string;
  /** Ports of the API, Temporal, its UI, PostgreSQL. */
  readonly ports: readonly number[];
  private launcher: ChildProcess | undefined;

  private constructor(dataDir: string, ports: readonly number[]) {
    this.dataDir = dataDir;
    this.ports = ports;
  }

  static async prepare(): Promise<Launched> {
    const dataDir = await mkdtemp(path.join(tmpdir(), 'xietong-start-'));
    // Under root, PostgreSQL runs under another account, which must be able to enter the directory.
    await chmod(dataDir, 0o711);
    const ports = new Set<number>();
    while (ports.size < PORTS.length) ports.add(await freePort());
    return new Launched(dataDir, [...ports]);
  }

  get url(): string {
    return `http://127.0.0.1:${this.ports[0]}`;
  }

  /** The environment for commands beside it: it names the directory; the commands have to find the ports. */
  get env(): NodeJS.ProcessEnv {
    return { ...process.env, ...NO_SERVERS, XIETONG_DATA_DIR: this.dataDir };
  }

  /**
   * @param command as typed; by default what `npm start` runs, without npm, so that signals reach the launcher
   * @returns its output up to the table of links and accounts
   */
  async start(command = `${process.execPath} --import tsx scripts/start.ts`): Promise<string> {
    const ports = Object.fromEntries(PORTS.map((name, i) => [name, String(this.ports[i])]));
    const child = spawn('/bin/sh', ['-c', `exec ${command}`], {
      cwd: ROOT,
      env: { ...this.env, ...ports },
      // In its own process group, because a terminal sends Ctrl-C to the whole group.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.launcher = child;
    let said = '';
    return await new Promise((resolve, reject) => {
      const hear = (chunk: Buffer) => {
        said += String(chunk);
        if (said.includes('控制台') && said.includes('xietong-demo')) resolve(said);
      };
      child.stdout.on('data', hear);
      child.stderr.on('data', hear);
      child.once('exit', (code) => reject(new Error(`npm start ended with ${code}:\n${said}`)));
    });
  }

  /** @returns its exit code and signal */
  async end(signal: NodeJS.Signals): Promise<unknown[]> {
    const ended = once(this.launcher!, 'exit');
    process.kill(-this.launcher!.pid!, signal);
    return await ended;
  }

  /** Ends what still runs, and deletes the data. */
  async remove(): Promise<void> {
    if (this.launcher?.exitCode === null && this.launcher.signalCode === null) await this.end('SIGINT');
    await rm(this.dataDir, { recursive: true, force: true });
  }
}
