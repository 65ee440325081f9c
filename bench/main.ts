/** `npm run -s bench -- NAME [options]`: runs one of the benches, each in its own file. */
import { StopRequested } from '../scripts/lib/shutdown.ts';
import { describeFailure } from '../runtime/describe-failure.ts';

interface Bench {
  summary: string;
  help: string;
  /** @returns the process's exit code: 0 if the bench meets its targets */
  run(args: string[]): Promise<number> | number;
}

/** Loaded when it is asked for: what one bench needs is no matter to another. */
const BENCHES: Record<string, () => Promise<Bench>> = {
  lists: () => import('./lists.ts'),
  matching: () => import('./matching.ts'),
  statistics: () => import('./statistics.ts'),
  workflows: () => import('./workflows.ts'),
  'first-page': () => import('./first-page.ts'),
  lifecycle: () => import('./lifecycle.ts'),
  cost: () => import('./cost.ts'),
  drain: () => import('./drain.ts'),
  storm: () => import('./storm.ts'),
  import: () => import('./import.ts'),
  'first-load': () => import('./first-load.ts'),
  'row-files': () => import('./row-files.ts'),
  'reference-files': () => import('./reference-files.ts'),
  cache: () => import('./cache.ts'),
};

async function help(): Promise<string> {
  const rows = [];
  for (const [name, load] of Object.entries(BENCHES)) rows.push(`  ${name.padEnd(15)} ${(await load()).summary}`);
  return ['Usage: npm run -s bench -- NAME [options] (NAME --help for its options)', '', ...rows].join('\n');
}

async function main(): Promise<number> {
  const [name, ...args] = process.argv.slice(2);
  if (name === undefined || name === '--help') {
    console.log(await help());
    return name === undefined ? 2 : 0;
  }
  if (!Object.hasOwn(BENCHES, name)) {
    console.error(`no bench is called ${name}\n\n${await help()}`);
    return 2;
  }
  const bench = await BENCHES[name]!();
  if (args.includes('--help')) {
    console.log(bench.help);
    return 0;
  }
  try {
    return await bench.run(args);
  } catch (error) {
    if (error instanceof StopRequested) return 130;
    console.error(`${name}: ${describeFailure(error)}`);
    return 1;
  }
}

process.exitCode = await main();
// Libraries may keep handles open; every process that a bench started has been stopped.
process.exit();
