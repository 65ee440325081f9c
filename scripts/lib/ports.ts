import { createServer } from 'node:net';
import { waitUntil } from './processes.ts';
import { SetupError } from '../../runtime/setup-error.ts';

/** A port that nobody listens on now. Bind it soon, before another program takes it. */
export function freePort(host = '127.0.0.1'): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, host, () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('没有端口')),
      );
    });
  });
}

export function isPortFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** Refuses a busy port before anything is started; the message names the option that changes it. */
export async function assertPortFree(
  port: number,
  service: string,
  option: string,
  host = '127.0.0.1',
  patienceMs = 0,
): Promise<void> {
  if (await waitUntil(() => isPortFree(port, host), patienceMs, 250)) return;
  throw new SetupError(`端口 ${port}（${service}）已被其他程序占用。`, [
    `换一个端口：npm start -- ${option} ${port + 1}`,
    `或停止占用该端口的程序（查看：ss -ltnp | grep ${port}，macOS：lsof -i :${port}）`,
  ]);
}
