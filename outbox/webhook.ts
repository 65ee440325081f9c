/** A webhook's request: JSON, with a signature that shows the receiver that it is ours, unchanged and recent. */
import { createHmac } from 'node:crypto';
import type { Message } from '../domain/notices/delivery-message.ts';
import type { Outgoing } from './outgoing.ts';

/** docs/notifications.md tells receivers how to check the signature. */
const signatureOf = (secret: string, timestamp: string, body: string): string =>
  `sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;

export function webhookRequest(url: URL, secret: string | null, { key, notices }: Message, now: number): Outgoing {
  const body = JSON.stringify({ delivery: key, digest: notices.length > 1, notices });
  // The time of this attempt, in seconds of real time: receivers refuse old requests.
  const timestamp = String(Math.floor(now / 1000));
  return {
    url,
    body,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      // Case numbers may be Chinese, which headers cannot hold.
      'x-xietong-delivery': encodeURI(key),
      'x-xietong-timestamp': timestamp,
      'x-xietong-signature': signatureOf(secret ?? '', timestamp, body),
    },
  };
}
