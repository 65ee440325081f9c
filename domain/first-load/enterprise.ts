/**
 * 首次装载 of enterprises: what the register says of each, as its last registration. Judged by the schema of registrations; the state
 * (存续、吊销、注销) tells which event that registration was.
 */
import { z } from 'zod';
import type { LegalDate } from '../clock/calendar.ts';
import { foldedText } from '../folding.ts';
import { registrationInputSchema, type RegistrationInput } from '../registration/registration.ts';
import type { RegistrationEvent } from '../registration/words.ts';

/** Words by which registers say what an enterprise is; the first that is contained counts. Null: its event is what the row says. */
const STATES: readonly (readonly [words: RegExp, event: RegistrationEvent | null])[] = [
  [/已注销|^注销|^cancelled$/, 'cancel'],
  [/吊销|^revoked$/, 'revoke'],
  [/撤销|^annulled$/, 'annul'],
  [/迁出|^movedOut$/, 'moveOut'],
  [/歇业|^dormant$/, 'dormant'],
  [/存续|在营|开业|在册|在业|正常|登记成立|^active$/, null],
];

const given = (value: unknown): string => (typeof value === 'string' ? foldedText(value).trim() : '');

/** A row as the registration that it stands for. */
function asRegistration(row: unknown, context: z.RefinementCtx): unknown {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) return row;
  // What a registration does not have.
  const { state, cancelledOn, revokedOn, ...rest }: Record<string, unknown> = { ...row };
  const said = given(state);
  const found = STATES.find(([words]) => words.test(said));
  if (said !== '' && !found) {
    const message = `登记状态“${said}”不明，应为存续、吊销、注销、撤销、歇业或迁出，请更正或留空`;
    context.addIssue({ code: 'custom', path: ['state'], message });
    return z.NEVER;
  }
  const ended = given(cancelledOn) !== '' ? 'cancel' : given(revokedOn) !== '' ? 'revoke' : null;
  const event = found ? found[1] : ended;
  const endedOn = event === 'cancel' ? cancelledOn : event === 'revoke' ? revokedOn : undefined;
  const day = [endedOn, rest['registeredOn'], rest['establishedOn']].find((one) => given(one) !== '');
  if (day === undefined) {
    const message = '缺少登记日期（或成立、注销、吊销日期）：首次装载按登记簿的日期，请填写';
    context.addIssue({ code: 'custom', path: ['registeredOn'], message });
    return z.NEVER;
  }
  const number = given(rest['registrationNo']);
  return {
    ...rest,
    registeredOn: day,
    ...(event && { event }),
    // A register of enterprises has no number of the last transaction: enterprise and day tell it as well.
    ...(number === '' && { registrationNo: `${given(rest['uscc']).replaceAll(/\s/g, '')}-${given(day).slice(0, 10)}` }),
  };
}

export const loadedEnterpriseSchema = z.preprocess(asRegistration, registrationInputSchema);

export type LoadedEnterprise = RegistrationInput & { registeredOn: LegalDate };
