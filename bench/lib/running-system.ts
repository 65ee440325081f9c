/** A product of a bench's own, which is gone when the bench is, however it ends. */
import { consoleProgress } from '../../scripts/lib/progress.ts';
import { createShutdown, StopRequested } from '../../scripts/lib/shutdown.ts';
import { System, type SystemOptions } from '../../scripts/lib/system.ts';

const say = (text: string) => console.log(text);

/**
 * Starts the product, lets the bench use it, and stops every process by its id, also after Ctrl-C or a failure.
 * @throws StopRequested after Ctrl-C
 */
export async function withSystem<T>(
  options: Omit<SystemOptions, 'progress'>,
  use: (system: System) => Promise<T>,
): Promise<T> {
  const shutdown = createShutdown(say);
  const stopped = shutdown.requested.then(() => Promise.reject(new StopRequested('已停止')));
  // Whether it is awaited depends on how far we have come.
  stopped.catch(() => undefined);
  const system = await System.start({ ...options, progress: consoleProgress() });
  shutdown.add({
    name: '测量用的系统',
    stop: () => system.stop(),
    kill: () => system.parts.forEach((part) => system.kill(part)),
  });
  try {
    shutdown.check();
    return await Promise.race([use(system), stopped]);
  } finally {
    await shutdown.stopAll();
  }
}
