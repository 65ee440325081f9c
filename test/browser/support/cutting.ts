/**
 * A proxy in front of the product that can break the connection halfway through an answer, after the request was carried
 * out.
 */
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Product } from '../../support/product.ts';

export interface CuttingProxy {
  url: string;
  /** Cuts the answer to the next POST in two. */
  cutNext: () => void;
  close: () => void;
}

export async function cuttingProxy({ url }: Product): Promise<CuttingProxy> {
  let cut = false;
  const server: Server = createServer((incoming, outgoing) => {
    const isCut = cut && incoming.method === 'POST';
    if (isCut) cut = false;
    const onward = request(url + incoming.url, { method: incoming.method, headers: incoming.headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      if (!isCut) answer.pipe(outgoing);
      else answer.once('data', (data: Buffer) => outgoing.write(data.subarray(0, 1), () => outgoing.destroy()));
    });
    onward.on('error', () => outgoing.destroy());
    outgoing.on('close', () => onward.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    cutNext: () => {
      cut = true;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
