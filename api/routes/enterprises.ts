import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { findEnterprise, historyOf, searchEnterprises, shownRecords } from '../../db/queries/records.ts';
import { latestRegistration, standingOf, type LatestRegistration } from '../../db/queries/registrations.ts';
import { listingsInForce } from '../../db/queries/restrictions.ts';
import { publishedSupport } from '../../db/queries/support-measures.ts';
import { ENTERPRISE_SIZES, SUPPORT_KINDS } from '../../domain/case-types/support-measure/words.ts';
import { legalDateOf } from '../../domain/clock/calendar.ts';
import { DISHONESTY_LISTS } from '../../domain/publicity/dishonesty-lists.ts';
import { Refusal } from '../../domain/errors.ts';
import { PUBLICITY_SECTIONS, SECTIONS_OF_LISTS } from '../../domain/publicity/sections.ts';
import {
  ENTERPRISE_STANDINGS,
  REGISTRATION_EVENTS,
  REGISTRATION_KINDS,
  type EnterpriseStanding,
} from '../../domain/registration/words.ts';
import { keysOf } from '../../domain/keys.ts';
import { normaliseUscc } from '../../domain/uscc.ts';
import { isSearchable, TOO_SHORT } from '../../domain/worklist/search-text.ts';
import { legalNow, type ApiContext, type App } from '../context.ts';
import { problems } from '../plugins/problems.ts';
import { PUBLIC_READ_LIMIT } from '../http/public-limit.ts';
import { publicitySection, registrationKind } from '../views/codes.ts';
import { publicRecordSchema, sectionOfShown, viewPublicRecord } from '../views/record.ts';

const PUBLIC_TAG = '公众查询';
export const usccParams = z.object({ uscc: z.string().max(100).transform(normaliseUscc) });
const enterpriseSchema = z.object({
  uscc: z.string(),
  name: z.string(),
  kind: registrationKind,
  regionCode: z.string(),
  cancelledOn: z.string().nullable().describe('已注销的，注销登记日期'),
});
const foundSchema = enterpriseSchema.extend({
  formerName: z.string().nullable().describe('按曾用名找到的，该曾用名'),
});

const publicListingSchema = z
  .object({
    listTitle: z.string().describe('名单'),
    documentNo: z.string().describe('列入决定文号'),
    listedOn: z.string().describe('列入日期'),
    listedUntil: z.string().nullable().describe('列入期限至（含当日）；空：至移出之日'),
    minimumPublicUntil: z.string().nullable().describe('最短公示期至（含当日）'),
    authority: z.string().describe('列入机关'),
    grounds: z.string().describe('列入事由'),
  })
  .meta({ id: 'PublicListing' });

const publicSupportSchema = z
  .object({
    documentNo: z.string().describe('扶持文号'),
    departmentName: z.string().nullable().describe('给予扶持的部门'),
    publishedAt: z.iso.datetime(),
    sizeTitle: z.string().describe('企业划型'),
    kindTitle: z.string().describe('扶持方式'),
    programme: z.string().describe('扶持项目'),
    content: z.string().describe('扶持内容'),
    basis: z.string().describe('扶持依据'),
    amount: z.number().nullable().describe('扶持金额（万元）'),
    validFrom: z.string(),
    validUntil: z.string(),
  })
  .meta({ id: 'PublicSupportMeasure' });

const pageSchema = enterpriseSchema.extend({
  asOf: z.string().describe('公示内容截至该日'),
  registration: z
    .object({
      statusTitle: z.string().describe('存续、歇业、迁出、吊销、登记已撤销或注销'),
      kindTitle: z.string(),
      regionName: z.string(),
      registeredOn: z.string().describe('最近一次登记的日期'),
      eventTitle: z.string().describe('最近一次登记的事项'),
      scope: z.string().describe('经营范围'),
    })
    .nullable()
    .describe('基础信息：平台收到的最近一次登记；空：没有收到过'),
  sections: z.array(
    z.object({
      section: publicitySection,
      title: z.string().describe('公示栏目'),
      records: z.array(publicRecordSchema),
      listings: z.array(publicListingSchema).describe('当时在列的名单条目（第九条）'),
    }),
  ),
  supportMeasures: z.array(publicSupportSchema).describe('扶持信息：扶持期内的小微企业扶持（第十条）'),
});

export type EnterprisePage = z.infer<typeof pageSchema>;

/** 企业名下的信息：公众查询 (第五条、第十三条) */
export default async function enterpriseRoutes(app: App, api: ApiContext) {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  routes.get(
    '/api/v1/public/enterprises',
    {
      config: { rateLimit: PUBLIC_READ_LIMIT },
      schema: {
        tags: [PUBLIC_TAG],
        operationId: 'enterprise.search',
        summary: '按名称或统一社会信用代码查找企业',
        security: [],
        querystring: z.object({
          q: z
            .string()
            .trim()
            .max(100)
            .refine(isSearchable, TOO_SHORT)
            .describe('名称（含曾用名）中的文字，或统一社会信用代码；全角半角、大小写、空格、引号、连接号不作区分'),
          limit: z.coerce.number().int().min(1).max(50).default(20),
        }),
        response: { 200: z.object({ items: z.array(foundSchema) }), ...problems('input.invalid') },
      },
    },
    async ({ query: { q, limit } }) => ({
      items: (await searchEnterprises(api.db, q, limit)).map(({ formerName, ...row }) => ({
        ...viewEnterprise(row),
        formerName,
      })),
    }),
  );
  routes.get(
    '/api/v1/public/enterprises/:uscc',
    {
      config: { rateLimit: PUBLIC_READ_LIMIT },
      schema: {
        tags: [PUBLIC_TAG],
        operationId: 'enterprise.page',
        summary: '企业名下公示的信息，按国家企业信用信息公示系统的栏目；asOf 查询某日终了时公示的内容',
        security: [],
        params: usccParams,
        querystring: z.object({ asOf: z.iso.date('日期应为 YYYY-MM-DD 格式的真实日期').optional() }),
        response: { 200: pageSchema, ...problems('input.invalid', 'resource.not-found') },
      },
    },
    async ({ params: { uscc }, query: { asOf } }) => {
      const enterprise = await enterpriseOf(api, uscc);
      const now = legalNow(api);
      const today = legalDateOf(now.getTime());
      if (asOf !== undefined && asOf > today) {
        throw new Refusal('input.invalid', `${asOf}尚未到来，不能查询当日公示的内容`, {
          remedy: '请填写今日或以前的日期',
        });
      }
      // Today has not ended, so a query for today shows what is shown now.
      const moment = asOf === undefined || asOf === today ? { now } : { day: asOf };
      const shown = await shownRecords(api.db, uscc, moment);
      const past = await historyOf(
        api.db,
        shown.map(({ record }) => record.recordId),
        moment,
      );
      const listed = await listingsInForce(api.db, uscc, moment);
      const sections = keysOf(PUBLICITY_SECTIONS).map((section) => ({
        section,
        title: PUBLICITY_SECTIONS[section],
        records: shown.filter((row) => sectionOfShown(row) === section).map((row) => viewPublicRecord(row, past)),
        listings: listed.filter(({ list }) => SECTIONS_OF_LISTS[list] === section).map(viewPublicListing),
      }));
      const day = asOf ?? today;
      const latest = await latestRegistration(api.db, uscc, day);
      return {
        ...asKnown(enterprise, latest),
        asOf: day,
        registration: latest ? registered(api, latest, await standingOf(api.db, latest, day)) : null,
        sections,
        supportMeasures: (await publishedSupport(api.db, uscc, moment)).map(viewSupport),
      };
    },
  );
}

type EnterpriseRow = NonNullable<Awaited<ReturnType<typeof findEnterprise>>>;

const viewEnterprise = ({ uscc, name, kind, regionCode, cancelledOn }: EnterpriseRow) => ({
  uscc,
  name,
  kind,
  regionCode,
  cancelledOn,
});

type ListingRow = Awaited<ReturnType<typeof listingsInForce>>[number];

/** What the law publishes of a list's entry (企业信息公示暂行条例第十七条). */
const viewPublicListing = ({ list, documentNo, listedOn, authority, grounds, ...row }: ListingRow) => ({
  listTitle: DISHONESTY_LISTS[list],
  documentNo,
  listedOn,
  listedUntil: row.listedUntil,
  minimumPublicUntil: row.minimumPublicUntil,
  authority,
  grounds,
});

type SupportRow = Awaited<ReturnType<typeof publishedSupport>>[number];

function viewSupport({ documentNo, departmentName, publishedAt, measure }: SupportRow) {
  const { size, kind, amount = null, programme, content, basis, validFrom, validUntil } = measure;
  return {
    documentNo,
    departmentName,
    publishedAt: publishedAt.toISOString(),
    sizeTitle: ENTERPRISE_SIZES[size],
    kindTitle: SUPPORT_KINDS[kind],
    programme,
    content,
    basis,
    amount,
    validFrom,
    validUntil,
  };
}

/**
 * Registration data as of the day asked for; later ones are not known yet. An enterprise without any has the name that
 * lists and records use.
 */
function asKnown({ uscc, ...named }: EnterpriseRow, latest: LatestRegistration | undefined) {
  const { name, kind, regionCode } = latest ?? named;
  return { uscc, name, kind, regionCode, cancelledOn: latest?.cancelled ? latest.registeredOn : null };
}

/** 基础信息, the first section of the national system, without data of natural persons. */
function registered({ reference }: ApiContext, latest: LatestRegistration, standing: EnterpriseStanding) {
  const { kind, event, regionCode, registeredOn, scope } = latest;
  return {
    statusTitle: ENTERPRISE_STANDINGS[standing],
    kindTitle: REGISTRATION_KINDS[kind],
    regionName: [...reference.regions.ancestors(regionCode)]
      .map(({ name }) => name)
      .toReversed()
      .join(''),
    registeredOn,
    eventTitle: REGISTRATION_EVENTS[event],
    scope,
  };
}

/** @throws Refusal resource.not-found */
export async function enterpriseOf(api: ApiContext, uscc: string) {
  const enterprise = await findEnterprise(api.db, uscc);
  if (enterprise) return enterprise;
  throw new Refusal('resource.not-found', '没有这个企业的信息', { remedy: '请核对统一社会信用代码' });
}
