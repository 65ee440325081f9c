/** The provinces that the product can be started for, each with its regions (data/divisions) and its profile (data/provinces). */
import { existsSync, readFileSync } from 'node:fs';
import { provinceSchema, type Province } from '../domain/organs/province.ts';
import { divisionsSchema } from '../domain/organs/regions.ts';

export const DEFAULT_PROVINCE = '430000';

const urlOf = (folder: string, code: string) => new URL(`./${folder}/${code}.json`, import.meta.url);
const read = (url: URL): unknown => JSON.parse(readFileSync(url, 'utf8'));

export const isProvince = (code: string): boolean => /^\d{2}0000$/.test(code) && existsSync(urlOf('divisions', code));

/** @param code of a province that `isProvince`. */
export const divisionsOf = (code: string) => divisionsSchema.parse(read(urlOf('divisions', code)));

/** Its own profile or, where it has none, what its regions tell; the rules are then those of the measures that ship. */
export function provinceOf(code: string): Province {
  const own = urlOf('provinces', code);
  if (existsSync(own)) return provinceSchema.parse(read(own));
  const { regions } = divisionsOf(code);
  const name = regions.find(({ level }) => level === 'province')!.name;
  const demoCounty = regions.find(({ level }) => level === 'county')!.code;
  const { legalBasis } = provinceOf(DEFAULT_PROVINCE);
  return { code, name, platform: `${name}部门协同监管平台`, legalBasis, demoCounty, samples: false };
}
