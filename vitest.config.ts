import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Two cores: servers and workers share them with the tests.
    maxWorkers: 2,
    // Files share the modules of their process: loading the product anew for each took a third of the run.
    isolate: false,
    projects: [
      {
        extends: true,
        // Needs no servers.
        test: {
          name: 'domain',
          include: ['test/{domain,scripts,storage,temporal,replay,web}/**/*.test.ts', 'test/*.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'system',
          include: ['test/{workflows,api,db,outbox,e2e,browser}/**/*.test.ts'],
          // PostgreSQL and Temporal start only when one of these tests runs.
          globalSetup: ['test/support/global-setup.ts'],
        },
      },
    ],
  },
});
