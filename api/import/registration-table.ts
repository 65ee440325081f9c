/** Registrations as a table to take away: the columns of an import, so that the file is taken in again as it was. */
import type { RegistrationDetails } from '../../domain/registration/details.ts';
import {
  REGISTRATION_EVENTS,
  REGISTRATION_KINDS,
  REGISTRATION_ORIGINS,
  type RegistrationEvent,
  type RegistrationKind,
  type RegistrationOrigin,
} from '../../domain/registration/words.ts';
import type { TableCell } from '../http/table.ts';
import { REGISTRATION_COLUMNS } from './registration-file.ts';

/** Without contacts, which are personal (docs/adr/0008-personal-data.md). */
interface TableRegistration {
  registrationNo: string;
  uscc: string;
  name: string;
  kind: RegistrationKind;
  origin: RegistrationOrigin;
  regionCode: string;
  scope: string;
  event: RegistrationEvent;
  registeredOn: string;
  details: RegistrationDetails | null;
}

const FIRST = [
  'registrationNo',
  'uscc',
  'name',
  'kind',
  'event',
  'regionCode',
  'registeredOn',
  'scope',
  'origin',
] as const;
const DETAILS = [
  'address',
  'premises',
  'representative',
  'capital',
  'enterpriseType',
  'industry',
  'establishedOn',
  'validFrom',
  'validUntil',
  'registeringOrgan',
] as const satisfies (keyof RegistrationDetails)[];

const nameOf = (field: string) => REGISTRATION_COLUMNS.find((column) => column.field === field)!.names[0];

export const REGISTRATION_HEADER: readonly string[] = [...FIRST, ...DETAILS, 'changes'].map(nameOf);

export function registrationCells({ details, ...row }: TableRegistration): TableCell[] {
  const { registrationNo, uscc, name, kind, event, regionCode, registeredOn, scope, origin } = row;
  const { changes } = details ?? {};
  return [
    registrationNo,
    uscc,
    name,
    REGISTRATION_KINDS[kind],
    REGISTRATION_EVENTS[event],
    regionCode,
    registeredOn,
    scope,
    REGISTRATION_ORIGINS[origin],
    ...DETAILS.map((field) => details?.[field] ?? ''),
    changes ? JSON.stringify(changes) : '',
  ];
}
