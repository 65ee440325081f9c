/** Small catalogues, for tests of how their phrases are read. */
import type { Catalogue, CatalogueItem } from '../../domain/scope/catalogue.ts';

type Phrases = Partial<Pick<CatalogueItem, 'keywords' | 'synonyms' | 'exclusions' | 'preApproval' | 'qualifiers'>>;

/** @param items their phrases by their ids */
export function catalogueOf(items: Record<string, Phrases>): Catalogue {
  return {
    version: '2026.1',
    title: '试用目录',
    source: '试用',
    items: Object.entries(items).map(([id, phrases]) => ({
      id,
      name: id,
      sector: 'market-regulation',
      level: '县级',
      law: '试用法',
      article: '第一条',
      mode: 'approval',
      preApproval: false,
      keywords: [],
      synonyms: [],
      exclusions: [],
      ...phrases,
    })),
  };
}
