/** What other reference data would have made of registrations that came in: who would have been told, and of what. */
import { planRegistrations, matchRegistration } from '../case-types/registration-push/plan.ts';
import type { Reference } from '../reference.ts';
import type { RegistrationInput } from '../registration/registration.ts';
import { EVENTS } from '../registration/events.ts';

/** Who is told of a registration; nobody, and not pooled: it is published. */
interface Told {
  /** Department → items. */
  departments: Record<string, string[]>;
  /** In the claim pool, because the department is unclear. */
  isPooled: boolean;
}

export interface EffectExample {
  registrationNo: string;
  name: string;
  regionCode: string;
  before: Told;
  after: Told;
}

interface DepartmentEffect {
  code: string;
  name: string;
  /** Registrations of which it would be told and was not, and the reverse. */
  more: number;
  fewer: number;
}

export interface Effect {
  /** Registrations that were compared: the last ones, and none of an event without a scope of its own. */
  compared: number;
  /** How many of them would go to others, or to the same with other items: a new number is another item. */
  changed: number;
  /** How many of these would go to others. */
  redirected: number;
  /** Those that change, most first. */
  departments: DepartmentEffect[];
  /** Departments left off the list. */
  departmentsLeftOff: number;
  examples: EffectExample[];
  /** Whether the time was enough for all that were asked for. */
  isComplete: boolean;
}

const EXAMPLES = 50;
const DEPARTMENTS = 500;

/** Compares one registration after the other. Holds counts by department and the examples, never the registrations. */
export class EffectTally {
  readonly #before: Reference;
  readonly #after: Reference;
  /** Those that go to others first: the rest may only be numbered anew. */
  readonly #redirected: EffectExample[] = [];
  readonly #others: EffectExample[] = [];
  readonly #departments = new Map<string, { more: number; fewer: number }>();
  #compared = 0;
  #changed = 0;
  #elsewhere = 0;

  constructor(before: Reference, after: Reference) {
    this.#before = before;
    this.#after = after;
  }

  add(input: RegistrationInput & { registeredOn: string }): void {
    if (EVENTS[input.event].items !== 'scope') return;
    this.#compared += 1;
    const before = toldOf(this.#before, input);
    const after = toldOf(this.#after, input);
    if (before === undefined || after === undefined || isSame(before, after)) return;
    this.#changed += 1;
    for (const code of Object.keys(after.departments)) if (!before.departments[code]) this.#count(code, 'more');
    for (const code of Object.keys(before.departments)) if (!after.departments[code]) this.#count(code, 'fewer');
    const { registrationNo, name, regionCode } = input;
    const isElsewhere = addresseesOf(before) !== addresseesOf(after);
    if (isElsewhere) this.#elsewhere += 1;
    const examples = isElsewhere ? this.#redirected : this.#others;
    if (examples.length < EXAMPLES) examples.push({ registrationNo, name, regionCode, before, after });
  }

  result(isComplete: boolean): Effect {
    const departments = [...this.#departments]
      .map(([code, counts]) => ({ code, name: this.#nameOf(code), ...counts }))
      .sort((a, b) => b.more + b.fewer - a.more - a.fewer || a.code.localeCompare(b.code));
    return {
      compared: this.#compared,
      changed: this.#changed,
      redirected: this.#elsewhere,
      departments: departments.slice(0, DEPARTMENTS),
      departmentsLeftOff: Math.max(0, departments.length - DEPARTMENTS),
      examples: [...this.#redirected, ...this.#others].slice(0, EXAMPLES),
      isComplete,
    };
  }

  #count(code: string, way: 'more' | 'fewer'): void {
    const counts = this.#departments.get(code) ?? { more: 0, fewer: 0 };
    counts[way] += 1;
    this.#departments.set(code, counts);
  }

  #nameOf(code: string): string {
    return (this.#after.departments.get(code) ?? this.#before.departments.get(code))?.name ?? code;
  }
}

/** By the plan of an intake, for an enterprise of which nobody was told before. */
function toldOf(reference: Reference, input: RegistrationInput & { registeredOn: string }): Told | undefined {
  if (!reference.regions.resolve(input.regionCode)) return undefined;
  const matched = matchRegistration(reference, input, input.registeredOn);
  const [{ starts } = { starts: [] }] = planRegistrations(reference, [matched], new Map(), 0);
  const departments: Told['departments'] = {};
  for (const { opened } of starts) {
    const { departmentCode, facts } = opened;
    const { itemIds } = facts as { itemIds?: string[] };
    if (departmentCode !== null) departments[departmentCode] = itemIds ?? [];
  }
  return { departments, isPooled: starts.some(({ workflow }) => workflow === 'poolEntry') };
}

const textOf = ({ departments, isPooled }: Told): string =>
  JSON.stringify([isPooled, Object.entries(departments).sort(([a], [b]) => (a < b ? -1 : 1))]);

const addresseesOf = ({ departments, isPooled }: Told): string =>
  JSON.stringify([isPooled, Object.keys(departments).sort()]);

const isSame = (a: Told, b: Told): boolean => textOf(a) === textOf(b);
