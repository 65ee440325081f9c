import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { currentCalendar } from '../../db/queries/calendar.ts';
import { findRecord, isOwn, recordsOf, versionsOf } from '../../db/queries/records.ts';
import { publicationId } from '../../domain/case/id.ts';
import { Refusal } from '../../domain/errors.ts';
import type { ApiContext, App } from '../context.ts';
import { signedIn } from '../plugins/auth.ts';
import { problems } from '../plugins/problems.ts';
import {
  attributionSchema,
  recordSummarySchema,
  recordVersionSchema,
  viewAttribution,
  viewRecordSummary,
  viewRecordVersion,
} from '../views/record.ts';
import { enterpriseOf, usccParams } from './enterprises.ts';

/** 一条信息和企业名下的信息：部门和机关查询 (第五条) */
export default async function recordRoutes(app: App, api: ApiContext) {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  routes.get(
    '/api/v1/enterprises/:uscc/records',
    {
      schema: {
        tags: ['信息归集公示'],
        operationId: 'enterprise.records',
        summary: '企业名下的信息：已公示的，以及本部门归集、本辖区待公示的',
        params: usccParams,
        response: {
          200: z.object({ items: z.array(recordSummarySchema) }),
          ...problems('auth.required', 'resource.not-found'),
        },
      },
    },
    async (request) => {
      const account = signedIn(request);
      const { uscc } = await enterpriseOf(api, request.params.uscc);
      return { items: (await recordsOf(api.db, account, uscc)).map(viewRecordSummary) };
    },
  );
  routes.get(
    '/api/v1/records/:recordId',
    {
      schema: {
        tags: ['信息归集公示'],
        operationId: 'record.read',
        summary: '一条信息的各个版本和时间归属',
        params: z.object({ recordId: z.string().max(64) }),
        response: {
          200: recordSummarySchema.extend({ versions: z.array(recordVersionSchema), attribution: attributionSchema }),
          ...problems('auth.required', 'resource.not-found'),
        },
      },
    },
    async (request) => {
      const account = signedIn(request);
      const record = await findRecord(api.db, request.params.recordId);
      const own = record !== undefined && isOwn(account, record);
      if (!record || (!own && !record.publishedAt)) {
        throw new Refusal('resource.not-found', '没有这条信息，或尚未公示', { remedy: '请核对信息编号' });
      }
      // Versions that were never shown are visible to the department that works on the record only.
      const versions = (await versionsOf(api.db, record.recordId)).filter(({ shownFrom }) => own || shownFrom);
      return {
        ...viewRecordSummary(record),
        versions: versions.map((version) => viewRecordVersion(record, version, own)),
        attribution: await viewAttribution(api, await currentCalendar(api.db), {
          ...record,
          caseId: publicationId(record.recordId),
        }),
      };
    },
  );
}
