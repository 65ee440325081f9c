import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { attachmentsOf, findAttachment, recordUpload, unclaimedBytes } from '../../db/cases/attachments.ts';
import { findCase } from '../../db/queries/cases.ts';
import { Refusal } from '../../domain/errors.ts';
import { keyOf } from '../../storage/files.ts';
import { FILE_LIMIT, sniff } from '../../storage/sniff.ts';
import { legalNow, type ApiContext, type App, type RouteOptions } from '../context.ts';
import { signedIn } from '../plugins/auth.ts';
import { problems } from '../plugins/problems.ts';
import { PUBLIC_LIMIT } from '../http/public-limit.ts';
import { streamedText } from '../http/streaming.ts';
import { fileOfForm, takeForms, type FormFile } from '../http/upload.ts';

const TAG = '附件';
const uploadedSchema = z.object({
  id: z.uuid(),
  filename: z.string(),
  mediaType: z.string().describe('按内容识别的类型'),
  size: z.number().int(),
  sha256: z.string(),
});
const FORM = ['multipart/form-data'];
const UPLOAD_ERRORS = ['input.invalid', 'input.too-large', 'attachment.refused'] as const;

/** 附件：书面材料 (第十八条) */
export default async function attachmentRoutes(app: App, api: ApiContext, { publicUploads }: RouteOptions) {
  await takeForms(app, FILE_LIMIT);
  const routes = app.withTypeProvider<ZodTypeProvider>();
  routes.post(
    '/api/v1/attachments',
    {
      schema: {
        tags: [TAG],
        operationId: 'attachment.upload',
        summary: '上传附件，得到编号后随申请提交；一天内未提交的自动删除',
        consumes: FORM,
        response: { 201: uploadedSchema, ...problems('auth.required', ...UPLOAD_ERRORS) },
      },
    },
    async (request, reply) => {
      const { username } = signedIn(request);
      const { claimToken: _, ...uploaded } = await store(api, request, username);
      return reply.code(201).send(uploaded);
    },
  );
  routes.post(
    '/api/v1/public/attachments',
    {
      config: { rateLimit: PUBLIC_LIMIT },
      schema: {
        tags: ['公众反映'],
        operationId: 'attachment.uploadPublic',
        summary: '上传书面材料，得到编号和凭证后随反映提交',
        security: [],
        consumes: FORM,
        response: {
          201: uploadedSchema.extend({ claimToken: z.string() }),
          ...problems(...UPLOAD_ERRORS, 'attachment.full'),
        },
      },
    },
    async (request, reply) => {
      await refuseWhereFull(api, publicUploads);
      const uploaded = await store(api, request, null);
      return reply.code(201).send({ ...uploaded, claimToken: uploaded.claimToken ?? '' });
    },
  );
  routes.get(
    '/api/v1/attachments',
    {
      schema: {
        tags: [TAG],
        operationId: 'attachment.list',
        summary: '事项的附件',
        querystring: z.object({ caseId: z.string().max(300) }),
        response: {
          200: z.object({ items: z.array(uploadedSchema) }),
          ...problems('auth.required', 'resource.not-found'),
        },
      },
    },
    async (request) => {
      const { caseId } = request.query;
      if (!(await findCase(api.db, signedIn(request), caseId))) throw notFound();
      return { items: await attachmentsOf(api.db, caseId) };
    },
  );
  routes.get(
    '/api/v1/attachments/:id',
    {
      schema: {
        tags: [TAG],
        operationId: 'attachment.download',
        summary: '下载附件',
        params: z.object({ id: z.uuid() }),
        response: {
          200: { description: '文件', content: { 'application/octet-stream': { schema: streamedText } } },
          ...problems('input.invalid', 'auth.required', 'resource.not-found'),
        },
      },
    },
    async (request, reply) => {
      const account = signedIn(request);
      const row = await findAttachment(api.db, request.params.id);
      const mine =
        row?.caseId == null ? row?.uploadedBy === account.username : await findCase(api.db, account, row.caseId);
      const content = row && mine ? await api.files.get(row.sha256) : undefined;
      if (!row || !content) throw notFound();
      // Always a download: a browser that displayed the file might run what is in it.
      return reply
        .type(row.mediaType)
        .header('content-length', row.size)
        .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(row.filename)}`)
        .header('cache-control', 'private, no-store')
        .send(content);
    },
  );
}

const notFound = () =>
  new Refusal('resource.not-found', '没有这个附件，或不属于您的单位', { remedy: '请核对附件编号' });

/** Keeps public uploads from filling the disk. @throws Refusal attachment.full */
async function refuseWhereFull({ db }: ApiContext, most: number): Promise<void> {
  if ((await unclaimedBytes(db)) < most) return;
  throw new Refusal('attachment.full', '公众上传而尚未提交的材料过多，暂不接收', {
    remedy: '请稍后再试，或先不带材料提交，由承办部门联系您补充',
  });
}

async function store(api: ApiContext, request: FastifyRequest, uploadedBy: string | null) {
  const part = await fileOfForm(request);
  if (!part) throw new Refusal('attachment.refused', '没有收到文件', { remedy: '请在表单中选择文件' });
  const content = await whole(part);
  const { filename } = part;
  const mediaType = await sniff(filename, content);
  const file = { filename, mediaType, size: content.length, sha256: keyOf(content) };
  const row = { ...file, uploadedBy, at: legalNow(api) };
  const { id, claimToken } = await recordUpload(api.db, row, () => api.files.put(content));
  return { id, ...file, claimToken };
}

/** Refuses a file that is too large: the form parser ends it as if it were complete. */
async function whole({ file }: FormFile): Promise<Buffer> {
  const content = await buffer(Readable.from(file));
  if (file.truncated) throw new Refusal('input.too-large', '文件超过10MB', { remedy: '请压缩或拆分后上传' });
  return content;
}
