/** Reference data: versioned, never rewritten. */
import { bigint, boolean, index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import type { RegionLevel } from '../../domain/organs/regions.ts';
import type { Catalogue } from '../../domain/scope/catalogue.ts';
import { instant, legalDate, recordedAt } from './columns.ts';

export const regions = pgTable('regions', {
  code: text('code').primaryKey(),
  name: text('name').notNull(),
  level: text('level').$type<RegionLevel>().notNull(),
  parent: text('parent'),
  /** 功能区 (开发区, 高新区), of a county's level. */
  functionalZone: boolean('functional_zone').notNull().default(false),
});

/** 行业: what departments are of, beside their regions. */
export const sectors = pgTable('sectors', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  /** Levels at which some organ has the duty. */
  levels: jsonb('levels').$type<RegionLevel[]>().notNull(),
  /** 职责说明. */
  basis: text('basis').notNull(),
});

/** Codes that a region had before the present edition of GB/T 2260. */
export const formerRegionCodes = pgTable('former_region_codes', {
  code: text('code').primaryKey(),
  currentCode: text('current_code').notNull(),
});

export const departments = pgTable(
  'departments',
  {
    code: text('code').primaryKey(),
    sector: text('sector').notNull(),
    regionCode: text('region_code').notNull(),
    name: text('name').notNull(),
    /** From this instant it receives no more pushes. */
    retiredAt: instant('retired_at'),
  },
  (t) => [index('departments_region').on(t.regionCode)],
);

export const catalogues = pgTable('catalogues', {
  version: text('version').primaryKey(),
  content: jsonb('content').$type<Catalogue>().notNull(),
  recordedAt: recordedAt(),
});

export const calendars = pgTable('calendars', {
  version: text('version').primaryKey(),
  validThrough: legalDate('valid_through').notNull(),
  content: jsonb('content').notNull(),
  recordedAt: recordedAt(),
});

/** One row: the clock under which this database was created. It never changes. */
export const clockSetting = pgTable('clock_setting', {
  id: integer('id').primaryKey().default(1),
  secondsPerWorkingDay: integer('seconds_per_working_day'),
  anchor: bigint('anchor', { mode: 'number' }).notNull(),
});
