import { fileURLToPath } from 'node:url';
import { bundleWorkflows } from '../../worker.ts';

/** The product's workflows, but runs are cut after some forty events instead of thousands. */
export const bundleShortRuns = () =>
  bundleWorkflows({
    webpackConfigHook(config) {
      const alias = { './next-run.ts$': fileURLToPath(new URL('./short-runs.ts', import.meta.url)) };
      // The SDK's own aliases are never a list, so they can be merged.
      return { ...config, resolve: { ...config.resolve, alias: Object.assign({}, config.resolve?.alias, alias) } };
    },
  });
