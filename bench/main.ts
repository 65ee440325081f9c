/** `npm run -s bench -- NAME [options]`: runs one of the benches, each in its own file. */
import { help as firstPageHelp, run as firstPage, summary as firstPageSummary } from './first-page.ts';
import * as matching from './matching.ts';
import * as statistics from './statistics.ts';
import * as workflows from './workflows.ts';

interface Bench {
  summary: string;
  help: string;
  /** @returns the process's exit code: 0 if the bench meets its targets */
  run(args: string[]): Promise<number> | number;
}

const BENCHES: Record<string, Bench> = {
  matching,
  statistics,
  workflows,
  'first-page': { summary: firstPageSummary, help: firstPageHelp, run: firstPage },
};

function help(): string {
  const rows = Object.entries(BENCHES).map(([name, bench]) => `  ${name.padEnd(12)} ${bench.summary}`);
  return ['Usage: npm run -s bench -- NAME [options] (NAME --help for its options)', '', ...rows].join('\n');
}

async function main(): Promise<number> {
  const [name, ...args] = process.argv.slice(2);
  if (name === undefined || name === '--help') {
    console.log(help());
    return name === undefined ? 2 : 0;
  }
  const bench = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined;
  if (!bench) {
    console.error(`no bench is called ${name}\n\n${help()}`);
    return 2;
  }
  if (args.includes('--help')) {
    console.log(bench.help);
    return 0;
  }
  try {
    return await bench.run(args);
  } catch (error) {
    console.error(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
}

process.exitCode = await main();
