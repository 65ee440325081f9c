/** The provinces that the product can be started for, each with its regions (data/divisions) and its profile (data/provinces). */
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { divisionsSchema } from '../domain/organs/regions.ts';

export const DEFAULT_PROVINCE = '430000';

const profileSchema = z.strictObject({
  /** GB/T 2260. */
  code: z.string().regex(/^\d{2}0000$/),
  name: z.string().min(1),
  /** How the platform is called on papers. */
  platform: z.string().min(1),
  /** The document that the rules follow. */
  legalBasis: z.string().min(1),
  /** Where the demonstration accounts are. */
  demoCounty: z.string(),
  /** Whether the samples of data/samples are of this province. */
  samples: z.boolean(),
});

export type Province = z.infer<typeof profileSchema>;

const urlOf = (folder: string, code: string) => new URL(`./${folder}/${code}.json`, import.meta.url);
const read = (url: URL): unknown => JSON.parse(readFileSync(url, 'utf8'));

export const isProvince = (code: string): boolean => /^\d{2}0000$/.test(code) && existsSync(urlOf('divisions', code));

/** @param code of a province that `isProvince`. */
export const divisionsOf = (code: string) => divisionsSchema.parse(read(urlOf('divisions', code)));

/** Its own profile or, where it has none, what its regions tell; the rules are then those of the measures that ship. */
export function provinceOf(code: string): Province {
  const own = urlOf('provinces', code);
  if (existsSync(own)) return profileSchema.parse(read(own));
  const { regions } = divisionsOf(code);
  const name = regions.find(({ level }) => level === 'province')!.name;
  const demoCounty = regions.find(({ level }) => level === 'county')!.code;
  const { legalBasis } = provinceOf(DEFAULT_PROVINCE);
  return { code, name, platform: `${name}部门协同监管平台`, legalBasis, demoCounty, samples: false };
}
