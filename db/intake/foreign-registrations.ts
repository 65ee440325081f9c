/** 登记管辖 (第七条第一款): what an authority hands over of enterprises that, by the record, another one has. */
import { inArray } from 'drizzle-orm';
import type { LegalDate } from '../../domain/clock/calendar.ts';
import type { Actor } from '../../domain/organs/actor.ts';
import { isWithin } from '../../domain/organs/region-code.ts';
import type { RegistrationInput } from '../../domain/registration/registration.ts';
import { refusalOfForeign, type Registered } from '../../domain/registration/whose.ts';
import { registrations } from '../schema.ts';
import type { IntakeDeps } from './batch.ts';

/**
 * Refuses what an authority says of an enterprise that another one has. What was accepted before stays accepted, when it is sent
 * again after the enterprise has moved.
 * @returns to be called for each row in order: what a row moves in belongs to the rows that follow.
 */
export async function foreignTo(
  { db, reference: { regions } }: IntakeDeps,
  actor: Actor,
  inputs: readonly RegistrationInput[],
  { known, today }: { known: ReadonlyMap<string, Registered>; today: LegalDate },
): Promise<(input: RegistrationInput) => void> {
  const foreign = inputs.filter(({ uscc }) => {
    const place = known.get(uscc)?.regionCode;
    return place !== undefined && !isWithin(place, actor.regionCode);
  });
  if (foreign.length === 0) return () => undefined;
  const { registrationNo } = registrations;
  const numbers = foreign.map((input) => input.registrationNo);
  const rows = await db.select({ registrationNo }).from(registrations).where(inArray(registrationNo, numbers));
  const stored = new Set(rows.map((row) => row.registrationNo));
  const placeOf = (code: string) => regions.resolve(code)?.name ?? code;
  const movedIn = new Set<string>();
  return ({ registrationNo: number, uscc, event, registeredOn = today }) => {
    if (stored.has(number) || movedIn.has(uscc)) return;
    const refusal = refusalOfForeign(actor, known.get(uscc), { event, registeredOn }, placeOf);
    if (refusal) throw refusal;
    if (event === 'moveIn') movedIn.add(uscc);
  };
}
