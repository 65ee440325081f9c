/** 市场主体: the enterprises that cases, records and listings are about, as their latest registration describes them. */
import { index, pgTable, text } from 'drizzle-orm/pg-core';
import type { RegistrationKind } from '../../domain/registration/words.ts';
import { instant, legalDate, pairsOf } from './columns.ts';

export const enterprises = pgTable(
  'enterprises',
  {
    uscc: text('uscc').primaryKey(),
    name: text('name').notNull(),
    kind: text('kind').$type<RegistrationKind>().notNull(),
    regionCode: text('region_code').notNull(),
    /** The day of that registration; null if only a list or a record named the enterprise. */
    registeredOn: legalDate('registered_on'),
    /** 注销: the day of cancellation; null if a later registration stands. */
    cancelledOn: legalDate('cancelled_on'),
    /** 迁出: the day of that registration; null once another region has taken the enterprise in. */
    movedOutOn: legalDate('moved_out_on'),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [index('enterprises_name_pairs').using('gin', pairsOf(t.name))],
);
