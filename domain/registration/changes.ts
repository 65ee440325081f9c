/**
 * 变更、注销 (第七条第一、二款): whoever was told of an enterprise is told of what becomes of it, besides those whom the new
 * scope names, each with what the event changes for it.
 */
import type { RegistrationEvent } from './words.ts';

/** What happened to the registration, and what that changes for whoever is told. */
export interface Occasion {
  /** Absent, as in cases of before it was carried: an establishment. */
  event?: RegistrationEvent;
  /** Of the items, those that the department was not told last. None at an establishment. */
  addedItemIds?: string[];
  /** What the department was told last and holds no more; at a cancellation all that it was ever about. */
  removedItemIds?: string[];
}

/** The part of a case's input or facts that says on which occasion it came about. */
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
 * @param held in the order in which they went out.
 * @returns by department the items that its last registration named: none after a cancellation.
 */
export function lastTold(held: readonly HeldPush[]): Map<string, string[]> {
  const lastNo = new Map(held.map(({ departmentCode, registrationNo }) => [departmentCode, registrationNo]));
  const told = new Map<string, string[]>();
  for (const { departmentCode, registrationNo, event, itemIds } of held) {
    if (lastNo.get(departmentCode) !== registrationNo) continue;
    const before = told.get(departmentCode) ?? [];
    told.set(departmentCode, event === 'cancel' ? before : union(before, itemIds));
  }
  return told;
}

export interface Addressee extends Occasion {
  departmentCode: string;
  /** What the registration's scope names for it: none where it is told only of what is no more. */
  itemIds: string[];
}

/** Who is told of a registration: departments of its scope, and at a change or cancellation those told before. */
export function addressees(event: RegistrationEvent, named: ItemsByDepartment, told: ItemsByDepartment): Addressee[] {
  if (event === 'establish') {
    return [...named].map(([departmentCode, itemIds]) => ({ departmentCode, itemIds: union(itemIds), event }));
  }
  const departments = new Set([...named.keys(), ...told.keys()]);
  return [...departments].map((departmentCode) => {
    const itemIds = union(named.get(departmentCode) ?? []);
    const before = union(told.get(departmentCode) ?? []);
    // Of what is cancelled nothing is new, and nothing stays.
    if (event === 'cancel') {
      return { departmentCode, itemIds, event, addedItemIds: [], removedItemIds: union(before, itemIds) };
    }
    const addedItemIds = itemIds.filter((id) => !before.includes(id));
    const removedItemIds = before.filter((id) => !itemIds.includes(id));
    return { departmentCode, itemIds, event, addedItemIds, removedItemIds };
  });
}

/**
 * Whether a cancellation makes a registration's open cases moot: it was registered before, or on the same day without being
 * a cancellation itself. A later day's registration stands.
 */
export function endsEarlier(
  cancellation: { registeredOn: string },
  { registeredOn, event }: { registeredOn: string; event: string },
): boolean {
  if (registeredOn !== cancellation.registeredOn) return registeredOn < cancellation.registeredOn;
  return event !== 'cancel';
}

const union = (...ids: (readonly string[])[]) => [...new Set(ids.flat())].sort();
