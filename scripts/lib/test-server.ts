import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cacheDir, findOnPath, installAtomically, isExecutable } from './cache.ts';
import type { Env } from './cache.ts';
import { downloadOfficial } from './official-download.ts';
import { freePort, isPortFree } from './ports.ts';
import { waitUntil } from './processes.ts';
import { run } from './run.ts';

const VERSION = '1.38.0';
const MAIN_CLASS = 'io.temporal.testserver.TestServer';

export type TestServer = { readonly path: string } | { readonly path: null; readonly reason: string };

export interface TestServerSources {
  readonly env?: Env;
  readonly download?: (workDir: string) => Promise<string>;
  readonly maven?: (workDir: string, env: Env) => Promise<string>;
}

/**
 * The time-skipping server: from TEMPORAL_TEST_SERVER, cache, official download, or Maven with Java. Otherwise says why
 * there is none.
 */
export async function resolveTestServer(sources: TestServerSources = {}): Promise<TestServer> {
  const env = sources.env ?? process.env;
  const given = env['TEMPORAL_TEST_SERVER'];
  if (given) {
    if (await isExecutable(given)) return { path: given };
    return { path: null, reason: `环境变量 TEMPORAL_TEST_SERVER 指向的文件不存在或不可执行：${given}` };
  }
  const home = path.join(cacheDir(env), `temporal-test-server-${VERSION}`);
  const cached = path.join(home, 'temporal-test-server');
  if (await isExecutable(cached)) return { path: cached };
  const reasons: string[] = [];
  try {
    await installAtomically(home, sources.download ?? official);
    return { path: cached };
  } catch (error) {
    reasons.push(`官方下载：${firstLine(error)}`);
  }
  try {
    await installAtomically(home, (workDir) => (sources.maven ?? fromMaven)(workDir, env));
    // Failing here costs only a faster start.
    await archiveClasses(home).catch(() => undefined);
    return { path: cached };
  } catch (error) {
    reasons.push(`Maven：${firstLine(error)}`);
  }
  return {
    path: null,
    reason: `没有跳时测试服务器（${reasons.join('；')}）。安装 Java 17 与 Maven，或设置 TEMPORAL_TEST_SERVER`,
  };
}

async function official(workDir: string): Promise<string> {
  const unpacked = path.join(workDir, 'unpacked');
  const home = path.join(workDir, 'home');
  await mkdir(unpacked);
  await mkdir(home);
  await rename(await downloadOfficial('temporal-test-server', unpacked), path.join(home, 'temporal-test-server'));
  return home;
}

async function fromMaven(workDir: string, env: Env): Promise<string> {
  if (!(await findOnPath('mvn', env)) || !(await findOnPath('java', env))) throw new Error('本机没有 mvn 或 java');
  const home = path.join(workDir, 'home');
  const lib = path.join(home, 'lib');
  await mkdir(lib, { recursive: true });
  await writeFile(path.join(workDir, 'pom.xml'), POM);
  const goal = ['-B', '-q', 'dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${lib}`];
  await run('mvn', goal, { env, cwd: workDir });
  // Logback logs at DEBUG to standard output by default; slf4j-nop replaces it.
  for (const jar of await readdir(lib)) if (jar.startsWith('logback-')) await rm(path.join(lib, jar));
  const wrapper = path.join(home, 'temporal-test-server');
  await writeFile(wrapper, WRAPPER);
  await chmod(wrapper, 0o755);
  return home;
}

/**
 * Makes a class archive, which shortens the start from 1.6 to 0.4 seconds: the SDK waits for five seconds, which a JVM on
 * busy cores can miss. Valid only for jars in their final place, so it is made after the installation.
 */
async function archiveClasses(home: string): Promise<void> {
  const unfinished = path.join(home, `.tmp-${process.pid}.jsa`);
  const port = await freePort();
  const args = [`-XX:ArchiveClassesAtExit=${unfinished}`, '-cp', path.join(home, 'lib', '*'), MAIN_CLASS, String(port)];
  const server = spawn('java', args, { stdio: 'ignore' });
  const ended = once(server, 'exit');
  try {
    await waitUntil(async () => server.exitCode !== null || !(await isPortFree(port)), 30_000);
  } finally {
    server.kill('SIGTERM');
  }
  await ended;
  await rename(unfinished, path.join(home, 'server.jsa'));
}

function firstLine(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return (cause instanceof Error ? cause.message : String(cause)).split('\n')[0] ?? '';
}

const WRAPPER = `#!/bin/sh
here=$(cd "$(dirname "$0")" && pwd)
exec java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto -XX:SharedArchiveFile="$here/server.jsa" \\
  -Xlog:cds=off -Xlog:cds+dynamic=off -cp "$here/lib/*" ${MAIN_CLASS} "$@"
`;

const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>cn.xietong</groupId>
  <artifactId>test-server</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>io.temporal</groupId>
      <artifactId>temporal-test-server</artifactId>
      <version>${VERSION}</version>
    </dependency>
    <dependency>
      <groupId>org.slf4j</groupId>
      <artifactId>slf4j-nop</artifactId>
      <version>1.7.36</version>
    </dependency>
  </dependencies>
</project>
`;
