import { fileURLToPath } from 'node:url';
import { bundleWorkflows } from '../../worker.ts';

/** The product's workflows, with runs that are cut after some forty events instead of thousands. */
export const bundleShortRuns = () =>
  bundleWorkflows({
    webpackConfigHook(config) {
      const alias = { './next-run.ts$': fileURLToPath(new URL('./short-runs.ts', import.meta.url)) };
      // The SDK sets none of its own that stand in a list.
      return { ...config, resolve: { ...config.resolve, alias: Object.assign({}, config.resolve?.alias, alias) } };
    },
  });
