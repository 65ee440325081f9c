import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { compareFullList, listFullLists, type FullListResult } from '../../db/intake/full-lists.ts';
import { CASE_TYPES } from '../../domain/case-types/case-types.ts';
import { UNKNOWN_STANDINGS, type FullListKey } from '../../domain/case-types/listing/full-list.ts';
import { Refusal } from '../../domain/errors.ts';
import { keysOf } from '../../domain/keys.ts';
import { DEPARTMENT, OVERSIGHT } from '../../domain/organs/roles.ts';
import type { ApiContext, App } from '../context.ts';
import { idPageQuery } from '../http/id-pages.ts';
import { fileOf, fileQuery, FILE_TYPES, takeFiles } from '../import/sent-file.ts';
import { FULL_LIST_FILE } from '../import/listing-file.ts';
import { parseRowFile } from '../import/row-file.ts';
import { registerTemplate } from '../import/template-route.ts';
import { requireRole, signedIn } from '../plugins/auth.ts';
import { problems } from '../plugins/problems.ts';
import { dishonestyList } from '../views/codes.ts';

const PATH = '/api/v1/listings/full-lists';
const TAGS = [CASE_TYPES.listing];
/** Entries that an answer names. */
const SHOWN = 1000;
const FAULTS_SHOWN = 20;

const querySchema = fileQuery.extend({
  list: dishonestyList,
  asOf: z.iso.date('日期格式为 YYYY-MM-DD').describe('名单日期：该日终了时的全量名单'),
  count: z.coerce.number().int().min(0).describe('条目数，不含自然人'),
  hash: z
    .string()
    .regex(/^[0-9a-fA-F]{64}$/, '哈希值应为64位十六进制数，请核对')
    .toLowerCase()
    .describe('各条目“文号,统一社会信用代码”加换行，按 UTF-8 字节排序后的 SHA-256'),
  authority: z.string().min(1).max(200).optional().describe('列入机关或执行法院；部门报送本机关名单时不填'),
  confirmed: z.enum(['true', 'false']).default('false').describe('缺少的条目很多时，核对导出范围后以 true 重新提交'),
});

const sumSchema = z.object({ count: z.number().int(), hash: z.string() });
const keySchema = z.object({ documentNo: z.string(), uscc: z.string() });
const answerSchema = z
  .object({
    agrees: z.boolean().describe('条目数和哈希值均一致，无需报送条目'),
    ours: sumSchema.describe('平台上该机关在列条目的条目数和哈希值'),
    compared: z
      .object({
        missing: z.number().int().describe('平台在列、名单中没有的条目数：逐条提请列入机关核实，不移出'),
        unknown: z.number().int().describe('名单中有、平台上不在列的条目数'),
        missingEntries: z
          .array(keySchema.extend({ caseId: z.string(), question: z.enum(['asked', 'pending', 'answered']) }))
          .describe(`至多${SHOWN}条；question：本次提请核实、已提请待答复、已答复仍在列`),
        unknownEntries: z
          .array(keySchema.extend({ standing: z.enum(keysOf(UNKNOWN_STANDINGS)), message: z.string() }))
          .describe(`至多${SHOWN}条`),
      })
      .optional()
      .describe('报送了条目的，逐条核对的结果'),
  })
  .meta({ id: 'FullListAnswer' });

/** 全量名单核对 (第九条第一款) */
export default async function fullListRoutes(app: App, api: ApiContext) {
  const preParsing = requireRole('registering-authority', ...DEPARTMENT, 'platform-administrator');
  void app.register(async (scope) => {
    await takeFiles(scope);
    scope.withTypeProvider<ZodTypeProvider>().post(
      PATH,
      {
        preParsing,
        config: { isBulk: true },
        schema: {
          tags: TAGS,
          operationId: 'listing.fullList',
          summary:
            '核对列入机关某日的全量名单：先比条目数和哈希值；不一致的，再连同条目（XLSX、CSV 或 JSONL，文号和统一社会信用代码两列）提交，逐条核对',
          consumes: ['multipart/form-data', ...FILE_TYPES],
          querystring: querySchema,
          response: {
            200: answerSchema,
            ...problems(
              'input.invalid',
              'input.empty-file',
              'input.unsupported-encoding',
              'input.too-large',
              'auth.required',
              'access.denied',
              'listing.full-list-doubtful',
            ),
          },
        },
      },
      async (request) => {
        const { confirmed, filename, sheet, ...stated } = request.query;
        const entries =
          request.headers['content-type'] === undefined
            ? undefined
            : await entriesOf(await fileOf(request, { filename, sheet }));
        const order = { ...stated, confirmed: confirmed === 'true' };
        return viewResult(await compareFullList(api, signedIn(request), order, entries));
      },
    );
  });
  registerTemplate(app, {
    path: PATH,
    tag: CASE_TYPES.listing,
    operationId: 'listing.fullList',
    preParsing,
    templates: FULL_LIST_FILE.templates,
  });
  registerPast(app, api);
}

/** All of them, or none: a list that was read in part would make questions of what was not read. */
async function entriesOf({ stream, ...file }: Awaited<ReturnType<typeof fileOf>>): Promise<FullListKey[]> {
  const entries: FullListKey[] = [];
  const faults: { path: string; message: string }[] = [];
  for await (const { line, value, issues = [] } of parseRowFile(stream, FULL_LIST_FILE, file)) {
    if (value) entries.push(value);
    for (const { message } of issues)
      if (faults.length < FAULTS_SHOWN) faults.push({ path: `/${line}`, message: `第${line}行：${message}` });
  }
  if (faults.length === 0) return entries;
  throw new Refusal('input.invalid', '全量名单中有的行无法读取，没有核对', {
    remedy: '请更正所列各行后重新提交；自然人条目请从文件中删除',
    details: faults,
  });
}

function viewResult({ agrees, ours, compared }: FullListResult): z.infer<typeof answerSchema> {
  if (!compared) return { agrees, ours };
  const { missing, unknown } = compared;
  return {
    agrees,
    ours,
    compared: {
      missing: missing.length,
      unknown: unknown.length,
      missingEntries: missing.slice(0, SHOWN),
      unknownEntries: unknown
        .slice(0, SHOWN)
        .map((entry) => ({ ...entry, message: UNKNOWN_STANDINGS[entry.standing] })),
    },
  };
}

const pastSchema = z
  .object({
    id: z.number().int(),
    list: dishonestyList,
    organ: z.string().describe('列入机关的名称；部门报送本机关名单的，为部门代码'),
    asOf: z.iso.date(),
    theirs: sumSchema,
    ours: sumSchema,
    missing: z.number().int().nullable().describe('空：只比对了条目数和哈希值'),
    unknown: z.number().int().nullable(),
    receivedAt: z.iso.datetime(),
    receivedBy: z.string(),
  })
  .meta({ id: 'FullListComparison' });

function registerPast(app: App, api: ApiContext): void {
  app.withTypeProvider<ZodTypeProvider>().get(
    PATH,
    {
      preParsing: requireRole('registering-authority', ...OVERSIGHT, 'platform-administrator'),
      schema: {
        tags: TAGS,
        operationId: 'listing.fullLists',
        summary: '本区域账号的全量名单核对记录，新的在前；只增不改',
        querystring: z.object({
          ...idPageQuery(100),
        }),
        response: {
          200: z.object({ items: z.array(pastSchema) }),
          ...problems('input.invalid', 'auth.required', 'access.denied'),
        },
      },
    },
    async (request) => {
      const found = await listFullLists(api.db, signedIn(request), request.query);
      const items = found.map(({ theirCount, theirHash, ourCount, ourHash, receivedAt, ...row }) => ({
        ...row,
        theirs: { count: theirCount, hash: theirHash },
        ours: { count: ourCount, hash: ourHash },
        receivedAt: receivedAt.toISOString(),
      }));
      return { items };
    },
  );
}
