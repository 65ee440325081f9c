/**
 * What a list says about an enterprise, for those who work on a case about it: texts and names stay in PostgreSQL (第十九条).
 */
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { measuresOf } from '../../db/queries/measures.ts';
import { findListing, measuresTaken, restrictionsOf } from '../../db/queries/restrictions.ts';
import type { CaseType } from '../../domain/case/id.ts';
import type { SanctionLiftingFacts } from '../../domain/case-types/sanction-lifting/opening.ts';
import { CASE_TYPES, NOUNS } from '../../domain/case-types/case-types.ts';
import { DISHONESTY_LISTS } from '../../domain/publicity/dishonesty-lists.ts';
import { LISTING_GROUNDS } from '../../domain/rule-sets/listing-rules.ts';
import { SEVERITIES } from '../../domain/rule-sets/penalty-publicity.ts';
import { Refusal } from '../../domain/errors.ts';
import { keysOf } from '../../domain/keys.ts';
import { caseParams, visibleCase } from '../cases/commands.ts';
import { legalNow, type ApiContext, type App } from '../context.ts';
import { signedIn } from '../plugins/auth.ts';
import { problems } from '../plugins/problems.ts';
import { dishonestyList } from '../views/codes.ts';
import { restrictionSchema, viewRestrictions } from '../views/restriction.ts';

const contentSchema = z
  .object({
    listingId: z.string(),
    list: dishonestyList,
    listTitle: z.string(),
    documentNo: z.string(),
    uscc: z.string(),
    authority: z.string().describe('列入机关或执行法院'),
    authorityCode: z.string().nullable().describe('列入机关的部门代码；空：人民法院'),
    authorityName: z.string().nullable().describe('列入机关在平台上的名称；空：人民法院'),
    ground: z.string().nullable().describe('列入事由类别的代码；空：来源的文字不是该名单的法定事由'),
    groundTitle: z.string().nullable().describe('列入事由类别'),
    severity: z.enum(keysOf(SEVERITIES)).nullable().describe('失信严重程度'),
    severityTitle: z.string().nullable(),
    grounds: z.string().describe('列入事由'),
    listedOn: z.string(),
    listedUntil: z.string().nullable().describe('列入期限至（含当日）；空：至移出之日'),
    minimumPublicUntil: z.string().nullable().describe('最短公示期至（含当日）：此前不受理信用修复'),
    regionCode: z.string(),
    removedAt: z.iso.datetime().nullable().describe('移出名单的时间'),
    content: z.record(z.string(), z.unknown()).describe('受理时的全部字段'),
    measures: z
      .array(z.object({ id: z.string(), domain: z.string(), measure: z.string(), basis: z.string() }))
      .describe(
        '本部门可以采取的措施；名单条目的，为该名单的全部措施；解除事项的，为本部门（或由本部门承接的已撤销部门）已采取、应当解除的措施',
      ),
    measuresVersion: z.string(),
    decided: z.array(restrictionSchema).describe('惩戒通知：本部门对该企业已决定的限制'),
    inPlaceOf: z.string().nullable().describe('解除事项：代其解除的已撤销部门'),
  })
  .meta({ id: 'ListingContent' });

export type ListingContent = z.infer<typeof contentSchema>;

/** `GET /api/v1/{noun}/{caseId}/listing` */
export function registerListingContent(app: App, api: ApiContext, caseType: CaseType): void {
  app.withTypeProvider<ZodTypeProvider>().get(
    `/api/v1/${NOUNS[caseType]}/:caseId/listing`,
    {
      schema: {
        tags: [CASE_TYPES[caseType]],
        operationId: `${caseType}.listing`,
        summary: '失信信息：名单条目的内容和可以采取（解除事项：应当解除）的措施（第九条）',
        params: caseParams,
        response: { 200: contentSchema, ...problems('auth.required', 'resource.not-found') },
      },
    },
    async (request) => {
      const { case: row } = await visibleCase(api, signedIn(request), caseType, request.params.caseId);
      const listing = await findListing(api.db, row.parentCaseId ?? row.caseId);
      if (!listing) throw new Refusal('resource.not-found', '没有这个名单条目', { remedy: '请核对事项编号' });
      const { restrictedBy }: SanctionLiftingFacts = row.facts;
      const own =
        caseType === 'sanctionLifting'
          ? await measuresTaken(api.db, listing.listingId, restrictedBy ?? row.departmentCode ?? '')
          : (row.facts.measureIds as string[] | undefined);
      const editions = await measuresOf(api.db, [listing.measuresVersion]);
      const measures = (editions.get(listing.measuresVersion) ?? []).filter(({ id, lists }) =>
        own ? own.includes(id) : lists.some((list) => list === listing.list),
      );
      const decided = caseType === 'sanctionNotice' ? await restrictionsOf(api.db, row.caseId, legalNow(api)) : [];
      return {
        ...listing,
        decided: await viewRestrictions(api, decided),
        listTitle: DISHONESTY_LISTS[listing.list],
        authorityName: (listing.authorityCode && api.reference.departments.get(listing.authorityCode)?.name) ?? null,
        groundTitle: (listing.ground && LISTING_GROUNDS[listing.ground]) ?? null,
        severityTitle: listing.severity && SEVERITIES[listing.severity],
        removedAt: listing.removedAt?.toISOString() ?? null,
        measures,
        inPlaceOf: (restrictedBy && api.reference.departments.get(restrictedBy)?.name) ?? null,
      };
    },
  );
}
