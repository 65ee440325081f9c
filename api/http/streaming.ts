/** A response written as it is made: text in the document, a stream on the wire. */
import type { Readable } from 'node:stream';
import { z } from 'zod';

export const streamedText = z.string() as unknown as z.ZodType<Readable>;
