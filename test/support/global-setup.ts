import type { TestProject } from 'vitest/node';
import { buildWeb } from '../../scripts/lib/web-build.ts';
import { startServers } from './servers.ts';

/** Runs once, and only when a test of the project `system` was selected. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await buildWeb();
  const servers = await startServers();
  project.provide('databaseAdminUrl', servers.databaseAdminUrl);
  project.provide('temporalAddress', servers.temporalAddress);
  project.provide('testServerPath', servers.testServerPath);
  return servers.stop;
}
