import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { openComplaint } from '../../db/intake/complaints.ts';
import type { ListedCase } from '../../db/queries/cases.ts';
import { submitOnce } from '../../db/intake/idempotency.ts';
import { findComplaintReport } from '../../db/queries/public-reports.ts';
import type { complaintBodies } from '../../domain/case-types/complaint/commands.ts';
import type { ComplaintFacts } from '../../domain/case-types/complaint/opening.ts';
import { complaintSchema } from '../../domain/case-types/complaint/report.ts';
import {
  COMPLAINT_ARTICLE,
  COMPLAINT_CATEGORIES,
  COMPLAINT_OUTCOMES,
  MATTERS,
  outcomeFits,
} from '../../domain/case-types/complaint/rules.ts';
import { legalDateOf } from '../../domain/clock/calendar.ts';
import { complaintRuleSet } from '../../domain/rule-sets/complaint-terms.ts';
import type { BodyOf } from '../../domain/case/bodies.ts';
import { CASE_TYPES } from '../../domain/case-types/case-types.ts';
import { Refusal } from '../../domain/errors.ts';
import { caseParams, registerCaseCommands, visibleCase } from '../cases/commands.ts';
import { registerCaseQueries } from '../cases/routes.ts';
import type { ApiContext, App } from '../context.ts';
import { idempotencyHeader, keyOf } from '../http/idempotency.ts';
import { signedIn } from '../plugins/auth.ts';
import { problems } from '../plugins/problems.ts';
import { PUBLIC_LIMIT } from '../http/public-limit.ts';
import { reporterFor } from '../views/reporter.ts';
import { receiptParams, receiptProgressSchema, viewReceipt } from '../views/receipt.ts';

const PUBLIC_TAG = '公众反映';

/** 举报和投诉 (第十三条第四款) */
export default async function complaintRoutes(app: App, api: ApiContext) {
  registerPublic(app, api);
  registerReport(app, api);
  registerCaseQueries(app, api, 'complaint');
  registerCaseCommands(app, api, 'complaint', {
    handle: { check: ({ outcome }, { case: { facts } }) => refuseUnfit(facts, outcome) },
    transfer: {
      check: (transfer, row) => checkTransfer(api, transfer, row),
      prepare: async (transfer, row) => ({ ...transfer, ...(await rulesThere(api, transfer, row)) }),
    },
  });
}

type Transfer = Pick<BodyOf<typeof complaintBodies, 'transfer'>, 'departmentCode' | 'reason'>;

/** @throws Refusal input.invalid for an outcome of the other kind of matter. */
function refuseUnfit({ matter }: ComplaintFacts, outcome: keyof typeof COMPLAINT_OUTCOMES): void {
  if (outcomeFits(matter, outcome)) return;
  const isDispute = matter === 'dispute';
  throw new Refusal('input.invalid', `“${COMPLAINT_OUTCOMES[outcome]}”不是${isDispute ? '投诉' : '举报'}的办理结果`, {
    remedy: isDispute
      ? '投诉请选择达成调解协议或终止调解；发现违法线索的，另按举报办理'
      : '举报请选择核查的结果；消费纠纷另按投诉办理',
    article: COMPLAINT_ARTICLE,
  });
}

/**
 * The rule set of the other department's sector on the day of the report: a complaint keeps the rules under which it was
 * accepted. Complaints of earlier commits keep the platform's norms.
 */
async function rulesThere({ db, reference }: ApiContext, { departmentCode }: Transfer, { case: row }: ListedCase) {
  const { matter }: ComplaintFacts = row.facts;
  const report = matter && (await findComplaintReport(db, row.caseNo));
  const sector = reference.departments.get(departmentCode)?.sector ?? '';
  const ruleSet = report && complaintRuleSet(sector, legalDateOf(report.reportedAt.getTime()));
  return ruleSet ? { ruleSet } : {};
}

/** The named department must be in office, cover the region, and be another than the present one. */
function checkTransfer({ reference }: ApiContext, { departmentCode }: Transfer, { case: row }: ListedCase) {
  const department = reference.departments.get(departmentCode);
  const covers = department && reference.regions.contains(department.regionCode, row.regionCode);
  const inOffice = department && reference.router.route(department.sector, department.regionCode);
  if (!covers || inOffice?.department.code !== departmentCode || department.sector === 'registration') {
    throw new Refusal('department.unknown', `没有管辖该区域的部门“${departmentCode}”`, {
      remedy: '请从 GET /api/v1/departments 中选择本级或上级部门',
      article: COMPLAINT_ARTICLE,
    });
  }
  if (departmentCode === row.departmentCode) {
    throw new Refusal('complaint.same-department', '受移送的部门就是承办部门', {
      remedy: '请选择其他部门，或由本部门受理',
      article: COMPLAINT_ARTICLE,
    });
  }
}

const complaintReportSchema = z
  .object({
    receiptNo: z.string(),
    matterTitle: z.string(),
    traderPlace: z.string().nullable().describe('没有统一社会信用代码的，举报人所述的经营地点'),
    business: z.string().nullable().describe('举报人所述的经营内容'),
    category: z.string(),
    categoryTitle: z.string(),
    content: z.string(),
    reporterName: z.string().nullable(),
    contact: z.string().nullable(),
    reportedAt: z.iso.datetime(),
  })
  .meta({ id: 'ComplaintReport' });

export type ComplaintReport = z.infer<typeof complaintReportSchema>;

function registerReport(app: App, api: ApiContext): void {
  app.withTypeProvider<ZodTypeProvider>().get(
    '/api/v1/complaints/:caseId/report',
    {
      schema: {
        tags: [CASE_TYPES.complaint],
        operationId: 'complaint.report',
        summary: '举报的内容和举报人（承办部门和本辖区的机关）',
        params: caseParams,
        response: {
          200: complaintReportSchema,
          ...problems('auth.required', 'access.denied', 'resource.not-found'),
        },
      },
    },
    async (request): Promise<ComplaintReport> => {
      const account = signedIn(request);
      const { case: row } = await visibleCase(api, account, 'complaint', request.params.caseId);
      // A department that transferred the report may no longer see who reported.
      if (row.stage === 'transferred' && account.departmentCode === row.departmentCode) {
        throw new Refusal('access.denied', '该举报已移送，举报人的信息由受移送的部门保管', {
          remedy: '请与受移送的部门联系',
          article: COMPLAINT_ARTICLE,
        });
      }
      const report = await findComplaintReport(api.db, row.caseNo);
      // The report is never missing: it is written in the transaction that writes the case.
      const { receiptNo, matter, traderPlace, business, category, content, reportedAt } = report!;
      const { reporterName, contact } = reporterFor(account, report!);
      const { title: categoryTitle } = COMPLAINT_CATEGORIES[category];
      const at = reportedAt.toISOString();
      return {
        receiptNo,
        matterTitle: MATTERS[matter],
        traderPlace,
        business,
        category,
        categoryTitle,
        content,
        reporterName,
        contact,
        reportedAt: at,
      };
    },
  );
}

const receiptSchema = z.object({ receiptNo: z.string().describe('回执号') });

export type Receipt = z.infer<typeof receiptSchema>;

function registerPublic(app: App, api: ApiContext): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  routes.post(
    '/api/v1/public/complaints',
    {
      config: { rateLimit: PUBLIC_LIMIT },
      schema: {
        tags: [PUBLIC_TAG],
        operationId: 'complaint.reportPublic',
        summary: '举报违法经营或投诉消费纠纷，凭回执号查询进度',
        security: [],
        headers: idempotencyHeader,
        body: complaintSchema,
        response: {
          201: receiptSchema,
          ...problems(
            'input.invalid',
            'uscc.invalid',
            'region.unknown',
            'department.unknown',
            'resource.not-found',
            'complaint.enterprise-unregistered',
            'attachment.unknown',
            'attachment.refused',
            'idempotency.key-reused',
          ),
        },
      },
    },
    async (request, reply) => {
      const submission = { key: keyOf(request), content: [request.routeOptions.url, request.body] };
      const receiptNo = await submitOnce(api.db, submission, (tx) => openComplaint({ ...api, db: tx }, request.body));
      return reply.code(201).send({ receiptNo });
    },
  );
  routes.get(
    '/api/v1/public/complaints/:receiptNo',
    {
      config: { rateLimit: PUBLIC_LIMIT },
      schema: {
        tags: [PUBLIC_TAG],
        operationId: 'complaint.progress',
        summary: '凭回执号查询举报的办理进度',
        security: [],
        params: receiptParams,
        response: { 200: receiptProgressSchema, ...problems('input.invalid', 'resource.not-found') },
      },
    },
    async ({ params }) => viewReceipt(api, params.receiptNo, 'complaint'),
  );
}
