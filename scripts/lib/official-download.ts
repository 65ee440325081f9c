import { createWriteStream } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { run } from './run.ts';

/** The service from which Temporal's own SDKs download their development and test servers. */
const BASE = 'https://temporal.download';
const CONNECT_TIMEOUT_MS = 5_000;
const DOWNLOAD_TIMEOUT_MS = 5 * 60_000;

export type OfficialArtifact = 'cli' | 'temporal-test-server';

const PLATFORMS: Partial<Record<NodeJS.Platform, string>> = { linux: 'linux', darwin: 'darwin', win32: 'windows' };
const ARCHITECTURES: Record<string, string> = { x64: 'amd64', arm64: 'arm64' };

/** Downloads and unpacks into workDir. @returns the executable's path. Without internet it fails within seconds. */
export async function downloadOfficial(artifact: OfficialArtifact, workDir: string): Promise<string> {
  const platform = PLATFORMS[process.platform];
  const arch = ARCHITECTURES[process.arch];
  if (!platform || !arch) throw new Error(`官方没有 ${process.platform}/${process.arch} 的下载`);
  const query = new URLSearchParams({
    arch,
    platform,
    format: 'tar.gz',
    'sdk-name': 'sdk-typescript',
    'sdk-version': sdkVersion(),
  });
  const answer = await fetch(`${BASE}/${artifact}/default?${query.toString()}`, {
    signal: AbortSignal.timeout(CONNECT_TIMEOUT_MS),
  });
  if (!answer.ok) throw new Error(`${BASE} 答复 ${answer.status}`);
  const { archiveUrl, fileToExtract } = z
    .object({ archiveUrl: z.url(), fileToExtract: z.string() })
    .parse(await answer.json());
  const archive = path.join(workDir, 'archive');
  const body = await fetch(archiveUrl, { signal: AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS) });
  if (!body.ok || !body.body) throw new Error(`${archiveUrl} 答复 ${body.status}`);
  await pipeline(Readable.fromWeb(body.body), createWriteStream(archive));
  // bsdtar on macOS and Windows unpacks zip as well; Linux archives are tar.gz.
  await run('tar', ['-xf', archive, '-C', workDir]);
  const executable = path.join(workDir, fileToExtract);
  await chmod(executable, 0o755);
  return executable;
}

/** The service picks the version that suits the SDK. */
function sdkVersion(): string {
  const manifest: unknown = createRequire(import.meta.url)('@temporalio/client/package.json');
  return z.object({ version: z.string() }).parse(manifest).version;
}
