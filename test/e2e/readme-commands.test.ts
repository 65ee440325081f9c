/** The documents' commands exactly as written, beside a running system whose ports and data directory they have to find. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { runningInstance } from '../../scripts/lib/instance.ts';
import { assertPortFree } from '../../scripts/lib/ports.ts';
import { findStanding } from '../../scripts/lib/standing-database.ts';
import { noBrowser } from '../browser/support/browser.ts';
import { DOCUMENTED, RUNS, SCRIPTS } from '../support/documented-commands.ts';
import { Launched, ROOT } from '../support/launched.ts';

// Every command starts processes, on cores that a browser and the next test file may share.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const DEMO = 'npm run demo';

interface Ending {
  stdout: string;
  stderr: string;
  code: number | null;
}

interface Running {
  ended: Promise<Ending>;
  stop: () => Promise<void>;
}

let launched: Launched;
let demo: Running;

beforeAll(async () => {
  launched = await Launched.prepare();
  await launched.start('npm start -- --working-day 2');
  // Runs beside the others, because it mostly waits.
  demo = begin(DEMO);
});
afterAll(async () => {
  await demo.stop();
  await launched.remove();
});

/** Runs a command as a shell does, from the root of the repository. */
function begin(command: string, env: NodeJS.ProcessEnv = launched.env): Running {
  // In a process group, so that npm and what it started end together.
  const options = { cwd: ROOT, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] as ['ignore', 'pipe', 'pipe'] };
  const child = spawn('/bin/sh', ['-c', command], options);
  const exit = once(child, 'exit') as Promise<[number | null]>;
  const ended = Promise.all([text(child.stdout), text(child.stderr), exit]).then(
    ([stdout, stderr, [code]]): Ending => ({ stdout, stderr, code }),
  );
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid!, 'SIGTERM');
    await ended;
  };
  return { ended, stop };
}

const run = (command: string, env?: NodeJS.ProcessEnv): Promise<Ending> => begin(command, env).ended;

/** Without Chromium the first page cannot be measured; under CI that is a failure. */
const possible = RUNS.filter(({ command }) => command !== DEMO && !(noBrowser && command.endsWith('first-page')));

test.each(possible)('$command', async ({ command, more = '', prints, measures }) => {
  const { stdout, stderr, code } = await run(command + more);
  expect(stdout, stderr).toMatch(prints);
  expect(measures ? [0, 1] : [0], stderr).toContain(code);
  const answers = DOCUMENTED.filter((each) => each.command === command && each.comment.startsWith('{'));
  for (const { comment } of answers) expect(JSON.parse(stdout)).toEqual(JSON.parse(comment));
});

test.each(SCRIPTS)('the script of $file', async ({ command }) => {
  expect(command).toContain('http://localhost:8080');
  const { stdout, stderr, code } = await run(command.replace('http://localhost:8080', launched.url));
  expect([stderr, code]).toEqual(['', 0]);
  // Handed over, claimed, fed back, and printed with the case's history.
  expect(stdout).toMatch(/"caseIds":\[".*"stage":"claimed".*"stage":"fedBack".*"audit":\[/s);
});

test('npm start -- --setup-only prepares servers of one’s own', async () => {
  const { stdout, stderr, code } = await run('npm start -- --setup-only', {
    ...launched.env,
    DATABASE_URL: findStanding(launched.dataDir, {}).databaseUrl,
    TEMPORAL_ADDRESS: runningInstance(launched.dataDir)!.temporalAddress,
    XIETONG_DATA_DIR: path.join(launched.dataDir, 'setup'),
    XIETONG_WORKING_DAY_SECONDS: '2',
  });
  expect(stdout, stderr).toMatch(/检索属性[^]*基础数据/);
  expect(code).toBe(0);
});

test('npm run restore finds the case that was terminated, by the option alone', async () => {
  const connection = await Connection.connect({ address: `127.0.0.1:${launched.ports[1]}` });
  const { workflow } = new Client({ connection });
  const caseIds: string[] = [];
  for await (const { workflowId } of workflow.list({ query: `CaseNo='DEMO-0003' AND ExecutionStatus='Running'` })) {
    caseIds.push(workflowId);
  }
  const caseId = caseIds[0]!;
  await workflow.getHandle(caseId).terminate('by hand');
  await connection.close();
  const env = { ...launched.env, XIETONG_DATA_DIR: '' };
  const { stdout, stderr, code } = await run(`npm run -s restore -- --data-dir ${launched.dataDir}`, env);
  expect([stderr, code]).toEqual(['', 0]);
  expect(stdout).toContain(`流程刚刚终止，请一分钟后再恢复\t${caseId}\n`);
});

test('npm run demo', async () => {
  const { stdout, stderr, code } = await demo.ended;
  expect([stderr, code], stdout.slice(-2000)).toEqual(['', 0]);
  expect(stdout).toMatch(RUNS.find(({ command }) => command === DEMO)!.prints);
  expect(stdout).toContain(`：http://localhost:${launched.ports[0]}\n`);
});

test('Ctrl-C ends all of it, and the commands say so', async () => {
  await launched.end('SIGINT');
  for (const port of launched.ports) await assertPortFree(port, '任何服务', '--port', '127.0.0.1', 5000);
  expect(runningInstance(launched.dataDir)).toBeNull();
  const { stderr, code } = await run('npm run -s restore -- --dry-run');
  expect(stderr).toMatch(/的数据库没有运行。\n.*先启动系统：npm start/);
  expect(code).toBe(1);
});
