import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { claimedEntry, pagesOfCases, registrationsOf, type CaseFilter } from '../../db/queries/cases.ts';
import type { Account } from '../../db/queries/accounts.ts';
import { CASE_TYPES } from '../../domain/case-types/case-types.ts';
import { Refusal } from '../../domain/errors.ts';
import { refuseTransition } from '../../domain/case-types/transitions.ts';
import { registerCaseCommands } from '../cases/commands.ts';
import { caseQuery, filterOf } from '../cases/list.ts';
import { checkItems } from '../cases/named-items.ts';
import { registerCaseQueries } from '../cases/routes.ts';
import { legalNow, type ApiContext, type App } from '../context.ts';
import { REGISTRATION_HEADER, registrationCells } from '../import/registration-table.ts';
import type { TableRow } from '../http/table.ts';
import { sendTable, tableAnswer, tableQuery } from '../http/table-file.ts';
import { signedIn } from '../plugins/auth.ts';
import { problems } from '../plugins/problems.ts';

/** 公示认领：查询、下载、认领 (第七条第二、三款) */
export default async function poolEntryRoutes(app: App, api: ApiContext) {
  app.withTypeProvider<ZodTypeProvider>().get(
    '/api/v1/pool-entries/download',
    {
      schema: {
        tags: [CASE_TYPES.poolEntry],
        operationId: 'poolEntry.download',
        summary: '下载公示的登记信息（CSV、XLSX）',
        querystring: caseQuery.omit({ cursor: true, limit: true }).extend(tableQuery),
        response: {
          200: tableAnswer,
          ...problems('input.invalid', 'auth.required'),
        },
      },
    },
    async (request, reply) => {
      const account = signedIn(request);
      const { format, ...asked } = request.query;
      const rows = downloadRows(api, account, { ...filterOf(api, asked), caseType: 'poolEntry' as const });
      return sendTable(reply, format, { ascii: 'pool-entries', name: '公示认领', rows });
    },
  );
  registerCaseQueries(app, api, 'poolEntry');
  registerCaseCommands(app, api, 'poolEntry', {
    claim: {
      check: ({ itemIds }) => checkItems(api, itemIds),
      missing: (account, caseId) => alreadyClaimed(api, account, caseId),
    },
  });
}

/** The entry was published to this region: that it was claimed may be told; by whom may not. */
async function alreadyClaimed(api: ApiContext, account: Account, caseId: string): Promise<Refusal | undefined> {
  const entry = await claimedEntry(api.db, account, caseId);
  if (!entry) return undefined;
  const refusal = refuseTransition({ ...entry, caseType: 'poolEntry' }, 'claim', account);
  return refusal?.code === 'pool.already-claimed' ? new Refusal(refusal.code, refusal.message, refusal) : undefined;
}

/** Reads page by page: a province's pool is never held in memory whole. */
async function* downloadRows(
  api: ApiContext,
  account: Account,
  filter: Omit<CaseFilter, 'cursor' | 'limit'>,
): AsyncGenerator<TableRow> {
  yield ['事项编号', ...REGISTRATION_HEADER, '公示时间'];
  for await (const page of pagesOfCases(api.db, account, filter, legalNow(api))) {
    const numbers = page.map((row) => row.case.caseNo);
    const registered = await registrationsOf(api.db, numbers);
    for (const { case: row } of page) {
      const registration = registered.get(row.caseNo);
      if (registration) yield [row.caseId, ...registrationCells(registration), row.openedAt];
    }
  }
}
