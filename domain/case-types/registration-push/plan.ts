/** Plans what follows from registrations (第七条第二款): which departments are told, and why. Writes nothing. */
import type { CaseOpening, NewCase } from '../../case/case.ts';
import type { LegalDate, WorkCalendar } from '../../clock/calendar.ts';
import { addWorkingDays } from '../../clock/deadlines.ts';
import { Refusal } from '../../errors.ts';
import type { Actor } from '../../organs/actor.ts';
import { isWithin } from '../../organs/region-code.ts';
import { openedPush, supervisors, type Manner, type RegistrationPushInput } from './opening.ts';
import { addressees, lastTold, type Addressee, type HeldPush } from '../../registration/changes.ts';
import { EVENTS } from '../../registration/events.ts';
import type { RegistrationInput } from '../../registration/registration.ts';
import type { ItemMode } from '../../scope/item-modes.ts';
import type { Hit } from '../../scope/matching.ts';
import { hasUnexplainedPermits } from '../../scope/permit-sections.ts';
import type { Reference } from '../../reference.ts';
import { openedPoolEntry, type PoolEntryInput } from '../pool-entry/opening.ts';

/**
 * A hit and its department; null where no level has one, so that the item is published to be claimed (第七条第二款), and where
 * a qualifier of the scope leaves nothing to approve or file.
 */
type RoutedHit = Hit & { departmentCode: string | null; tried: string[] };

/** A registration with the hits of its scope. */
export interface Matched {
  input: RegistrationInput;
  regionCode: string;
  /** The stored date: the day of acceptance where none was given. */
  registeredOn: string;
  hits: RoutedHit[];
  /** The items that the scope calls for, as a permit or as a filing. */
  items: string[];
  /** Whether the scope says 许可项目 that no item of the catalogue explains. */
  isUnclear: boolean;
}

export interface Planned extends Matched {
  starts: CaseOpening[];
  /** Published without a case, because no approval is touched and nobody was told before. */
  isPublished: boolean;
}

/** @throws Refusal region.unknown, access.denied, input.invalid for a day to come. */
export function refuseRegistration(
  { province, regions }: Reference,
  actor: Actor,
  { regionCode, registeredOn }: RegistrationInput,
  today: LegalDate,
): void {
  const region = regions.resolve(regionCode);
  if (!region) {
    const message = `行政区划代码${regionCode}不在${province.name}行政区划（GB/T 2260）中，请核对（外省企业填在本省经营所在地）后重新提交`;
    throw new Refusal('region.unknown', message);
  }
  if (!isWithin(region.code, actor.regionCode)) {
    throw new Refusal('access.denied', `${region.name}不在本登记机关的管辖区域内，请由有管辖权的登记机关提交`);
  }
  const day = registeredOn ?? today;
  if (day > today) {
    const message = `登记日期${day}尚未到来（今日为${today}），请核对登记日期后重新提交`;
    throw new Refusal('input.invalid', message);
  }
}

/**
 * Whether a registration that arrives today comes after the norm for handing it over (第七条第一款). One from before the
 * calendar is late: nobody can count its days any more.
 */
export function isHandedOverLate(
  calendar: WorkCalendar,
  workingDays: number,
  registeredOn: LegalDate,
  today: LegalDate,
): boolean {
  return registeredOn < calendar.coveredFrom || addWorkingDays(calendar, registeredOn, workingDays).due < today;
}

/** The hits, each with the department that its item routes to. */
export function matchRegistration(reference: Reference, input: RegistrationInput, today: string): Matched {
  const regionCode = reference.regions.resolve(input.regionCode)!.code;
  const { hits } = reference.match(input.scope);
  const routed = hits.map((hit) => {
    const route = calls(hit) ? routeOf(reference, hit, regionCode) : undefined;
    return { ...hit, departmentCode: route?.department.code ?? null, tried: route?.tried ?? [] };
  });
  const items = [...new Set(routed.filter(calls).map(({ itemId }) => itemId))].sort();
  const isUnclear = hasUnexplainedPermits(input.scope, hits);
  return { input, regionCode, registeredOn: input.registeredOn ?? today, hits: routed, items, isUnclear };
}

/** Whether a hit calls for a permit or a filing, so that somebody is told. */
const calls = ({ qualifier }: Hit): boolean => qualifier?.effect !== 'none';

/** The organ that approves, at the level that the law names, or takes the filing. */
function routeOf(
  { items, router }: Reference,
  { itemId, qualifier }: Pick<Hit, 'itemId' | 'qualifier'>,
  regionCode: string,
) {
  const item = items.get(itemId);
  return (
    item && router.route(qualifier?.sector ?? item.sector, regionCode, qualifier?.approvingLevel ?? item.approvingLevel)
  );
}

/**
 * The organs of the place that supervise (同级行业主管部门): of the item's supervising sector, or of the approving one; for what is only
 * filed with another sector, of that one.
 */
function supervisorsOf(
  { items, router }: Reference,
  itemId: string,
  own: readonly Hit[],
  regionCode: string,
): string[] {
  const item = items.get(itemId);
  if (!item) return [];
  // Of an item that ended there are no hits.
  const filedWith = own.length > 0 ? own.map(({ qualifier }) => qualifier?.sector) : [undefined];
  const sectors = filedWith.map((sector) => sector ?? item.supervisingSector ?? item.sector);
  return sectors.flatMap((sector) => router.route(sector, regionCode)?.department.code ?? []);
}

/** What a push says beside its items: which of them are only filed, and who supervises where another approves. */
function mannerOfItems(
  reference: Reference,
  { hits, regionCode }: Matched,
  departmentCode: string | null,
  { itemIds, removedItemIds = [] }: { itemIds: readonly string[]; removedItemIds?: readonly string[] },
): Manner {
  const ownOf = (id: string) =>
    hits.filter((hit) => hit.itemId === id && hit.departmentCode === departmentCode && calls(hit));
  const modes = itemIds.flatMap((id): [string, ItemMode[]][] => {
    const item = reference.items.get(id);
    const own = ownOf(id);
    if (!item || own.every(({ qualifier }) => !qualifier)) return [];
    return [[id, [...new Set(own.map(({ qualifier }): ItemMode => (qualifier ? 'filing' : item.mode)))].sort()]];
  });
  const organs = [...itemIds, ...removedItemIds].flatMap((id) => supervisorsOf(reference, id, ownOf(id), regionCode));
  const supervisedBy = supervisors({ supervisedBy: [...new Set(organs)].sort() }, departmentCode);
  return {
    ...(modes.length > 0 && { modes: Object.fromEntries(modes) }),
    ...(supervisedBy.length > 0 && { supervisedBy }),
  };
}

/** Sorts registrations by their day, since a file may hold them in any order. Cancellations sort last within a day. */
export function inOrderOfEvents<M extends Matched>(matched: readonly M[]): M[] {
  const rank = ({ input, registeredOn }: Matched) => `${registeredOn} ${input.event === 'cancel' ? 1 : 0}`;
  const ranked = matched.map((one) => ({ one, at: rank(one) }));
  return ranked.sort((a, b) => a.at.localeCompare(b.at)).map(({ one }) => one);
}

/**
 * @param matched in the order of events.
 * @param held the pushes of each enterprise, in the order in which they were sent. Planned pushes are added to it, because
 * a later row of the batch may change or cancel them.
 */
export function planRegistrations<M extends Matched>(
  reference: Reference,
  matched: readonly M[],
  held: Map<string, HeldPush[]>,
  now: number,
): (M & Planned)[] {
  return matched.map((one) => {
    const { uscc, registrationNo, event } = one.input;
    const before = held.get(uscc) ?? [];
    const concerned = departmentsOf(reference, one, before);
    const told = concerned(successors(reference, lastTold(before), one.regionCode));
    const all = addressees(event, concerned(itemsByDepartment(one.hits)), told);
    const going = all.map(({ departmentCode, itemIds }) => ({ registrationNo, event, departmentCode, itemIds }));
    held.set(uscc, [...before, ...going]);
    const starts = all.map((addressee) => pushStart(reference, one, addressee, now));
    if (isPooled(one, starts.length)) starts.push(poolStart(reference, one, unroutedItems(one.hits), now));
    return { ...one, starts, isPublished: starts.length === 0 };
  });
}

/**
 * 迁出: only departments of the place that the enterprise leaves are concerned, and not those that also have the new place,
 * of which 迁入 has told them. Every other event concerns all.
 */
function departmentsOf({ departments }: Reference, { input, regionCode }: Matched, held: readonly HeldPush[]) {
  const last = new Map(held.map(({ departmentCode, event }) => [departmentCode, event]));
  const isConcerned = (code: string) => {
    const place = departments.get(code)?.regionCode;
    return place !== undefined && isWithin(regionCode, place) && last.get(code) !== 'moveIn';
  };
  return (found: Map<string, string[]>): Map<string, string[]> =>
    EVENTS[input.event].items === 'leaves' ? new Map([...found].filter(([code]) => isConcerned(code))) : found;
}

/**
 * 审批部门不明确 (第七条第二款): an item was found that no department has, the scope names 许可项目 that the catalogue does not
 * know, or there is no scope at all and nobody is told. Only events that bring a scope ask this: a cancellation and the like
 * concern those who were told before.
 */
function isPooled({ input, hits, isUnclear }: Matched, told: number): boolean {
  if (EVENTS[input.event].items !== 'scope') return false;
  return isUnclear || unroutedItems(hits).length > 0 || (told === 0 && input.scope.trim() === '');
}

/**
 * 不涉及审批 (第七条第二款): a new registration is published without a case, whoever was told before. Of other events only
 * `planRegistrations` knows.
 */
export const isPublishedAtOnce = (one: Matched): boolean =>
  one.input.event === 'establish' && !one.hits.some(calls) && !isPooled(one, 0);

function itemsByDepartment(hits: readonly RoutedHit[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { departmentCode, itemId } of hits) {
    if (departmentCode === null) continue;
    const items = found.get(departmentCode);
    if (items) items.push(itemId);
    else found.set(departmentCode, [itemId]);
  }
  return found;
}

/** Items whose department is unclear, each once. */
const unroutedItems = (hits: readonly RoutedHit[]): string[] => [
  ...new Set(hits.filter((hit) => hit.departmentCode === null && calls(hit)).map(({ itemId }) => itemId)),
];

/** Replaces retired departments, which have no accounts, by the departments that their items route to today. */
function successors(reference: Reference, told: Map<string, string[]>, regionCode: string): Map<string, string[]> {
  const today = new Map<string, string[]>();
  const tell = (code: string, itemIds: string[]) => today.set(code, [...(today.get(code) ?? []), ...itemIds]);
  for (const [code, itemIds] of told) {
    const department = reference.departments.get(code);
    if (department && !department.retiredAt) tell(code, itemIds);
    else for (const id of itemIds) tell(routeOf(reference, { itemId: id }, regionCode)?.department.code ?? code, [id]);
  }
  return today;
}

function pushStart(
  reference: Reference,
  of: Matched,
  { departmentCode, ...about }: Addressee,
  now: number,
): CaseOpening {
  const input: RegistrationPushInput = {
    ...chainOf(of, departmentCode),
    ...about,
    ...mannerOfItems(reference, of, departmentCode, about),
    departmentCode,
    pushedAt: now,
    claimedFromPool: false,
    returnedBy: [],
    finalRuling: false,
    parentCaseId: null,
  };
  return start('registrationPush', openedPush(input), input);
}

function poolStart(reference: Reference, of: Matched, itemIds: string[], now: number): CaseOpening {
  const input: PoolEntryInput = {
    ...chainOf(of, 'pool'),
    ...mannerOfItems(reference, of, null, { itemIds }),
    itemIds,
    event: of.input.event,
    returnedBy: [],
    publishedAt: now,
    parentCaseId: null,
  };
  return start('poolEntry', openedPoolEntry(input), input);
}

const chainOf = ({ input: { registrationNo, uscc }, regionCode }: Matched, chain: string) => ({
  registrationNo,
  uscc,
  chain,
  round: 1,
  regionCode,
});

const start = (workflow: CaseOpening['workflow'], opened: NewCase, input: object): CaseOpening => ({
  workflow,
  opened,
  input,
});
