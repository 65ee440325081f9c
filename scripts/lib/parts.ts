/** The two servers that everything needs: our own, or those that the environment names. */
import path from 'node:path';
import type { StartOptions } from './options.ts';
import { assertPortFree } from './ports.ts';
import { DATABASE, ensureDatabase, reachable, startPostgres } from './postgres.ts';
import type { Progress } from './progress.ts';
import { ensureSearchAttributes } from './search-attributes.ts';
import type { Shutdown } from './shutdown.ts';
import { resolveTemporalCli } from './temporal-cli.ts';
import { withTemporal } from './temporal-connection.ts';
import { keepHistories, startTemporalServer, stopOrphanTemporal } from './temporal-server.ts';

export interface Launch {
  readonly options: StartOptions;
  readonly progress: Progress;
  readonly shutdown: Shutdown;
  readonly say: (text: string) => void;
}

export interface TemporalPart {
  readonly temporalAddress: string;
  readonly namespace: string;
  /** null: an external server without a configured UI. */
  readonly uiUrl: string | null;
}

export async function startDatabase({ options, progress, shutdown }: Launch): Promise<string> {
  const { databaseUrl, dataDir, pgPort } = options;
  // Check a given database before anything is started.
  if (databaseUrl !== null) return progress.step('PostgreSQL', () => reachable(databaseUrl));
  return progress.step('PostgreSQL', async () => {
    const postgres = await startPostgres({
      dataDir: path.join(dataDir, 'postgres'),
      port: pgPort,
      logFile: path.join(dataDir, 'postgres.log'),
    });
    shutdown.add({ name: 'PostgreSQL', stop: postgres.stop, kill: () => process.kill(postgres.pid, 'SIGQUIT') });
    const wanted = path.join(dataDir, 'postgres');
    if (postgres.dataDir !== wanted)
      progress.note(`postgres 用户进不了 ${dataDir}，数据库文件放在 ${postgres.dataDir}`);
    await ensureDatabase(postgres.databaseUrl('postgres'), DATABASE);
    return postgres.databaseUrl(DATABASE);
  });
}

/** Called first: without a CLI this takes minutes, so busy ports are reported before. */
export async function findTemporalCli({ options, progress }: Launch): Promise<string | null> {
  if (options.temporalAddress !== null) return null;
  await stopOrphanTemporal(options.dataDir);
  await assertPortFree(options.temporalPort, 'Temporal 服务器', '--temporal-port');
  await assertPortFree(options.uiPort, 'Temporal 界面', '--ui-port', options.host);
  return await resolveTemporalCli(progress);
}

/** With a CLI, starts a dev server of our own; without, uses the server that TEMPORAL_ADDRESS names. */
export async function startTemporal(launch: Launch, cli: string | null): Promise<TemporalPart> {
  const { options, progress } = launch;
  const temporalAddress = cli === null ? (options.temporalAddress ?? '') : await startDevServer(launch, cli);
  const namespace = await progress.step('检索属性', () =>
    withTemporal({ ...process.env, TEMPORAL_ADDRESS: temporalAddress }, async (connection, name) => {
      await ensureSearchAttributes(connection, name);
      // Only on our own server: elsewhere, retention is the operator's decision.
      if (cli !== null) await keepHistories(connection, name);
      return name;
    }),
  );
  const ownUi = cli === null ? null : `http://localhost:${options.uiPort}`;
  const uiUrl = process.env['TEMPORAL_UI_URL'] || ownUi;
  return { temporalAddress, namespace, uiUrl };
}

function startDevServer({ options, progress, shutdown }: Launch, cli: string): Promise<string> {
  const { dataDir, temporalPort, uiPort, host, port } = options;
  const encrypted = Boolean(process.env['PAYLOAD_KEYS']);
  return progress.step('Temporal 服务器与界面', async () => {
    const server = await startTemporalServer({
      cli,
      dataDir,
      port: temporalPort,
      uiPort,
      uiIp: host,
      ...(encrypted && { codecEndpoint: `http://localhost:${port}/codec` }),
      persistent: true,
    });
    shutdown.add({ name: 'Temporal', stop: server.stop, kill: () => process.kill(server.pid, 'SIGKILL') });
    return server.address;
  });
}
