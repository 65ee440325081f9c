import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { acceptListingRows } from '../../db/intake/listing-rows.ts';
import { acceptListings } from '../../db/intake/listings.ts';
import type { ListedCase } from '../../db/queries/cases.ts';
import { currentCalendar } from '../../db/queries/calendar.ts';
import { courtReviewOf } from '../../domain/rule-sets/list-objections.ts';
import { findListing } from '../../db/queries/restrictions.ts';
import { REMOVAL_GROUNDS } from '../../domain/case-types/listing/grounds.ts';
import { removableOnlyFrom } from '../../domain/case-types/listing/dates.ts';
import { legalDateOf } from '../../domain/clock/calendar.ts';
import { Refusal } from '../../domain/errors.ts';
import { CASE_TYPES } from '../../domain/case-types/case-types.ts';
import { listingEntrySchema } from '../../domain/case-types/listing/entry.ts';
import { isOfCourt, type ListingFacts } from '../../domain/case-types/listing/opening.ts';
import { successorsOf } from '../../domain/case-types/sanction-lifting/successors.ts';
import { registerCaseCommands } from '../cases/commands.ts';
import { registerCaseQueries } from '../cases/routes.ts';
import { legalNow, type ApiContext, type App } from '../context.ts';
import { registerFileImport } from '../import/file-import.ts';
import { registerListingContent } from './listing-content.ts';
import { LISTING_FILE } from '../import/listing-file.ts';
import { requireRole, signedIn } from '../plugins/auth.ts';
import { problems } from '../plugins/problems.ts';

const acceptedSchema = z.object({
  result: z.enum(['accepted', 'duplicate']),
  documentNo: z.string(),
  uscc: z.string(),
  caseId: z.string().describe('名单条目编号'),
  message: z.string().optional().describe('此前已受理、现已移出的，如何再次列入'),
  departments: z.array(z.string()).optional().describe('将通知的有关部门'),
});

/** 失信名单受理、申诉、移出 (第九条) */
export default async function listingRoutes(app: App, api: ApiContext) {
  const authorities = requireRole('registering-authority', 'platform-administrator');
  app.withTypeProvider<ZodTypeProvider>().post(
    '/api/v1/listings',
    {
      preParsing: authorities,
      schema: {
        tags: [CASE_TYPES.listing],
        operationId: 'listing.submit',
        summary: '提交一个失信名单条目；重复提交不产生新的通知',
        body: listingEntrySchema,
        response: {
          200: acceptedSchema.describe('同一条目已受理过'),
          201: acceptedSchema.describe('已受理'),
          ...problems(
            'input.invalid',
            'region.unknown',
            'department.unknown',
            'listing.natural-person',
            'auth.required',
            'access.denied',
            'listing.conflict',
          ),
        },
      },
    },
    async (request, reply) => {
      const [outcome] = await acceptListings(api, signedIn(request), [request.body]);
      if (!outcome || outcome.result === 'rejected') {
        throw new Refusal(outcome?.code ?? 'internal', outcome?.message ?? '', { article: '第九条第一款' });
      }
      return reply.code(outcome.result === 'accepted' ? 201 : 200).send(outcome);
    },
  );
  registerFileImport(app, api, {
    path: '/api/v1/listings/import',
    tag: CASE_TYPES.listing,
    operationId: 'listing.import',
    summary:
      '导入失信名单的列入行和移出行（XLSX；CSV 或 JSONL，UTF-8 或 GB18030，法院名单可用其字段名）；逐行返回结果，最后一行为汇总',
    preParsing: authorities,
    format: LISTING_FILE,
    accept: (account) => (rows, importId) => acceptListingRows(api, account, rows, importId),
  });
  registerCaseQueries(app, api, 'listing');
  registerListingContent(app, api, 'listing');
  // A retired department has no accounts: whoever took over its duty lifts in its place.
  const prepare = async <Order extends object>(order: Order, { case: row }: ListedCase) => ({
    ...order,
    successors: successorsOf(api.reference, (row.facts as ListingFacts).departments ?? [], row.regionCode),
  });
  registerCaseCommands(app, api, 'listing', {
    appeal: {
      prepare: async (order, { case: { facts } }) => {
        if (!isOfCourt((facts as ListingFacts).list)) return order;
        return { ...order, ...courtReviewOf(await currentCalendar(api.db), legalDateOf(legalNow(api).getTime())) };
      },
    },
    upholdAppeal: { prepare },
    remove: {
      prepare: async (order, row) => {
        await refuseEarlyRemoval(api, row.case.caseId, order.ground);
        return prepare(order, row);
      },
    },
  });
}

/** 最短公示期: until then only a decision that is revoked leaves the list. */
async function refuseEarlyRemoval(
  api: ApiContext,
  listingId: string,
  ground: keyof typeof REMOVAL_GROUNDS,
): Promise<void> {
  const { minimumPublicUntil = null } = (await findListing(api.db, listingId)) ?? {};
  const from = removableOnlyFrom(minimumPublicUntil, ground, legalDateOf(legalNow(api).getTime()));
  if (!from) return;
  throw new Refusal('listing.minimum-publicity', `该条目的最短公示期至${minimumPublicUntil}，此前不能移出`, {
    remedy: `请于${from}以后办理；列入决定被撤销的，移出事由请选择“${REMOVAL_GROUNDS.revoked}”`,
    article: '第九条第一款',
  });
}
