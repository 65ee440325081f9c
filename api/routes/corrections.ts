import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  applyForContent,
  applyForWithdrawal,
  refuseSuperseded,
  refuseUncorrected,
} from '../../db/records/correction-applications.ts';
import { openOwnCorrection, openPublicCorrection } from '../../db/intake/corrections.ts';
import { submitOnce } from '../../db/intake/idempotency.ts';
import type { ListedCase } from '../../db/queries/cases.ts';
import { findCorrectionReport } from '../../db/queries/public-reports.ts';
import { ownErrorSchema, publicReportSchema } from '../../domain/case-types/correction/report.ts';
import { CASE_TYPES } from '../../domain/case-types/case-types.ts';
import { refuseBarred } from '../../domain/case-types/publication/plan.ts';
import { legalDateOf } from '../../domain/clock/calendar.ts';
import { Refusal } from '../../domain/errors.ts';
import { registerCaseCommands, visibleCase } from '../cases/commands.ts';
import { registerCaseQueries } from '../cases/routes.ts';
import { legalNow, type ApiContext, type App } from '../context.ts';
import { idempotencyHeader, keyOf } from '../http/idempotency.ts';
import { requireRole, signedIn } from '../plugins/auth.ts';
import { problems } from '../plugins/problems.ts';
import { PUBLIC_LIMIT } from '../http/public-limit.ts';
import { reporterFor } from '../views/reporter.ts';
import { receiptParams, receiptProgressSchema, viewReceipt } from '../views/receipt.ts';
import type { CorrectionFacts } from '../../domain/case-types/correction/opening.ts';

const PUBLIC_TAG = '公众反映';

/** 更正：部门自行发现、公众反映 (第十八条) */
export default async function correctionRoutes(app: App, api: ApiContext) {
  registerOwn(app, api);
  registerPublic(app, api);
  registerCaseQueries(app, api, 'correction');
  registerCommands(app, api);
}

/** Checks that need the record's other applications, beside the case's own stage. */
function registerCommands(app: App, api: ApiContext): void {
  const of = (row: ListedCase) => ({ caseId: row.case.caseId, recordId: String(row.case.facts['recordId']) });
  registerCaseCommands(app, api, 'correction', {
    apply: {
      async prepare({ statement, content, attachmentIds: ids }, row, account) {
        const application = { ...of(row), attachmentIds: ids };
        const department = api.reference.departments.get(row.case.departmentCode ?? '') ?? { sector: '' };
        refuseBarred(department, content, legalDateOf(legalNow(api).getTime()));
        return { statement, version: await applyForContent(api, account, application, content) };
      },
    },
    applyWithdrawal: {
      async prepare({ statement, attachmentIds: ids }, row, account) {
        return { statement, version: await applyForWithdrawal(api, account, { ...of(row), attachmentIds: ids }) };
      },
    },
    approve: {
      prepare: (body, { case: { facts } }) => current(api, facts, '请复核退回，对照现在公示的内容重新申请', body),
    },
    execute: {
      prepare: (body, { case: { facts } }) => current(api, facts, '请退回部门，对照现在公示的内容重新申请', body),
    },
    conclude: {
      async prepare(body, { case: { facts } }) {
        await refuseUncorrected(api.db, facts);
        return body;
      },
    },
  });
}

/** @throws Refusal correction.superseded */
async function current<Body>(api: ApiContext, facts: CorrectionFacts, remedy: string, body: Body): Promise<Body> {
  await refuseSuperseded(api.db, facts, remedy);
  return body;
}

function registerOwn(app: App, api: ApiContext): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const openedSchema = z.object({ caseId: z.string() });
  routes.post(
    '/api/v1/corrections',
    {
      preParsing: requireRole('department-officer', 'department-lead'),
      schema: {
        tags: [CASE_TYPES.correction],
        operationId: 'correction.open',
        summary: '部门发现本部门提供的数据有误；同一版本重复提交不产生新的事项',
        body: ownErrorSchema,
        response: {
          200: openedSchema.describe('已有更正事项'),
          201: openedSchema.describe('已受理'),
          ...problems('input.invalid', 'auth.required', 'access.denied', 'resource.not-found', 'calendar.insufficient'),
        },
      },
    },
    async (request, reply) => {
      const { caseId, opened } = await openOwnCorrection(api, signedIn(request), request.body);
      return reply.code(opened ? 201 : 200).send({ caseId });
    },
  );
  routes.get(
    '/api/v1/corrections/:caseId/report',
    {
      schema: {
        tags: [CASE_TYPES.correction],
        operationId: 'correction.report',
        summary: '反映的内容和反映人（承办部门和本辖区的机关）',
        params: z.object({ caseId: z.string().max(300) }),
        response: {
          200: z.object({
            recordId: z.string(),
            content: z.string(),
            reporterName: z.string().nullable(),
            contact: z.string().nullable(),
            reportedAt: z.iso.datetime(),
          }),
          ...problems('auth.required', 'resource.not-found'),
        },
      },
    },
    async (request) => {
      const account = signedIn(request);
      const row = await visibleCase(api, account, 'correction', request.params.caseId);
      const report = await findCorrectionReport(api.db, row.case.caseId);
      if (!report) throw new Refusal('resource.not-found', '没有反映的内容', { remedy: '请核对事项编号' });
      const { recordId, content, reportedAt } = report;
      const { reporterName, contact } = reporterFor(account, report);
      return { recordId, content, reporterName, contact, reportedAt: reportedAt.toISOString() };
    },
  );
}

function registerPublic(app: App, api: ApiContext): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  routes.post(
    '/api/v1/public/corrections',
    {
      config: { rateLimit: PUBLIC_LIMIT },
      schema: {
        tags: [PUBLIC_TAG],
        operationId: 'correction.reportPublic',
        summary: '反映公示的数据有误，凭回执号查询进度',
        security: [],
        headers: idempotencyHeader,
        body: publicReportSchema,
        response: {
          201: z.object({ receiptNo: z.string().describe('回执号') }),
          ...problems('input.invalid', 'resource.not-found', 'attachment.unknown', 'idempotency.key-reused'),
        },
      },
    },
    async (request, reply) => {
      const submission = { key: keyOf(request), content: [request.routeOptions.url, request.body] };
      const receiptNo = await submitOnce(api.db, submission, (tx) =>
        openPublicCorrection({ ...api, db: tx }, request.body),
      );
      return reply.code(201).send({ receiptNo });
    },
  );
  routes.get(
    '/api/v1/public/corrections/:receiptNo',
    {
      config: { rateLimit: PUBLIC_LIMIT },
      schema: {
        tags: [PUBLIC_TAG],
        operationId: 'correction.progress',
        summary: '凭回执号查询办理进度',
        security: [],
        params: receiptParams,
        response: { 200: receiptProgressSchema, ...problems('input.invalid', 'resource.not-found') },
      },
    },
    async ({ params }) => viewReceipt(api, params.receiptNo, 'correction'),
  );
}
