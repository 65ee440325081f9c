import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { catalogueVersions, findCatalogue } from '../../db/queries/catalogues.ts';
import { limitInForce } from '../../db/queries/limits.ts';
import { listChanges, publishCatalogue, setDepartment, setLimit } from '../../db/reference/changes.ts';
import { reloadReference } from '../../db/reference/watch.ts';
import { isWithin } from '../../domain/organs/region-code.ts';
import { Refusal } from '../../domain/errors.ts';
import { requiredText } from '../../domain/fields.ts';
import { LIMITS, RUNGS } from '../../domain/clock/limits.ts';
import { catalogueSchema } from '../../domain/scope/catalogue.ts';
import type { ApiContext, App } from '../context.ts';
import { requireProvince, requireRole, signedIn } from '../plugins/auth.ts';
import { idPageQuery } from '../http/id-pages.ts';
import { problems } from '../plugins/problems.ts';
import { keysOf } from '../../domain/keys.ts';
import { limitCode, limitKind, rungCode } from '../views/codes.ts';

const TAG = '基础数据管理';
const reason = requiredText('依据', 500);
const rungs = keysOf(RUNGS);
const limitIds = keysOf(LIMITS);

const settingSchema = z
  .object({
    workingDays: z.number().int().min(1).max(60).describe('工作日数；法定期限不能更改'),
    ladder: z.array(z.enum(rungs)).max(rungs.length).describe('提醒与督办的节点'),
    reason,
  })
  .describe('设定期限');

const departmentSchema = z
  .object({
    name: requiredText('部门名称', 100),
    retired: z.boolean().default(false).describe('撤销：不再向其推送，在办事项仍由其办理'),
    reason,
  })
  .describe('设立、更名或撤销部门');

const changed = z.object({ changed: z.literal(true) });
const ERRORS = ['input.invalid', 'auth.required', 'access.denied'] as const;
const administrators = requireRole('platform-administrator');
const provinceAdministrators = [administrators, requireProvince];
const readers = requireRole('platform-administrator', 'auditor', 'supervisor');

/** 基础数据：期限、目录、部门的变更，按版本、有依据、不溯及既往 */
export default async function adminReferenceRoutes(app: App, api: ApiContext) {
  registerLimits(app, api);
  registerCatalogues(app, api);
  registerCatalogueContent(app, api);
  registerDepartments(app, api);
  registerChanges(app, api);
}

function registerLimits(app: App, api: ApiContext): void {
  app.withTypeProvider<ZodTypeProvider>().put(
    '/api/v1/admin/limits/:limitId',
    {
      preParsing: provinceAdministrators,
      schema: {
        tags: [TAG],
        operationId: 'limit.set',
        summary: '设定办理时限的工作日数和节点；对此后开始的期限生效，已开始的不变',
        params: z.object({ limitId: z.enum(limitIds, '没有这一期限') }),
        body: settingSchema,
        response: {
          200: changed,
          ...problems(
            ...ERRORS,
            'resource.not-found',
            'limit.statutory',
            'limit.ladder-incomplete',
            'limit.supervises-nobody',
          ),
        },
      },
    },
    async (request) => {
      await setLimit(api, signedIn(request), request.params.limitId, request.body);
      return { changed: true as const };
    },
  );
  app.withTypeProvider<ZodTypeProvider>().get(
    '/api/v1/admin/limits',
    {
      preParsing: readers,
      schema: {
        tags: [TAG],
        operationId: 'limit.inForce',
        summary: '现行的期限',
        response: {
          200: z.object({
            items: z.array(
              z.object({
                id: limitCode,
                title: z.string(),
                kind: limitKind,
                workingDays: z.number(),
                ladder: z.array(rungCode),
              }),
            ),
          }),
          ...problems('auth.required', 'access.denied'),
        },
      },
    },
    async () => ({
      items: await Promise.all(
        limitIds.map(async (id) => {
          const { title, kind, workingDays, ladder } = await limitInForce(api.db, id);
          return { id, title, kind, workingDays, ladder: [...ladder] };
        }),
      ),
    }),
  );
}

function registerCatalogues(app: App, api: ApiContext): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  routes.post(
    '/api/v1/admin/catalogues',
    {
      preParsing: provinceAdministrators,
      schema: {
        tags: [TAG],
        operationId: 'catalogue.publish',
        summary: '载入新版后置审批事项目录；此后的登记按新版比对，以前的保留原版本',
        body: z.object({ catalogue: catalogueSchema, reason }),
        response: {
          201: z.object({ version: z.string() }),
          ...problems(...ERRORS, 'catalogue.version-taken', 'sector.unknown'),
        },
      },
    },
    async (request, reply) => {
      const { catalogue, reason: basis } = request.body;
      await publishCatalogue(api, signedIn(request), catalogue, basis);
      // Whoever made the change sees it at once; other processes are notified a moment later.
      await reloadReference(api);
      return reply.code(201).send({ version: catalogue.version });
    },
  );
  routes.get(
    '/api/v1/admin/catalogues',
    {
      preParsing: readers,
      schema: {
        tags: [TAG],
        operationId: 'catalogue.versions',
        summary: '目录的全部版本，新的在前',
        response: {
          200: z.object({ items: z.array(z.object({ version: z.string() })) }),
          ...problems('auth.required', 'access.denied'),
        },
      },
    },
    async () => ({
      items: await catalogueVersions(api.db),
    }),
  );
}

function registerCatalogueContent(app: App, api: ApiContext): void {
  app.withTypeProvider<ZodTypeProvider>().get(
    '/api/v1/admin/catalogues/:version',
    {
      preParsing: readers,
      schema: {
        tags: [TAG],
        operationId: 'catalogue.readVersion',
        summary: '一个版本的目录内容：过去的登记按哪些关键词比对',
        params: z.object({ version: z.string().max(100) }),
        response: {
          200: z.object({ version: z.string(), catalogue: z.record(z.string(), z.unknown()).describe('目录内容') }),
          ...problems('auth.required', 'access.denied', 'resource.not-found'),
        },
      },
    },
    async (request) => {
      const { version } = request.params;
      const row = await findCatalogue(api.db, version);
      if (!row) throw new Refusal('resource.not-found', '没有这个版本的目录', { remedy: '请核对版本号' });
      return { version, catalogue: row.content };
    },
  );
}

function registerDepartments(app: App, api: ApiContext): void {
  app.withTypeProvider<ZodTypeProvider>().put(
    '/api/v1/admin/departments/:code',
    {
      preParsing: administrators,
      schema: {
        tags: [TAG],
        operationId: 'department.set',
        summary: '设立、更名或撤销部门（代码为“行政区划代码-部门类别”）',
        params: z.object({ code: z.string().regex(/^\d{6}-[a-z]+(-[a-z]+)*$/, '部门代码应为“行政区划代码-部门类别”') }),
        body: departmentSchema,
        response: { 200: changed, ...problems(...ERRORS, 'resource.not-found', 'region.unknown', 'sector.unknown') },
      },
    },
    async (request) => {
      const account = signedIn(request);
      const { code } = request.params;
      const [regionCode = '', ...rest] = code.split('-');
      const region = api.reference.regions.resolve(regionCode);
      if (!region) throw new Refusal('region.unknown', `行政区划代码${regionCode}不存在`, { remedy: '请核对部门代码' });
      if (!isWithin(region.code, account.regionCode)) {
        throw new Refusal('access.denied', '该部门不在您的管理区域内', { remedy: '请由有权的平台管理员办理' });
      }
      const sector = rest.join('-');
      if (!api.reference.sectors.has(sector)) {
        throw new Refusal('sector.unknown', `行业“${sector}”不在行业表中`, {
          remedy: '请核对部门代码，或者先导入行业',
        });
      }
      const department = { code, sector, regionCode: region.code, name: request.body.name };
      await setDepartment(api, account, department, request.body);
      await reloadReference(api);
      return { changed: true as const };
    },
  );
}

function registerChanges(app: App, api: ApiContext): void {
  app.withTypeProvider<ZodTypeProvider>().get(
    '/api/v1/admin/changes',
    {
      preParsing: readers,
      schema: {
        tags: [TAG],
        operationId: 'reference.changes',
        summary: '基础数据的变更记录，新的在前；账号的变更限本区域的平台管理员和审计人员查看',
        querystring: z.object({
          ...idPageQuery(500),
        }),
        response: {
          200: z.object({
            items: z.array(
              z.object({
                id: z.number().int(),
                subject: z.string(),
                key: z.string(),
                before: z.unknown(),
                after: z.unknown(),
                reason: z.string(),
                changedBy: z.string(),
                at: z.iso.datetime(),
              }),
            ),
          }),
          ...problems('input.invalid', 'auth.required', 'access.denied'),
        },
      },
    },
    async (request) => {
      const rows = await listChanges(api.db, signedIn(request), request.query);
      return { items: rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() })) };
    },
  );
}
