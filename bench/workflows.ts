/** What one more running case costs a worker, as a ratio to a workflow that imports nothing but Temporal. */
import assert from 'node:assert';
import { AsyncLocalStorage } from 'node:async_hooks';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { createContext, runInNewContext, Script } from 'node:vm';
import { DefaultLogger, Runtime, type BundleOptions } from '@temporalio/worker';
import { bundleWorkflows } from '../worker.ts';

const TARGET = 8;

export const summary = 'time and memory that a worker spends on one more running case';

export const help = `Usage: npm run -s bench -- workflows [--cases N]

  --cases N   how many cases each contestant begins (default 200)

Evaluates the worker's bundle for one workflow after another, as the SDK does with \`reuseV8Context\`: what is preloaded once,
the rest each time. Target: at most ${TARGET} times a workflow that imports nothing but Temporal, in time and in memory.`;

const CONTESTANTS: Record<string, Partial<BundleOptions>> = {
  bare: { workflowsPath: fileURLToPath(new URL('./bare-workflow.ts', import.meta.url)), preloadModules: [] },
  preloaded: {},
  'not preloaded': { preloadModules: [] },
};

type Modules = Record<string, unknown>;

interface Cost {
  ms: number;
  kilobytes: number;
}

function collectGarbage(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

async function costOf(options: Partial<BundleOptions>, cases: number, gc: () => void): Promise<Cost> {
  const { code } = await bundleWorkflows(options);
  const shared: Modules = {};
  let own: Modules | undefined;
  const cache = new Proxy<Modules>(
    {},
    {
      get: (_, id: string) => shared[id] ?? own?.[id],
      set: (_, id: string, module) => Reflect.set(own ?? shared, id, module),
    },
  );
  const globals = { AsyncLocalStorage, TextEncoder, TextDecoder, URL, URLSearchParams, assert, console };
  const context = createContext({ ...globals, __webpack_module_cache__: cache });
  new Script(code).runInContext(context);
  new Script('__TEMPORAL__.preloadModules()').runInContext(context);
  const begin = new Script('__TEMPORAL__.importWorkflows()');
  const running: Modules[] = [];
  const used = () => (gc(), process.memoryUsage().heapUsed);
  const before = used();
  let ms = 0;
  for (let i = 0; i < cases; i++) {
    running.push((own = {}));
    const start = performance.now();
    begin.runInContext(context);
    ms += performance.now() - start;
  }
  return { ms: ms / cases, kilobytes: (used() - before) / running.length / 1000 };
}

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { cases: { type: 'string', default: '200' } } });
  const cases = Number(values.cases);
  if (!Number.isInteger(cases) || cases < 1) throw new Error('--cases takes a whole number from 1');
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const gc = collectGarbage();
  const costs: Record<string, Cost> = {};
  for (const [name, options] of Object.entries(CONTESTANTS)) costs[name] = await costOf(options, cases, gc);
  const bare = costs.bare!;
  const worst = ({ ms, kilobytes }: Cost) => Math.max(ms / bare.ms, kilobytes / bare.kilobytes);
  for (const [name, { ms, kilobytes }] of Object.entries(costs)) {
    const times = `${(ms / bare.ms).toFixed(1)} times bare`;
    const weight = `${(kilobytes / bare.kilobytes).toFixed(1)} times bare`;
    console.log(`${name.padEnd(14)} ${ms.toFixed(2)} ms (${times}), ${kilobytes.toFixed(0)} kB (${weight}) a case`);
  }
  const met = worst(costs.preloaded!) <= TARGET;
  console.log(`target        at most ${TARGET} times bare: ${met ? 'met' : 'missed'}`);
  return met ? 0 : 1;
}
