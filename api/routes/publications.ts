import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { acceptRecords } from '../../db/intake/records.ts';
import type { Account } from '../../db/queries/accounts.ts';
import type { ListedCase } from '../../db/queries/cases.ts';
import { addEventVersion, refuseMoot, refuseStanding } from '../../db/records/event-versions.ts';
import { addRecordVersion } from '../../db/records/versions.ts';
import { legalDateOf } from '../../domain/clock/calendar.ts';
import { Refusal } from '../../domain/errors.ts';
import { CASE_TYPES } from '../../domain/case-types/case-types.ts';
import { recordInputSchema, type Resubmission } from '../../domain/publicity/record.ts';
import { registerCaseCommands } from '../cases/commands.ts';
import { registerCaseQueries } from '../cases/routes.ts';
import { legalNow, type ApiContext, type App } from '../context.ts';
import { registerFileImport } from '../import/file-import.ts';
import { requireRole, signedIn } from '../plugins/auth.ts';
import { problems } from '../plugins/problems.ts';
import { RECORD_FILE } from '../import/record-file.ts';
import { refuseBarred } from '../../domain/case-types/publication/plan.ts';
import type { PublicationFacts } from '../../domain/case-types/publication/opening.ts';

const acceptedSchema = z.object({
  result: z.enum(['accepted', 'duplicate']),
  documentNo: z.string(),
  recordId: z.string(),
  caseId: z.string().describe('归集公示事项'),
  stage: z.string().optional().describe('所在环节；internalReview：待本部门另一人审核，同意后才归集'),
  late: z.boolean().optional().describe('超过信息产生之日起7个工作日：照常受理，逾期记录保留'),
});

/** 信息归集公示 (第五条第一款、第六条、第七条第三款) */
export default async function publicationRoutes(app: App, api: ApiContext) {
  registerIntake(app, api);
  registerCaseQueries(app, api, 'publication');
  registerCaseCommands(app, api, 'publication', {
    revise: { prepare: again },
    resubmit: { prepare: again },
    publish: {
      async prepare(body, { case: { facts } }) {
        await refuseMoot(api.db, factsOf(facts));
        return body;
      },
    },
    conclude: {
      async prepare(body, { case: { facts } }) {
        await refuseStanding(api.db, factsOf(facts));
        return body;
      },
    },
  });

  /** Stores what is sent again; the workflow is told the version's number only. */
  async function again(input: Resubmission, { case: row }: ListedCase, account: Account) {
    const { recordId = '', version: returned, event } = factsOf(row.facts);
    const about = { recordId, caseId: row.caseId, returned };
    const department = api.reference.departments.get(row.departmentCode ?? '') ?? { sector: '' };
    const today = legalDateOf(legalNow(api).getTime());
    if ((event !== undefined) !== (input.kind === 'event')) throw anotherMatter(event !== undefined);
    if (input.kind === 'event') {
      return { version: await addEventVersion(api.db, account, about, input, { department, today }) };
    }
    refuseBarred(department, input, today);
    return { version: await addRecordVersion(api.db, account, about, input) };
  }
}

const factsOf = (facts: object): PublicationFacts => facts as PublicationFacts;

const anotherMatter = (isEvent: boolean) =>
  new Refusal('input.invalid', isEvent ? '本件为信息的变动，不是一条信息' : '本件为一条信息，不是变动', {
    remedy: isEvent ? '请以 kind: event 提交变动' : '请提交完整的信息',
  });

function registerIntake(app: App, api: ApiContext): void {
  const submitters = requireRole('department-officer', 'department-lead', 'platform-administrator');
  app.withTypeProvider<ZodTypeProvider>().post(
    '/api/v1/publications',
    {
      preParsing: submitters,
      schema: {
        tags: [CASE_TYPES.publication],
        operationId: 'publication.submit',
        summary: '归集一条行政许可、行政处罚或其他应当公示的信息；重复提交不产生新的事项',
        body: recordInputSchema,
        response: {
          200: acceptedSchema.describe('同一信息已归集过'),
          201: acceptedSchema.describe('已受理'),
          ...problems(
            'input.invalid',
            'auth.required',
            'access.denied',
            'record.conflict',
            'record.not-publishable',
            'calendar.insufficient',
          ),
        },
      },
    },
    async (request, reply) => {
      const [outcome] = await acceptRecords(api, signedIn(request), [request.body]);
      if (!outcome || outcome.result === 'rejected') {
        throw new Refusal(outcome?.code ?? 'internal', outcome?.message ?? '', {
          remedy: outcome?.remedy,
          article: outcome?.article ?? '第五条第一款',
        });
      }
      return reply.code(outcome.result === 'accepted' ? 201 : 200).send(outcome);
    },
  );
  registerFileImport(app, api, {
    path: '/api/v1/publications/import',
    tag: CASE_TYPES.publication,
    operationId: 'publication.import',
    summary: '成批归集双公示信息（XLSX；CSV 或 JSONL，UTF-8 或 GB18030）；逐行返回结果，最后一行为汇总',
    preParsing: submitters,
    format: RECORD_FILE,
    accept: (account) => (values, importId) => acceptRecords(api, account, values, importId),
  });
}
