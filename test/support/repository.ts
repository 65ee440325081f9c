/** The repository's files, for test/safety.test.ts. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** Names in `.gitignore` are not ours. git itself may be missing, e.g. in an unpacked archive. */
const FOREIGN = new Set(['.git', ...ignoredNames()]);
export const text = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');
export const json = (file: string): unknown => JSON.parse(text(file));

function ignoredNames(): string[] {
  const lines = readFileSync(path.join(ROOT, '.gitignore'), 'utf8').split('\n');
  return lines.map((line) => line.trim().replace(/\/$/, '')).filter((line) => line && !line.includes('*'));
}

function* walk(folder: string): Generator<string> {
  for (const entry of readdirSync(path.join(ROOT, folder), { withFileTypes: true })) {
    const file = path.posix.join(folder, entry.name);
    if (FOREIGN.has(entry.name) || entry.name.endsWith('.log')) continue;
    if (entry.isDirectory()) yield* walk(file);
    else yield file;
  }
}

export const FILES = [...walk('.')].sort();
export const SOURCES = FILES.filter((file) => /\.tsx?$/.test(file));

export interface Import {
  file: string;
  line: number;
  /** For a file of ours, its path from the root; otherwise the specifier. */
  target: string;
  ours: boolean;
  typeOnly: boolean;
}

const IMPORT = /^(?:import|export)\s+(type\s)?(?:[^;'"]*?\sfrom\s+)?'([^']+)'|\bimport\('([^']+)'\)/gm;

export function importsOf(file: string): Import[] {
  const source = text(file);
  return [...source.matchAll(IMPORT)].map((match) => {
    const specifier = match[2] ?? match[3]!;
    const ours = specifier.startsWith('.');
    const target = ours ? path.posix.join(path.posix.dirname(file), specifier) : specifier;
    const line = source.slice(0, match.index).split('\n').length;
    return { file, line, target, ours, typeOnly: match[1] !== undefined };
  });
}

/** E.g. `domain`, `workflows`; a file of the root counts as a folder of its own name. */
export const folderOf = (file: string): string => file.split('/')[0]!;

/** Groups of files that reach each other by imports, types included (Tarjan's strongly connected components). */
export function circlesOf(files: readonly string[]): string[][] {
  const targets = new Map(
    files.map((file) => [
      file,
      importsOf(file)
        .filter(({ ours }) => ours)
        .map(({ target }) => target),
    ]),
  );
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const circles: string[][] = [];
  function visit(file: string): number {
    order.set(file, order.size);
    lowest.set(file, order.get(file)!);
    open.push(file);
    for (const target of targets.get(file) ?? []) {
      if (!targets.has(target)) continue;
      const reached = order.has(target) ? (open.includes(target) ? order.get(target)! : Infinity) : visit(target);
      lowest.set(file, Math.min(lowest.get(file)!, reached));
    }
    if (lowest.get(file) === order.get(file)) {
      const group = open.splice(open.indexOf(file));
      if (group.length > 1) circles.push(group.sort());
    }
    return lowest.get(file)!;
  }
  for (const file of files) if (!order.has(file)) visit(file);
  return circles;
}

/** Lines that are neither blank nor comment, counted as lint counts them. */
export function codeLines(file: string): number {
  const withoutBlocks = text(file).replace(/^\s*\/\*[\s\S]*?\*\//gm, '');
  return withoutBlocks.split('\n').filter((line) => line.trim() && !line.trim().startsWith('//')).length;
}

/** @returns `file:line` of every matching line. */
export function linesMatching(files: readonly string[], pattern: RegExp): string[] {
  return files.flatMap((file) =>
    text(file)
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1} ${line.trim().slice(0, 120)}`] : [])),
  );
}
