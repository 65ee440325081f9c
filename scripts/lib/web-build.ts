/** Builds web/ if its sources have changed since the last build. */
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { run } from './run.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const DIST = path.join(ROOT, 'web/dist');
const MARK = path.join(DIST, '.built-from');
/** Everything that the bundle is made of, including the rules of domain/. */
const SOURCES = ['web/src', 'web/public', 'web/index.html', 'web/vite.config.ts', 'domain', 'package-lock.json'];

/** @returns whether it had to be built. */
export async function buildWeb(): Promise<boolean> {
  const state = stateOfSources();
  if (existsSync(MARK) && readFileSync(MARK, 'utf8') === state) return false;
  const vite = path.join(path.dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin/vite.js');
  // In a process of its own: under a test runner's NODE_ENV, React would be built for development.
  const env = { ...process.env, NODE_ENV: 'production' };
  await run(process.execPath, [vite, 'build', '--config', 'web/vite.config.ts'], { cwd: ROOT, env });
  compress();
  writeFileSync(MARK, state);
  return true;
}

function stateOfSources(): string {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    for (const file of filesIn(path.join(ROOT, source)).sort()) {
      hash.update(path.relative(ROOT, file)).update(readFileSync(file));
    }
  }
  return hash.digest('hex');
}

/** The files below a folder, or the file itself. */
function filesIn(place: string): string[] {
  if (path.extname(place)) return [place];
  return readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

/** Compresses files at build, not at every request. */
function compress(): void {
  for (const file of filesIn(DIST).filter((name) => /\.(js|css|html|svg)$/.test(name))) {
    const content = readFileSync(file);
    if (content.length < 1024) continue;
    writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
    const quality = { [constants.BROTLI_PARAM_QUALITY]: 9 };
    writeFileSync(`${file}.br`, brotliCompressSync(content, { params: quality }));
  }
}
