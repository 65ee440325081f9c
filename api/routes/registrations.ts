import { Readable } from 'node:stream';
import multipart, { type MultipartFile } from '@fastify/multipart';
import { and, asc, eq } from 'drizzle-orm';
import type { FastifyError, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { acceptRegistrations } from '../../db/intake.ts';
import { hitsOf, visibleTo } from '../../db/queries/cases.ts';
import { cases, importRejections, imports, registrations } from '../../db/schema.ts';
import { Refusal } from '../../domain/errors.ts';
import { isWithin } from '../../domain/region-code.ts';
import { registrationInputSchema } from '../../domain/registration.ts';
import type { App } from '../app.ts';
import type { ApiContext } from '../context.ts';
import { requireRole, signedIn } from '../plugins/auth.ts';
import { problems } from '../plugins/problems.ts';
import { parseRegistrationFile } from '../registration-file.ts';
import { importRegistrations } from '../registration-import.ts';
import { streamedText } from '../streaming.ts';

const TAG = '登记信息';
/** A province's whole day, 100,000 registrations with long scopes, stays far below. */
const FILE_LIMIT = 512 * 1024 * 1024;
/**
 * Many clients read nothing until they have sent the whole file. Results that they do not take yet wait here, some hundred
 * bytes each, up to the rows that a file may have: otherwise both sides would wait for each other for ever.
 */
const RESULTS_AHEAD = 250_000;
const FILE_TYPES = ['text/csv', 'text/plain', 'application/x-ndjson', 'application/jsonl', 'application/octet-stream'];

const acceptedSchema = z.object({
  result: z.enum(['accepted', 'duplicate']),
  registrationNo: z.string(),
  caseIds: z.array(z.string()).optional().describe('由此产生的推送或公示事项'),
  items: z.array(z.string()).optional().describe('命中的后置审批事项编号'),
});

/** 登记信息受理：逐条与成批 (第七条第一、二款) */
export default async function registrationRoutes(app: App, api: ApiContext) {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const authorities = requireRole('registering-authority', 'platform-administrator');

  routes.post(
    '/api/v1/registrations',
    {
      preHandler: authorities,
      schema: {
        tags: [TAG],
        operationId: 'registration.submit',
        summary: '提交一条登记信息（设立、变更、注销）；重复提交不产生新的推送',
        body: registrationInputSchema,
        response: {
          200: acceptedSchema.describe('同一登记已受理过'),
          201: acceptedSchema.describe('已受理'),
          ...problems('input.invalid', 'auth.required', 'access.denied', 'registration.conflict'),
        },
      },
    },
    async (request, reply) => {
      const [outcome] = await acceptRegistrations(api, signedIn(request), [request.body]);
      if (!outcome || outcome.result === 'rejected') {
        throw new Refusal(outcome?.code ?? 'internal', outcome?.message ?? '', { article: '第七条第二款' });
      }
      return reply.code(outcome.result === 'accepted' ? 201 : 200).send(outcome);
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

  registerImport(app, api, authorities);
}

const registrationViewSchema = z.object({
  registrationNo: z.string(),
  uscc: z.string(),
  name: z.string(),
  kind: z.string(),
  origin: z.string(),
  regionCode: z.string(),
  scope: z.string(),
  event: z.string(),
  registeredOn: z.string(),
  catalogueVersion: z.string(),
  acceptedAt: z.iso.datetime(),
  hits: z.array(
    z.object({
      itemId: z.string(),
      keyword: z.string(),
      clause: z.string(),
      start: z.number().int(),
      end: z.number().int(),
      section: z.string().nullable(),
      departmentCode: z.string(),
    }),
  ),
  cases: z.array(
    z.object({ caseId: z.string(), caseType: z.string(), stage: z.string(), departmentCode: z.string().nullable() }),
  ),
});

async function viewRegistration(api: ApiContext, request: FastifyRequest, registrationNo: string) {
  const account = signedIn(request);
  const [row] = await api.db.select().from(registrations).where(eq(registrations.registrationNo, registrationNo));
  const visible = await api.db
    .select({
      caseId: cases.caseId,
      caseType: cases.caseType,
      stage: cases.stage,
      departmentCode: cases.departmentCode,
      facts: cases.facts,
    })
    .from(cases)
    .where(and(eq(cases.caseNo, registrationNo), visibleTo(account)))
    .orderBy(asc(cases.openedAt));
  const isDepartment = account.role === 'department-officer' || account.role === 'department-lead';
  const readable = row && (isDepartment ? visible.length > 0 : isWithin(row.regionCode, account.regionCode));
  if (!readable) {
    throw new Refusal('resource.not-found', '没有这条登记信息，或不在您的管辖范围', { remedy: '请核对登记编号' });
  }
  const hits = await hitsOf(api.db, registrationNo);
  // A department reads why it was told, not what others were told.
  const own = new Set(
    visible.flatMap(({ facts }) => (Array.isArray(facts.itemIds) ? (facts.itemIds as string[]) : [])),
  );
  return {
    ...row,
    acceptedAt: row.acceptedAt.toISOString(),
    hits: isDepartment ? hits.filter((hit) => own.has(hit.itemId)) : hits,
    cases: visible,
  };
}

function registerImport(app: App, api: ApiContext, authorities: ReturnType<typeof requireRole>): void {
  void app.register(async (scope) => {
    await scope.register(multipart, { limits: { fileSize: FILE_LIMIT, files: 1 } });
    // The file is read as it arrives and never stands in memory whole.
    scope.addContentTypeParser(FILE_TYPES, (_, payload, done) => done(null, payload));
    const routes = scope.withTypeProvider<ZodTypeProvider>();
    routes.post(
      '/api/v1/registrations/import',
      {
        preHandler: authorities,
        schema: {
          tags: [TAG],
          operationId: 'registration.import',
          summary: '导入一天的登记信息（CSV 或 JSONL，UTF-8 或 GB18030）；逐行返回结果，最后一行为汇总',
          consumes: ['multipart/form-data', ...FILE_TYPES],
          querystring: z.object({ filename: z.string().max(255).optional() }),
          response: {
            200: { description: '每行一个结果', content: { 'application/x-ndjson': { schema: streamedText } } },
            ...problems(
              'input.empty-file',
              'input.unsupported-encoding',
              'input.too-large',
              'auth.required',
              'access.denied',
            ),
          },
        },
      },
      async (request, reply) => {
        const account = signedIn(request);
        const file = await fileOf(request, request.query.filename);
        const rows = parseRegistrationFile(file.stream, file)[Symbol.asyncIterator]();
        // A file that cannot be read at all is refused as a whole, before the answer begins.
        const first = await rows.next();
        const all = resume(first, rows);
        const onFailure = (err: unknown) => request.log.error({ err }, 'import failed');
        const lines = ndjson(importRegistrations(api, account, all, file.filename, onFailure));
        const answer = Readable.from(lines, { highWaterMark: RESULTS_AHEAD });
        return reply.type('application/x-ndjson; charset=utf-8').send(answer);
      },
    );
    routes.get(
      '/api/v1/imports/:importId',
      {
        preHandler: authorities,
        schema: {
          tags: [TAG],
          operationId: 'import.read',
          summary: '导入结果汇总和未受理的行',
          params: z.object({ importId: z.uuid() }),
          response: {
            200: z.object({
              importId: z.string(),
              filename: z.string().nullable(),
              accepted: z.number().int(),
              duplicate: z.number().int(),
              rejected: z.number().int(),
              failure: z.string().nullable(),
              finished: z.boolean(),
              rejections: z.array(z.object({ line: z.number().int(), raw: z.string(), problem: z.unknown() })),
            }),
            ...problems('auth.required', 'access.denied', 'resource.not-found'),
          },
        },
      },
      async (request) => viewImport(api, request, request.params.importId),
    );
  });
}

async function viewImport(api: ApiContext, request: FastifyRequest, importId: string) {
  const { username, role } = signedIn(request);
  const [row] = await api.db.select().from(imports).where(eq(imports.id, importId));
  if (!row || (row.startedBy !== username && role !== 'platform-administrator')) {
    throw new Refusal('resource.not-found', '没有这次导入', { remedy: '请核对导入编号' });
  }
  const rejections = await api.db
    .select()
    .from(importRejections)
    .where(eq(importRejections.importId, importId))
    .orderBy(asc(importRejections.line))
    .limit(1000);
  const { id, finishedAt, ...rest } = row;
  return { ...rest, importId: id, finished: finishedAt !== null, rejections };
}

async function fileOf(request: FastifyRequest, filename: string | undefined) {
  if (!request.isMultipart()) {
    const stream = request.body instanceof Readable ? request.body : undefined;
    if (!stream) {
      throw new Refusal('input.unsupported-media-type', '没有收到文件', {
        remedy: '请以 multipart/form-data 上传，或以 text/csv、application/x-ndjson 直接提交文件内容',
      });
    }
    return { stream, filename, contentType: request.headers['content-type'] };
  }
  const part = await request.file().catch(refuseForm);
  if (!part) throw new Refusal('input.empty-file', '没有收到文件', { remedy: '请在表单中选择文件' });
  const stream = Readable.from(whole(part.file), { objectMode: false });
  return { stream, filename: filename ?? part.filename, contentType: part.mimetype };
}

/** The form's parser throws plain errors at what the sender got wrong. */
function refuseForm(error: unknown): never {
  if (typeof (error as FastifyError).statusCode === 'number') throw error;
  throw new Refusal('input.invalid', '表单内容无法读取', {
    remedy: '请检查 multipart/form-data 的 boundary，或直接提交文件内容',
  });
}

/** The form's parser ends a file that is too large as if it were complete. */
async function* whole(file: MultipartFile['file']): AsyncGenerator<Buffer> {
  yield* file as AsyncIterable<Buffer>;
  if (file.truncated) {
    throw new Refusal('input.too-large', '文件过大，超出部分未读取', { remedy: '请将其余各行另存为一个文件后上传' });
  }
}

async function* resume<T>(first: IteratorResult<T>, rest: AsyncIterator<T>): AsyncGenerator<T> {
  for (let next = first; !next.done; next = await rest.next()) yield next.value;
}

async function* ndjson(items: AsyncIterable<unknown>): AsyncGenerator<string> {
  for await (const item of items) yield `${JSON.stringify(item)}\n`;
}
