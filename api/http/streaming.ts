/** A response that is streamed: described as text in the API document. */
import type { Readable } from 'node:stream';
import { z } from 'zod';

export const streamedText = z.string() as unknown as z.ZodType<Readable>;
