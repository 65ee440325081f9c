/** Turns what travels to Temporal into bytes, alike for worker and clients. */
import { fileURLToPath } from 'node:url';
import type { DataConverter, PayloadCodec } from '@temporalio/common';

const failureConverterPath = fileURLToPath(new URL('./failure-converter.cjs', import.meta.url));

/**
 * With codecs, the messages of failures are encrypted like other payloads. Without, everything stays readable in the
 * Temporal UI.
 */
export const dataConverterWith = (payloadCodecs: PayloadCodec[]): DataConverter =>
  payloadCodecs.length === 0 ? {} : { payloadCodecs, failureConverterPath };
