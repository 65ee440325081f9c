/** 限制决定 (第九条第一款): what is checked and kept of a decision before its workflow judges it. */
import { toldDecision, type RestrictionOrder } from '../../domain/case-types/sanction-notice/decision.ts';
import type { ToldDecision } from '../../domain/case-types/sanction-notice/commands.ts';
import { legalDateOf } from '../../domain/clock/calendar.ts';
import type { Clock } from '../../domain/clock/clock.ts';
import { dueFrom } from '../../domain/clock/declared-day.ts';
import { Refusal } from '../../domain/errors.ts';
import type { Database } from '../postgres/client.ts';
import { currentCalendar } from '../queries/calendar.ts';
import { findListing } from '../queries/restrictions.ts';
import { contentHash } from '../records/content-hash.ts';
import { restrictionTexts } from '../schema.ts';

const ARTICLE = '第九条第一款';
const TITLE = '做出限制决定之日';

/** The notice that the decision answers. */
interface Noticed {
  caseId: string;
  /** The listing's case id, which is its key. */
  parentCaseId: string | null;
}

/**
 * Keeps basis and person, which histories must not learn. A decision that is sent again finds them kept.
 * @param by who enters it: the person asking, unless another is named.
 * @returns what the workflow is told.
 * @throws Refusal input.invalid for a day to come or before the listing, calendar.insufficient for one before the calendar.
 */
export async function keepDecision(
  { db, clock }: { db: Database; clock: Clock },
  { caseId, parentCaseId }: Noticed,
  order: RestrictionOrder,
  by: { displayName: string },
): Promise<ToldDecision> {
  const today = legalDateOf(clock.toLegal(Date.now()));
  dueFrom(await currentCalendar(db), today, { title: TITLE, day: order.decidedOn }, 'sanctionNotice.feedback');
  const listing = await findListing(db, parentCaseId ?? '');
  if (listing && order.decidedOn < listing.listedOn) {
    throw new Refusal('input.invalid', `${TITLE}${order.decidedOn}早于企业列入名单之日${listing.listedOn}`, {
      remedy: `请核对${TITLE}；列入名单之前的决定不是依据该名单做出的，须依据该名单另行决定`,
      article: ARTICLE,
    });
  }
  return toldDecision(order, await keepTexts(db, caseId, order, by), clock);
}

/** @returns under which the record keeps basis and person. */
export async function keepTexts(
  db: Database,
  caseId: string,
  { basis, personAsking }: Pick<RestrictionOrder, 'basis' | 'personAsking'>,
  { displayName }: { displayName: string },
): Promise<string> {
  const kept = { basis: basis || null, personAsking: personAsking || displayName };
  const texts = contentHash(kept);
  await db
    .insert(restrictionTexts)
    .values({ caseId, texts, ...kept })
    .onConflictDoNothing();
  return texts;
}
