/** How worker and clients alike turn what travels to Temporal into bytes. */
import { fileURLToPath } from 'node:url';
import type { DataConverter, PayloadCodec } from '@temporalio/common';

const failureConverterPath = fileURLToPath(new URL('./failure-converter.cjs', import.meta.url));

/**
 * Where payloads are encrypted, so are the messages of failures; without codecs they stay readable in the Temporal UI, as
 * the rest is.
 */
export const dataConverterWith = (payloadCodecs: PayloadCodec[]): DataConverter =>
  payloadCodecs.length === 0 ? {} : { payloadCodecs, failureConverterPath };
