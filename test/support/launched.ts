/** `npm start` as its user has it: a process of its own, here on free ports and a data directory of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../scripts/lib/ports.ts';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PORTS = ['PORT', 'XIETONG_TEMPORAL_PORT', 'XIETONG_UI_PORT', 'XIETONG_PG_PORT'];
/** What would lead a start or a command to other servers. */
const NO_SERVERS = { DATABASE_URL: '', TEMPORAL_ADDRESS: '', TEMPORAL_PROFILE: '' };

export class Launched {
  readonly dataDir: string;
  /** Of the API, Temporal, its UI, PostgreSQL. */
  readonly ports: readonly number[];
  private launcher: ChildProcess | undefined;

  private constructor(dataDir: string, ports: readonly number[]) {
    this.dataDir = dataDir;
    this.ports = ports;
  }

  static async prepare(): Promise<Launched> {
    const dataDir = await mkdtemp(path.join(tmpdir(), 'xietong-start-'));
    // Under root PostgreSQL has an account of its own.
    await chmod(dataDir, 0o711);
    const ports = new Set<number>();
    while (ports.size < PORTS.length) ports.add(await freePort());
    return new Launched(dataDir, [...ports]);
  }

  get url(): string {
    return `http://127.0.0.1:${this.ports[0]}`;
  }

  /** For commands beside it: the directory is named, the ports are theirs to find. */
  get env(): NodeJS.ProcessEnv {
    return { ...process.env, ...NO_SERVERS, XIETONG_DATA_DIR: this.dataDir };
  }

  /**
   * @param command as typed; by default what `npm start` runs, without npm: whoever kills it means the launcher
   * @returns what it said until the table of links and accounts was printed
   */
  async start(command = `${process.execPath} --import tsx scripts/start.ts`): Promise<string> {
    const ports = Object.fromEntries(PORTS.map((name, i) => [name, String(this.ports[i])]));
    const child = spawn('/bin/sh', ['-c', `exec ${command}`], {
      cwd: ROOT,
      env: { ...this.env, ...ports },
      // A group of its own: a terminal sends Ctrl-C to all of it.
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

  /** Ends what still runs, and takes the data away. */
  async remove(): Promise<void> {
    if (this.launcher?.exitCode === null && this.launcher.signalCode === null) await this.end('SIGINT');
    await rm(this.dataDir, { recursive: true, force: true });
  }
}
