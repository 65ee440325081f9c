/** Listings in the database and the cases that follow from them, for tests of joint sanction (第九条). */
import { randomUUID } from 'node:crypto';
import { keepTexts } from '../../db/intake/restriction-decisions.ts';
import { listings } from '../../db/schema.ts';
import type { CommandResult } from '../../domain/case/case.ts';
import { sanctionCaseId } from '../../domain/case/id.ts';
import { isOfCourt, openedListing, type ListingInput } from '../../domain/case-types/listing/opening.ts';
import { sanctionNoticeBodies } from '../../domain/case-types/sanction-notice/commands.ts';
import { toldDecision, type RestrictionOrder } from '../../domain/case-types/sanction-notice/decision.ts';
import { realClock } from '../../domain/clock/clock.ts';
import { updateOf } from '../../workflows/lib/updates.ts';
import { COUNTY, DAY, type CaseWorld } from './case-world.ts';
import type { Actor } from '../../domain/organs/actor.ts';

const decideRestriction = updateOf(sanctionNoticeBodies, 'decide');
const executeRestriction = updateOf(sanctionNoticeBodies, 'execute');
const fetchNotice = updateOf(sanctionNoticeBodies, 'fetch');

/** Two departments: one may take two measures, the other one. */
const CONCERNED = [
  { departmentCode: `${COUNTY}-housing`, measureIds: ['ZB01', 'ZZ01'] },
  { departmentCode: `${COUNTY}-health`, measureIds: ['SP01'] },
];

export interface Listed {
  input: ListingInput;
  listingId: string;
  /** The case id of a sector's notice. */
  notice: (sector: string) => string;
  lifting: (sector: string) => string;
}

export async function list(
  world: CaseWorld,
  { daysAgo = 0, ...more }: { daysAgo?: number } & Partial<ListingInput> = {},
): Promise<Listed> {
  const input: ListingInput = {
    list: 'serious-dishonest',
    documentNo: `DOC-${randomUUID().slice(0, 8)}`,
    uscc: '91350100M000100Y43',
    regionCode: COUNTY,
    departmentCode: `${COUNTY}-registration`,
    measuresVersion: 'measures-2026.1',
    departments: CONCERNED,
    listedAt: (await world.now()) - daysAgo * DAY,
    ...more,
  };
  const opened = openedListing(input);
  const listingId = opened.caseId;
  await world.handle.db.insert(listings).values({
    ...input,
    listingId,
    authority: '天心区市场监督管理局',
    authorityCode: isOfCourt(input.list) ? null : input.departmentCode,
    listedUntil: input.term?.listedUntil,
    grounds: '示例',
    listedOn: '2026-01-05',
    content: {},
    contentHash: 'test',
    acceptedAt: new Date(input.listedAt),
    acceptedBy: 'test',
  });
  await (daysAgo > 0 ? world.startUnrecorded('listing', opened, input) : world.start('listing', opened, input));
  const of = (type: 'sanctionNotice' | 'sanctionLifting') => (sector: string) =>
    sanctionCaseId(type, { ...input, departmentCode: `${COUNTY}-${sector}` });
  const listed = { input, listingId, notice: of('sanctionNotice'), lifting: of('sanctionLifting') };
  await world.begun(listingId);
  for (const { departmentCode } of CONCERNED) {
    await world.begun(sanctionCaseId('sanctionNotice', { ...input, departmentCode }));
  }
  return listed;
}

/** Decides as people do through the API, which keeps basis and person and tells the workflow the rest. */
export async function decide(
  world: CaseWorld,
  noticeId: string,
  who: Actor,
  order: RestrictionOrder,
  key?: string,
): Promise<CommandResult> {
  const texts = await keepTexts(world.handle.db, noticeId, order, { displayName: who.username });
  return world.command(noticeId, decideRestriction, who, toldDecision(order, texts, realClock), key);
}

/** The department fetches, decides and executes. */
export async function restrict(world: CaseWorld, noticeId: string, who: Actor, measureIds: string[]): Promise<void> {
  await world.command(noticeId, fetchNotice, who, {});
  await world.command(noticeId, decideRestriction, who, { measureIds });
  await world.command(noticeId, executeRestriction, who, { remark: '已在系统中限制' });
}
