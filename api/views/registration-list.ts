/** Lists of registrations: what they are asked by, and what they show of each. */
import { z } from 'zod';
import { isListed } from '../../db/queries/registrations.ts';
import { labelled, regionCodeField } from '../../domain/fields.ts';
import { REGISTRATION_EVENTS, REGISTRATION_KINDS } from '../../domain/registration/words.ts';
import { daySchema } from '../../domain/worklist/case-filter.ts';
import { isSearchable, TOO_SHORT } from '../../domain/worklist/search-text.ts';
import { unknownCursor } from '../cases/list.ts';
import type { ApiContext } from '../context.ts';
import { cursorPage, cursorPageQuery } from '../http/cursor-pages.ts';
import { registrationEvent, registrationKind } from './codes.ts';

/** A part of a text by which a list is searched. */
export const searchField = () => z.string().trim().max(200).refine(isSearchable, TOO_SHORT);

/** Fields of a query. */
export const registrationConditions = {
  region: regionCodeField().optional().describe('行政区划代码（含下级）'),
  onlyRegion: regionCodeField().optional().describe('行政区划代码（不含下级）'),
  acceptedFrom: daySchema.optional().describe('受理之日起'),
  acceptedTo: daySchema.optional().describe('受理之日止'),
  event: labelled(REGISTRATION_EVENTS, '登记事项', '请更正').optional().describe('登记事项'),
  kind: labelled(REGISTRATION_KINDS, '主体类型', '请更正').optional().describe('主体类型'),
};

export const registrationPageQuery = cursorPageQuery(z.string().max(64));

export const listedRegistration = z.object({
  registrationNo: z.string(),
  uscc: z.string(),
  name: z.string(),
  kind: registrationKind,
  event: registrationEvent,
  regionCode: z.string(),
  registeredOn: z.string(),
  acceptedAt: z.iso.datetime(),
});

/** @throws Refusal where no registration that this account sees has the number after which the page is to begin. */
export async function refuseUnknownCursor(
  { db }: ApiContext,
  within: string,
  cursor: string | undefined,
): Promise<void> {
  if (cursor !== undefined && !(await isListed(db, within, cursor))) throw unknownCursor();
}

export const registrationPage = <Row extends { registrationNo: string; acceptedAt: Date }>(
  found: readonly Row[],
  limit: number,
) =>
  cursorPage(found, limit, {
    show: (row) => ({ ...row, acceptedAt: row.acceptedAt.toISOString() }),
    cursorOf: ({ registrationNo }) => registrationNo,
  });
