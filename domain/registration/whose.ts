/** 登记管辖: whose enterprise it is, as the record says it, not as a sender does (第七条第一款). */
import { Refusal } from '../errors.ts';
import type { LegalDate } from '../clock/calendar.ts';
import type { Actor } from '../organs/actor.ts';
import { isWithin } from '../organs/region-code.ts';
import type { RegistrationEvent } from './words.ts';

/** What the record says of an enterprise that has been registered. */
export interface Registered {
  regionCode: string;
  /** 迁出: the day on which its authority let it go; it is still the authority's until another has taken it in. */
  movedOutOn: LegalDate | null;
}

/**
 * An authority acts on the enterprises of its own region. Between regions an enterprise moves by two registrations: 迁出 by the
 * authority that has it, then 迁入 by the one that takes it in. So both have confirmed it.
 * @param placeOf the name of a region.
 */
export function refusalOfForeign(
  actor: Pick<Actor, 'regionCode'>,
  known: Registered | undefined,
  { event, registeredOn }: { event: RegistrationEvent; registeredOn: LegalDate },
  placeOf: (regionCode: string) => string,
): Refusal | undefined {
  if (!known || isWithin(known.regionCode, actor.regionCode)) return undefined;
  const place = placeOf(known.regionCode);
  if (event !== 'moveIn') {
    return new Refusal(
      'access.denied',
      `该企业登记在${place}，不在本登记机关的管辖区域内，请由其登记机关提交；已迁入本地的，请先提交迁入登记`,
    );
  }
  if (known.movedOutOn === null || known.movedOutOn > registeredOn) {
    const state = known.movedOutOn === null ? '尚未办理迁出' : `于${known.movedOutOn}迁出，晚于迁入日期${registeredOn}`;
    return new Refusal('registration.not-moved-out', `该企业登记在${place}，${state}，请由其登记机关先提交迁出登记`);
  }
  return undefined;
}
