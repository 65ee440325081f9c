/**
 * 变更、注销 and the like (第七条第一、二款): they are told to the departments that the new scope names and to those that were
 * told of the enterprise before, each with what the event changes for it.
 */
import { EVENTS } from './events.ts';
import type { RegistrationEvent } from './words.ts';

/** What happened to the registration, and what that changes for the department that is told. */
export interface Occasion {
  /** Absent in cases from before this field existed; they are establishments. */
  event?: RegistrationEvent;
  /** Items that the department was not told of at its last registration. Absent at an establishment. */
  addedItemIds?: string[];
  /** Items that the department was told of last and that no longer apply; at a cancellation, all its items. */
  removedItemIds?: string[];
}

/** The fields of a case's input or facts that say what happened to the registration; undefined ones are left out. */
export function occasionOf({ event, addedItemIds, removedItemIds }: Occasion): Occasion {
  return { ...(event && { event }), ...(addedItemIds && { addedItemIds }), ...(removedItemIds && { removedItemIds }) };
}

/** A push that a department holds, or held without returning it. */
export interface HeldPush {
  registrationNo: string;
  event: RegistrationEvent;
  departmentCode: string;
  itemIds: readonly string[];
}

type ItemsByDepartment = ReadonlyMap<string, readonly string[]>;

/**
 * @param held the enterprise's pushes, in the order in which they were sent.
 * @returns by department, the items that the last registration told it; none after a cancellation or the like.
 */
export function lastTold(held: readonly HeldPush[]): Map<string, string[]> {
  const lastNo = new Map(held.map(({ departmentCode, registrationNo }) => [departmentCode, registrationNo]));
  const told = new Map<string, string[]>();
  for (const { departmentCode, registrationNo, event, itemIds } of held) {
    if (lastNo.get(departmentCode) !== registrationNo) continue;
    const before = told.get(departmentCode) ?? [];
    told.set(departmentCode, endsItems(event) ? before : union(before, itemIds));
  }
  return told;
}

export interface Addressee extends Occasion {
  departmentCode: string;
  /** The items that the new scope names for the department; empty where it is told only of what was removed. */
  itemIds: string[];
}

/** Whether nobody has items of the enterprise after this event. */
const endsItems = (event: RegistrationEvent) => EVENTS[event].items === 'ends' || EVENTS[event].items === 'leaves';

/**
 * Who is told of a registration: the departments of its scope and, except at an establishment, those told before
 * (domain/registration/events.ts).
 */
export function addressees(event: RegistrationEvent, named: ItemsByDepartment, told: ItemsByDepartment): Addressee[] {
  if (event === 'establish') {
    return [...named].map(([departmentCode, itemIds]) => ({ departmentCode, itemIds: union(itemIds), event }));
  }
  const { items } = EVENTS[event];
  const departments = new Set([...named.keys(), ...told.keys()]);
  return [...departments].map((departmentCode) => {
    const scope = union(named.get(departmentCode) ?? []);
    const before = union(told.get(departmentCode) ?? []);
    // What ends adds nothing and removes everything.
    if (endsItems(event)) {
      return { departmentCode, itemIds: scope, event, addedItemIds: [], removedItemIds: union(before, scope) };
    }
    const itemIds = items === 'keeps' ? union(scope, before) : scope;
    const addedItemIds = itemIds.filter((id) => !before.includes(id));
    const removedItemIds = before.filter((id) => !itemIds.includes(id));
    return { departmentCode, itemIds, event, addedItemIds, removedItemIds };
  });
}

/**
 * Whether a cancellation makes the open cases of another registration moot: one of an earlier day, or of the same day that
 * is no cancellation itself. A registration of a later day stands.
 */
export function endsEarlier(
  cancellation: { registeredOn: string },
  { registeredOn, event }: { registeredOn: string; event: string },
): boolean {
  const { registeredOn: day } = cancellation;
  return registeredOn < day || (registeredOn === day && event !== 'cancel');
}

const union = (...ids: (readonly string[])[]) => [...new Set(ids.flat())].sort();
