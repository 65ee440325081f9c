import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { decideProposal, findProposal, listProposals } from '../../db/reference/proposals.ts';
import { reloadReference } from '../../db/reference/watch.ts';
import { requiredText } from '../../domain/fields.ts';
import { NOUNS } from '../../domain/reference-data/nouns.ts';
import { PROPOSAL_DECISIONS, PROPOSAL_STATES } from '../../domain/reference-data/proposal.ts';
import { keysOf } from '../../domain/keys.ts';
import type { ApiContext, App } from '../context.ts';
import { idPageQuery } from '../http/id-pages.ts';
import { sendTable, tableAnswer, tableQuery } from '../http/table-file.ts';
import { requireProvince, requireRole, signedIn } from '../plugins/auth.ts';
import { problems } from '../plugins/problems.ts';
import {
  differenceRows,
  differenceSchema,
  effectSchema,
  proposalSchema,
  viewDifference,
  viewEffect,
  viewProposal,
} from '../reference-data/views.ts';
import { REFERENCE_FILES_TAG } from './reference-imports.ts';

const PATH = '/api/v1/admin/proposals';
const tags = [REFERENCE_FILES_TAG];
const params = z.object({ id: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER) });
const readers = requireRole('platform-administrator', 'auditor', 'supervisor');
const ERRORS = ['input.invalid', 'auth.required', 'access.denied'] as const;

const detailSchema = proposalSchema.extend({ difference: differenceSchema, effect: effectSchema.nullable() });

/** 提案：由提案人以外的省级平台管理员决定 */
export default async function referenceProposalRoutes(app: App, api: ApiContext) {
  registerReading(app, api);
  registerDifference(app, api);
  registerDecision(app, api);
}

function registerReading(app: App, api: ApiContext): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  routes.get(
    PATH,
    {
      preParsing: readers,
      schema: {
        tags,
        operationId: 'proposal.list',
        summary: '基础数据的提案，新的在前',
        querystring: z.object(idPageQuery(200, 50)),
        response: { 200: z.object({ items: z.array(proposalSchema) }), ...problems(...ERRORS) },
      },
    },
    async ({ query }) => ({ items: (await listProposals(api.db, query)).map(viewProposal) }),
  );
  routes.get(
    `${PATH}/:id`,
    {
      preParsing: readers,
      schema: {
        tags,
        operationId: 'proposal.read',
        summary: '一个提案：与提案时的现行数据的差异，及其对推送的影响',
        params,
        response: { 200: detailSchema, ...problems(...ERRORS, 'resource.not-found') },
      },
    },
    async (request) => {
      const proposal = await findProposal(api.db, request.params.id);
      const { difference, effect } = proposal;
      return {
        ...viewProposal(proposal),
        difference: viewDifference(difference),
        effect: viewEffect(effect),
      };
    },
  );
}

function registerDifference(app: App, api: ApiContext): void {
  app.withTypeProvider<ZodTypeProvider>().get(
    `${PATH}/:id/difference`,
    {
      preParsing: readers,
      schema: {
        tags,
        operationId: 'proposal.difference',
        summary: '一个提案的全部差异（CSV、XLSX），每个变更的列一行',
        params,
        querystring: z.object(tableQuery),
        response: { 200: tableAnswer, ...problems(...ERRORS, 'resource.not-found') },
      },
    },
    async (request, reply) => {
      const { id, noun, difference } = await findProposal(api.db, request.params.id);
      const name = `提案${id}${NOUNS[noun].title}差异`;
      return sendTable(reply, request.query.format, {
        ascii: `proposal-${id}`,
        name,
        rows: differenceRows(difference),
      });
    },
  );
}

function registerDecision(app: App, api: ApiContext): void {
  app.withTypeProvider<ZodTypeProvider>().post(
    `${PATH}/:id/decision`,
    {
      preParsing: [requireRole('platform-administrator'), requireProvince],
      schema: {
        tags,
        operationId: 'proposal.decide',
        summary: '同意（即时生效，不溯及既往）或者不予同意；提案人不能决定本人的提案',
        params,
        body: z
          .object({
            decision: z
              .enum(keysOf(PROPOSAL_DECISIONS), '请选择同意或者不予同意')
              .describe('approve 同意，refuse 不予同意'),
            reason: requiredText('理由', 500),
          })
          .describe('决定'),
        response: {
          200: z.object({ state: z.enum(keysOf(PROPOSAL_STATES)) }),
          ...problems(
            ...ERRORS,
            'resource.not-found',
            'proposal.own',
            'proposal.decided',
            'proposal.overtaken',
            'catalogue.version-taken',
          ),
        },
      },
    },
    async (request) => {
      const { decision } = request.body;
      await decideProposal(api, signedIn(request), request.params.id, request.body);
      // Whoever decided sees it at once; other processes are notified a moment later.
      if (decision === 'approve') await reloadReference(api);
      return { state: PROPOSAL_DECISIONS[decision] };
    },
  );
}
