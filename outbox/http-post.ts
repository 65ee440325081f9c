/** POSTs to an address that was checked, and to no other: no redirects, no proxy, no second DNS lookup. */
import http from 'node:http';
import https from 'node:https';
import { isIPv6, type LookupFunction } from 'node:net';
import type { CheckedTarget } from './webhook-target.ts';

const TIMEOUT_MS = 10_000;
/** Bytes. Robots answer in one line; the rest of a longer answer is not read. */
const RESPONSE_LIMIT = 64 * 1024;

export interface Posted {
  status: number;
  body: string;
  /** Whether the body was longer than the limit. */
  cut: boolean;
}

/** @returns the answer, its body cut at the limit. @throws Error if there is no answer in time. */
export function post(target: CheckedTarget, body: string, headers: Record<string, string>): Promise<Posted> {
  const { url, addresses } = target;
  const { request: open } = url.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const request = open(url, {
      method: 'POST',
      headers: { ...headers, 'content-length': Buffer.byteLength(body), 'user-agent': 'xietong' },
      // An agent would reuse connections by host name.
      agent: false,
      lookup: pinned(addresses),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    request.on('error', reject);
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      let length = 0;
      const answer = () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: response.statusCode ?? 0, body: text, cut: length > RESPONSE_LIMIT });
      };
      response.on('data', (chunk: Buffer) => {
        length += chunk.length;
        chunks.push(chunk);
        if (length <= RESPONSE_LIMIT) return;
        answer();
        response.destroy();
      });
      response.on('error', reject);
      response.on('end', answer);
    });
    request.end(body);
  });
}

function pinned(addresses: string[]): LookupFunction {
  const all = addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }));
  return (_, options, callback) => {
    if (options.all) callback(null, all);
    else callback(null, all[0]!.address, all[0]!.family);
  };
}
