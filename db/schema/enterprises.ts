/** 市场主体: whom cases, records and listings are about. The latest word of whoever named it last. */
import { index, pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

export const enterprises = pgTable(
  'enterprises',
  {
    uscc: text('uscc').primaryKey(),
    name: text('name').notNull(),
    kind: text('kind').notNull(),
    regionCode: text('region_code').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [index('enterprises_name').on(t.name)],
);
