import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { loadReferenceData } from '../../db/reference/reference.ts';
import { countsOf } from '../../domain/reference-data/difference.ts';
import { isEdition, NOUNS, type Noun } from '../../domain/reference-data/nouns.ts';
import { keysOf } from '../../domain/keys.ts';
import type { ApiContext, App } from '../context.ts';
import { sendTable, tableAnswer, tableQuery } from '../http/table-file.ts';
import { registerTemplate } from '../import/template-route.ts';
import { FILE_TYPES, takeFiles } from '../import/sent-file.ts';
import { requireProvince, requireRole, signedIn } from '../plugins/auth.ts';
import { problems } from '../plugins/problems.ts';
import { REFERENCE_FILES } from '../reference-data/files.ts';
import { importQuery, importReference, type Report } from '../reference-data/import.ts';
import {
  countsSchema,
  differenceSchema,
  effectSchema,
  nounCode,
  viewDifference,
  viewEffect,
} from '../reference-data/views.ts';

export const REFERENCE_FILES_TAG = '基础数据文件';
/** Faults in an answer; all of them are in the table of rejected rows. */
const FAULTS_SHOWN = 200;

const reportSchema = z
  .object({
    noun: nounCode,
    rows: z.number().int().describe('文件的行数'),
    rejected: z.number().int().describe('有误的行数；有一行有误，全部不提案'),
    faults: z
      .array(z.object({ line: z.number().int(), path: z.string(), message: z.string() }))
      .describe(`至多${FAULTS_SHOWN}条`),
    importId: z.string().nullable().describe('有误的行可由 GET /api/v1/imports/{importId}/rejections 下载'),
    unreadColumns: z.array(z.string()).describe('没有读取的列'),
    counts: countsSchema,
    difference: differenceSchema,
    effect: effectSchema.nullable().describe('最近的登记，推送会怎样变化；不影响推送的为 null'),
    proposalId: z.number().int().nullable().describe('提案的编号；没有提案的为 null'),
  })
  .meta({ id: 'ReferenceImportReport' });

const viewReport = ({ difference, effect, faults, ...rest }: Report): z.output<typeof reportSchema> => ({
  ...rest,
  faults: faults.slice(0, FAULTS_SHOWN),
  counts: countsOf(difference),
  difference: viewDifference(difference),
  effect: viewEffect(effect),
});

const operationOf = (noun: Noun): string => noun.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());

/** 本省的基础数据以文件载入：核对、比较、提案，由另一名省级平台管理员审批后生效 */
export default async function referenceImportRoutes(app: App, api: ApiContext) {
  await takeFiles(app);
  for (const noun of keysOf(NOUNS)) {
    registerImport(app, api, noun);
    registerExport(app, api, noun);
  }
}

function registerImport(app: App, api: ApiContext, noun: Noun): void {
  const preParsing = [requireRole('platform-administrator'), requireProvince];
  const { title } = NOUNS[noun];
  const path = `/api/v1/admin/${noun}/import`;
  const { templates } = REFERENCE_FILES[noun].format;
  registerTemplate(app, {
    path,
    tag: REFERENCE_FILES_TAG,
    operationId: `${operationOf(noun)}.import`,
    preParsing: requireRole('platform-administrator', 'auditor'),
    templates,
  });
  app.withTypeProvider<ZodTypeProvider>().post(
    path,
    {
      preParsing,
      config: { isBulk: true },
      schema: {
        tags: [REFERENCE_FILES_TAG],
        operationId: `${operationOf(noun)}.import`,
        summary: `${title}（XLSX、CSV 或 JSONL）：逐行核对，显示与现行数据的差异；dryRun=false 时提案，由另一名省级平台管理员审批后生效`,
        consumes: ['multipart/form-data', ...FILE_TYPES],
        querystring: importQuery,
        response: {
          200: reportSchema,
          201: reportSchema,
          ...problems(
            ...(['input.invalid', 'input.empty-file', 'input.unsupported-encoding', 'input.too-large'] as const),
            ...(['auth.required', 'access.denied', 'proposal.unchanged'] as const),
            ...(isEdition(noun) ? (['catalogue.version-taken'] as const) : []),
          ),
        },
      },
    },
    async (request, reply) => {
      const { giveWay } = app;
      const report = await importReference(api, request, { noun, account: signedIn(request), giveWay });
      return reply.code(report.proposalId === null ? 200 : 201).send(viewReport(report));
    },
  );
}

function registerExport(app: App, api: ApiContext, noun: Noun): void {
  const { title } = NOUNS[noun];
  app.withTypeProvider<ZodTypeProvider>().get(
    `/api/v1/admin/${noun}/export`,
    {
      preParsing: requireRole('platform-administrator', 'auditor'),
      schema: {
        tags: [REFERENCE_FILES_TAG],
        operationId: `${operationOf(noun)}.export`,
        summary: `现行的${title}（CSV、XLSX），列与导入模板相同，更正后可重新导入`,
        querystring: z.object(tableQuery),
        response: { 200: tableAnswer, ...problems('input.invalid', 'auth.required', 'access.denied') },
      },
    },
    async (request, reply) => {
      const rows = REFERENCE_FILES[noun].exported(await loadReferenceData(api.db));
      return sendTable(reply, request.query.format, { ascii: noun, name: title, rows });
    },
  );
}
