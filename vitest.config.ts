import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Two cores: servers and workers share them with the tests.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: { name: 'domain', include: ['test/domain/**/*.test.ts', 'test/scripts/**/*.test.ts'] },
      },
      {
        extends: true,
        test: {
          name: 'system',
          include: ['test/{workflows,api,db,activities,e2e,replay}/**/*.test.ts', 'test/*.test.ts'],
          // PostgreSQL and Temporal start only when one of these tests runs.
          globalSetup: ['test/support/global-setup.ts'],
        },
      },
    ],
  },
});
