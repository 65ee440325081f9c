import type { FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { acceptRegistrations } from '../../db/intake/registrations.ts';
import { casesNumbered, hitsOf, registrationOf } from '../../db/queries/cases.ts';
import type { Account } from '../../db/queries/accounts.ts';
import { wasRegisteredIn } from '../../db/queries/registrations.ts';
import { isOfRegistration, type CaseType } from '../../domain/case/id.ts';
import { Refusal } from '../../domain/errors.ts';
import { isWithin } from '../../domain/organs/region-code.ts';
import { isOfDepartment } from '../../domain/organs/roles.ts';
import type { RegistrationEvent } from '../../domain/registration/words.ts';
import { registrationInputSchema } from '../../domain/registration/registration.ts';
import type { ApiContext, App } from '../context.ts';
import { registerFileImport } from '../import/file-import.ts';
import { registerImportReport } from '../import/import-report.ts';
import { requireRole, signedIn } from '../plugins/auth.ts';
import { problems } from '../plugins/problems.ts';
import { REGISTRATION_FILE } from '../import/registration-file.ts';
import { qualifierSchema } from '../views/qualifier.ts';
import { contactSchema, registrationDetailsSchema } from '../views/registration.ts';
import {
  caseTypeCode,
  publishedStanding,
  registrationEvent,
  registrationKind,
  registrationOrigin,
  scopeSection,
} from '../views/codes.ts';
import { registerRegistrationList } from './registration-list.ts';

const TAG = '登记信息';
const acceptedSchema = z.object({
  result: z.enum(['accepted', 'duplicate']),
  registrationNo: z.string(),
  caseIds: z.array(z.string()).optional().describe('由此产生的推送或公示事项'),
  items: z.array(z.string()).optional().describe('命中的后置审批事项编号，含依限定只须备案的'),
  published: z.boolean().describe('不涉及审批：没有推送，已公示供各部门查询认领，没有期限'),
  late: z.boolean().optional().describe('超过移交的时限（服务标准）：照常受理并标明'),
  unreadFields: z.array(z.string()).optional().describe('没有读取的字段：平台不认识其名称'),
});

/** 登记信息受理：逐条与成批 (第七条第一、二款) */
export default async function registrationRoutes(app: App, api: ApiContext) {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const authorities = requireRole('registering-authority', 'platform-administrator');

  routes.post(
    '/api/v1/registrations',
    {
      preParsing: authorities,
      config: { unknownFields: 'named' },
      schema: {
        tags: [TAG],
        operationId: 'registration.submit',
        summary: '提交一条登记信息；重复提交不产生新的推送，不认识的字段不读取并在答复中列出',
        body: registrationInputSchema,
        response: {
          200: acceptedSchema.describe('同一登记已受理过'),
          201: acceptedSchema.describe('已受理'),
          ...problems(
            'input.invalid',
            'auth.required',
            'access.denied',
            'registration.conflict',
            'registration.not-moved-out',
          ),
        },
      },
    },
    async (request, reply) => {
      const [outcome] = await acceptRegistrations(api, signedIn(request), [request.body]);
      if (!outcome || outcome.result === 'rejected') {
        throw new Refusal(outcome?.code ?? 'internal', outcome?.message ?? '', { article: '第七条第二款' });
      }
      const { unreadFields } = request;
      const answer = { ...outcome, ...(unreadFields.length > 0 && { unreadFields }) };
      return reply.code(outcome.result === 'accepted' ? 201 : 200).send(answer);
    },
  );

  routes.get(
    '/api/v1/registrations/:registrationNo',
    {
      schema: {
        tags: [TAG],
        operationId: 'registration.read',
        summary: '登记信息及其命中的关键词和产生的事项',
        params: z.object({ registrationNo: z.string().max(64) }),
        response: { 200: registrationViewSchema, ...problems('auth.required', 'resource.not-found') },
      },
    },
    async (request) => viewRegistration(api, request, request.params.registrationNo),
  );

  registerFileImport(app, api, {
    path: '/api/v1/registrations/import',
    tag: TAG,
    operationId: 'registration.import',
    summary: '导入一天的登记信息（XLSX；CSV 或 JSONL，UTF-8 或 GB18030）；逐行返回结果，最后一行为汇总',
    preParsing: authorities,
    format: REGISTRATION_FILE,
    accept: (account) => (values, importId) => acceptRegistrations(api, account, values, importId),
  });
  registerImportReport(app, api);
  registerRegistrationList(app, api, TAG);
}

const registrationViewSchema = z.object({
  registrationNo: z.string(),
  uscc: z.string(),
  name: z.string(),
  kind: registrationKind,
  origin: registrationOrigin,
  regionCode: z.string(),
  scope: z.string(),
  event: registrationEvent,
  registeredOn: z.string(),
  late: z.boolean().describe('超过移交的时限（服务标准）'),
  details: registrationDetailsSchema.nullable().describe('登记事项的内容和变更前后的内容'),
  contact: contactSchema.optional().describe('联系人：只告知承办的部门和登记、督查、管理机关'),
  catalogueVersion: z.string(),
  acceptedAt: z.iso.datetime(),
  published: publishedStanding.nullable().describe('不涉及审批而公示的：认领与否'),
  hits: z.array(
    z.object({
      itemId: z.string(),
      keyword: z.string(),
      clause: z.string(),
      start: z.number().int(),
      end: z.number().int(),
      section: scopeSection.nullable(),
      departmentCode: z.string().nullable().describe('空：没有对应的审批部门，已公示认领；或者依限定无须办理'),
      qualifier: qualifierSchema.optional().describe('经营范围中的限定，因此只须备案或者无须办理'),
    }),
  ),
  cases: z.array(
    z.object({ caseId: z.string(), caseType: caseTypeCode, stage: z.string(), departmentCode: z.string().nullable() }),
  ),
});

const isSupervising = (
  { caseType, departmentCode }: { caseType: CaseType; departmentCode: string | null },
  account: Account,
) => caseType === 'registrationPush' && departmentCode !== account.departmentCode;

/** 迁入: the authority that let the enterprise go sees where it is now. */
const hasLeft = async (
  api: ApiContext,
  account: Account,
  { event, uscc }: { event: RegistrationEvent; uscc: string },
) => event === 'moveIn' && !isOfDepartment(account) && (await wasRegisteredIn(api.db, uscc, account.regionCode));

async function viewRegistration(api: ApiContext, request: FastifyRequest, registrationNo: string) {
  const account = signedIn(request);
  const row = await registrationOf(api.db, registrationNo);
  const numbered = await casesNumbered(api.db, account, registrationNo);
  // Case ids also number records and complaints; only those of a registration open it to an account.
  const visible = numbered.filter(({ caseId }) => isOfRegistration(caseId));
  const isDepartment = isOfDepartment(account);
  const isHere =
    row !== undefined && (isWithin(row.regionCode, account.regionCode) || (await hasLeft(api, account, row)));
  const readable = row && (isDepartment ? visible.length > 0 || (isHere && row.published !== null) : isHere);
  if (!readable) {
    throw new Refusal('resource.not-found', '没有这条登记信息，或不在您的管辖范围', { remedy: '请核对登记编号' });
  }
  const hits = (await hitsOf(api.db, registrationNo)).map(({ qualifier, ...hit }) => ({
    ...hit,
    ...(qualifier && { qualifier }),
  }));
  // A department sees why it was told itself, not what others were told.
  const own = new Set(
    visible.flatMap(({ facts }) => (Array.isArray(facts.itemIds) ? (facts.itemIds as string[]) : [])),
  );
  const { contact, ...told } = row;
  return {
    ...told,
    // Whoever only reads what is published or supervises is not told whom to call.
    ...(contact && (!isDepartment || visible.some((one) => !isSupervising(one, account))) && { contact }),
    acceptedAt: row.acceptedAt.toISOString(),
    // Why nothing is called for concerns no other department.
    hits: isDepartment ? hits.filter((hit) => own.has(hit.itemId) || hit.qualifier?.effect === 'none') : hits,
    cases: visible,
  };
}
