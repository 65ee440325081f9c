/** 市场主体: whom cases, records and listings are about. What its latest registration says. */
import { index, pgTable, text } from 'drizzle-orm/pg-core';
import type { RegistrationKind } from '../../domain/registration/words.ts';
import { instant, legalDate } from './columns.ts';

export const enterprises = pgTable(
  'enterprises',
  {
    uscc: text('uscc').primaryKey(),
    name: text('name').notNull(),
    kind: text('kind').$type<RegistrationKind>().notNull(),
    regionCode: text('region_code').notNull(),
    /** Of the registration that says all this; null where only a list or a record named it. */
    registeredOn: legalDate('registered_on'),
    /** 注销: the day, unless a later registration stands. */
    cancelledOn: legalDate('cancelled_on'),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [index('enterprises_name').on(t.name)],
);
