/** What differs between provinces besides their regions (`data/provinces`). */
import { z } from 'zod';
import { regionCodeField } from '../fields.ts';

export const provinceSchema = z.strictObject({
  code: regionCodeField(),
  name: z.string().min(1),
  /** How the platform is called on papers. */
  platform: z.string().min(1),
  /** The document that the rules follow. */
  legalBasis: z.string().min(1),
  /** Where the demonstration accounts are. */
  demoCounty: regionCodeField(),
  /** Whether the samples of data/samples are of this province. */
  samples: z.boolean(),
});

export type Province = z.infer<typeof provinceSchema>;
