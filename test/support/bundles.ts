/** The workflows as workers of the tests run them. Bundling takes seconds: a process of the run does it once, for all its test files. */
import { fileURLToPath } from 'node:url';
import { DefaultLogger, Runtime, type BundleOptions, type WorkflowBundle } from '@temporalio/worker';
import { bundleWorkflows } from '../../worker.ts';

Runtime.install({ logger: new DefaultLogger('ERROR') });

const bundles = new Map<string, Promise<WorkflowBundle>>();

function once(name: string, options: Partial<BundleOptions>): Promise<WorkflowBundle> {
  const bundle = bundles.get(name) ?? bundleWorkflows(options);
  bundles.set(name, bundle);
  return bundle;
}

/** @param failureConverterPath of a data converter that encrypts failures; absent: the SDK's. */
export function productBundle(failureConverterPath?: string): Promise<WorkflowBundle> {
  return once(failureConverterPath ?? 'product', { failureConverterPath });
}

/** The product's workflows, but runs are cut after some forty events instead of thousands. */
export function bundleOfShortRuns(): Promise<WorkflowBundle> {
  return once('short runs', {
    webpackConfigHook(config) {
      const alias = { './next-run.ts$': fileURLToPath(new URL('./short-runs.ts', import.meta.url)) };
      // The SDK's own aliases are never a list, so they can be merged.
      return { ...config, resolve: { ...config.resolve, alias: Object.assign({}, config.resolve?.alias, alias) } };
    },
  });
}
