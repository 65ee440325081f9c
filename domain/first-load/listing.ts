/**
 * 首次装载 of entries of lists (第九条): in force or removed, each with its own days. Nobody is told, and no department restricts
 * because of it; the entry's case is opened when an organ acts on it (db/cases/loaded-listings.ts). Writes nothing.
 */
import { z } from 'zod';
import { completedDates, type ListingDates } from '../case-types/listing/dates.ts';
import { listingEntrySchema, type ListingEntry } from '../case-types/listing/entry.ts';
import { REMOVAL_GROUNDS } from '../case-types/listing/grounds.ts';
import { isOfCourt } from '../case-types/listing/opening.ts';
import { decidingOrgan, regionOfListing, type EnterprisePlace } from '../case-types/listing/plan.ts';
import { endOfDay, startOfDay, type LegalDate } from '../clock/calendar.ts';
import { Refusal } from '../errors.ts';
import { day, labelled, optional, text } from '../fields.ts';
import type { Actor } from '../organs/actor.ts';
import { kindOfUscc } from '../registration/registration.ts';
import { groundIn } from '../rule-sets/listing-rules.ts';
import type { Reference } from '../reference.ts';
import { passOn } from './record.ts';

const removal = z.object({
  removedOn: optional(day('移出日期')).describe('移出日期 YYYY-MM-DD；空：仍在列'),
  removalGround: optional(labelled(REMOVAL_GROUNDS, '移出事由')),
  removalNo: optional(text('移出决定文号').max(100, '移出决定文号不得超过100字')),
});

type Removal = z.output<typeof removal>;

export interface LoadedListing {
  entry: ListingEntry;
  removal: Removal;
}

/** A row is one entry; how it ended stands in the same row. */
export const loadedListingSchema = z.unknown().transform((row, context): LoadedListing => {
  const operation = Object(row)['operation'] as unknown;
  if (typeof operation === 'string' && /移出|remove/.test(operation)) {
    const message = '首次装载一行一个条目：已移出的，请在列入的一行填写移出日期，删除移出的一行';
    context.addIssue({ code: 'custom', path: ['operation'], message });
    return z.NEVER;
  }
  const entry = listingEntrySchema.safeParse(row);
  const ended = removal.safeParse(row);
  for (const { error } of [entry, ended]) passOn(error?.issues ?? [], [], context);
  return entry.success && ended.success ? { entry: entry.data, removal: ended.data } : z.NEVER;
});

export interface PlannedLoadedListing extends LoadedListing {
  regionCode: string;
  /** Null: a court. */
  authorityCode: string | null;
  ground: string | null;
  dates: ListingDates;
  /** Legal time, epoch ms. */
  acceptedAt: number;
  /** Null: in force. */
  removedAt: number | null;
  kind: ReturnType<typeof kindOfUscc>;
}

/**
 * @param known where the enterprise is registered, which nothing that the entry states overrides; else where it was named.
 * @throws Refusal region.unknown, access.denied, department.unknown, input.invalid
 */
export function planLoadedListing(
  reference: Reference,
  actor: Actor,
  { entry, removal: ended }: LoadedListing,
  { known = {}, today }: { known?: EnterprisePlace; today: LegalDate },
): PlannedLoadedListing {
  const { list, uscc, listedOn, severity } = entry;
  const { removedOn } = ended;
  if (listedOn > today) throw invalid(`列入之日${listedOn}尚未到来`, '请更正列入日期');
  if (removedOn && (removedOn < listedOn || removedOn > today)) {
    const wrong = removedOn < listedOn ? `早于列入之日${listedOn}` : '尚未到来';
    throw invalid(`移出日期${removedOn}${wrong}`, '请更正移出日期');
  }
  const region = regionOfListing(reference, actor, entry, known);
  const organ = decidingOrgan(reference, entry, region.code);
  if (!organ) {
    throw new Refusal('department.unknown', `${region.name}没有登记机关，不知由谁管理该条目`, {
      remedy: '请填写列入机关的部门代码',
    });
  }
  // By the rule of the day on which it was listed: later ones changed nothing for it.
  const { dates, fault } = completedDates(entry, severity, listedOn);
  if (fault) throw invalid(fault, '请核对失信严重程度和各日期');
  const { listedUntil } = dates;
  const isOver = listedUntil !== undefined && listedUntil < today && !isOfCourt(list);
  const removedAt = removedOn ? startOfDay(removedOn) : isOver ? endOfDay(listedUntil) : null;
  return {
    entry,
    removal: ended,
    regionCode: region.code,
    authorityCode: isOfCourt(list) ? null : organ.code,
    ground: entry.ground ?? groundIn(entry.grounds, list, listedOn) ?? null,
    dates,
    acceptedAt: startOfDay(listedOn),
    removedAt,
    kind: kindOfUscc(uscc),
  };
}

const invalid = (message: string, remedy: string) => new Refusal('input.invalid', message, { remedy });
