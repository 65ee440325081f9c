/** 通报批评 (第十六条): what its commands ask of the record, before the workflow is told. */
import { takeUp } from '../../db/cases/attachments.ts';
import type { Account } from '../../db/queries/accounts.ts';
import type { ListedCase } from '../../db/queries/cases.ts';
import { criticismGrounds, groundsWithout, heardAt } from '../../db/queries/criticism-grounds.ts';
import type { BodyOf } from '../../domain/case/bodies.ts';
import type { supervisionBodies } from '../../domain/case-types/supervision/commands.ts';
import { CRITICISM_ARTICLE, type Ground } from '../../domain/case-types/supervision/criticism.ts';
import type { SupervisionFacts } from '../../domain/case-types/supervision/opening.ts';
import { legalDateOf } from '../../domain/clock/calendar.ts';
import { Refusal } from '../../domain/errors.ts';
import { governmentNames } from '../../domain/organs/government-names.ts';
import { legalNow, type ApiContext } from '../context.ts';

type Row = ListedCase['case'];
type Document = BodyOf<typeof supervisionBodies, 'recordCriticism'>;

/** The grounds on which the case may be proposed now. @throws Refusal criticism.no-ground */
export async function groundsToPropose(api: ApiContext, row: Row): Promise<Ground[]> {
  const { criticism }: SupervisionFacts = row.facts;
  const judged = [...(criticism?.declinedGrounds ?? []), ...(criticism?.grounds ?? [])];
  const held = await criticismGrounds(api.db, row, legalNow(api));
  const grounds = groundsWithout(held, judged);
  if (grounds.length > 0) return grounds;
  const isDeclined = held.length > 0;
  throw new Refusal(
    'criticism.no-ground',
    isDeclined
      ? '同级人民政府已就现有的逾期决定不予通报批评'
      : '没有该部门的逾期记录，也没有逾期未签收、未答复或未整改的督办',
    {
      remedy: isDeclined ? '出现新的逾期后可以再次提请' : '请待督办的签收、答复或整改期限届满而部门仍未办理时再提请',
      article: CRITICISM_ARTICLE,
    },
  );
}

/**
 * The breaches may have been withdrawn since they were proposed, by a calendar that came late.
 * @throws Refusal criticism.no-ground
 */
export async function refuseGroundless(api: ApiContext, row: Row): Promise<void> {
  const { criticism }: SupervisionFacts = row.facts;
  const held = await criticismGrounds(api.db, row, legalNow(api));
  const proposed = criticism?.grounds ?? [];
  if (groundsWithout(proposed, held).length < proposed.length) return;
  throw new Refusal('criticism.no-ground', '据以提请通报批评的逾期记录已经撤销', {
    remedy: '请决定不予通报批评；另有逾期的，由督查人员重新提请',
    article: CRITICISM_ARTICLE,
  });
}

/** Checks the government's document against the record, and attaches it. @throws Refusal */
export async function keepDocument(api: ApiContext, row: Row, account: Account, document: Document): Promise<void> {
  const refuse = (message: string, remedy: string) =>
    new Refusal('criticism.document-refused', message, { remedy, article: CRITICISM_ARTICLE });
  const names = governmentNames(api.reference.regions, row.regionCode);
  if (!names.includes(document.organ)) {
    throw refuse(
      `“${document.organ}”不是与该部门同级的人民政府，不能给予通报批评`,
      `请填写决定机关的全称：${names.at(-1) ?? '同级人民政府'}`,
    );
  }
  if (document.decidedOn > legalDateOf(legalNow(api).getTime())) {
    throw refuse('决定日期在今天之后', '请核对决定文书的日期');
  }
  const heard = await heardAt(api.db, row.caseId);
  if (!heard || document.decidedOn < legalDateOf(heard.getTime())) {
    throw refuse('决定日期早于听取部门陈述之日', '通报批评应在听取陈述或陈述期满后决定；请核对决定文书的日期');
  }
  await api.db.transaction((tx) => takeUp(tx, row.caseId, document.attachmentIds, { username: account.username }));
}
