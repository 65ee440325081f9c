/** Closed sets of codes in answers, which clients (and the console) must know one by one. */
import { z } from 'zod';
import { RETURN_REASONS } from '../../domain/case-types/registration-push/answers.ts';
import { CASE_TYPE_IDS } from '../../domain/case-types/case-types.ts';
import { LIMITS, RUNGS } from '../../domain/clock/limits.ts';
import { keysOf } from '../../domain/keys.ts';
import { SYSTEM } from '../../domain/organs/actor.ts';
import { REGION_LEVELS } from '../../domain/organs/regions.ts';
import { ROLES } from '../../domain/organs/roles.ts';
import { DISHONESTY_LISTS } from '../../domain/publicity/dishonesty-lists.ts';
import { RECORD_KINDS } from '../../domain/publicity/record-fields.ts';
import { PUBLICITY_SECTIONS } from '../../domain/publicity/sections.ts';
import { ITEM_MODES, QUALIFIER_EFFECTS } from '../../domain/scope/item-modes.ts';
import { PUBLISHED_STANDINGS } from '../../domain/registration/published.ts';
import {
  ENTERPRISE_STANDINGS,
  REGISTRATION_EVENTS,
  REGISTRATION_KINDS,
  REGISTRATION_ORIGINS,
} from '../../domain/registration/words.ts';

export const caseTypeCode = z.enum(CASE_TYPE_IDS);
export const limitCode = z.enum(keysOf(LIMITS));
export const limitKind = z.enum(['statutory', 'norm']);
export const rungCode = z.enum(keysOf(RUNGS));
export const roleCode = z.enum(keysOf(ROLES));
/** Roles in the audit log, where the system and the public act, too. */
export const actorRoleCode = z.enum([...keysOf(ROLES), SYSTEM, 'public']);
export const returnReasonCode = z.enum(keysOf(RETURN_REASONS));
export const recordKind = z.enum(keysOf(RECORD_KINDS));
export const publicitySection = z.enum(keysOf(PUBLICITY_SECTIONS));
export const dishonestyList = z.enum(keysOf(DISHONESTY_LISTS));
export const registrationKind = z.enum(keysOf(REGISTRATION_KINDS));
export const registrationOrigin = z.enum(keysOf(REGISTRATION_ORIGINS));
export const registrationEvent = z.enum(keysOf(REGISTRATION_EVENTS));
export const enterpriseStanding = z.enum(keysOf(ENTERPRISE_STANDINGS));
export const publishedStanding = z.enum(keysOf(PUBLISHED_STANDINGS));
export const itemMode = z.enum(keysOf(ITEM_MODES));
export const qualifierEffect = z.enum(keysOf(QUALIFIER_EFFECTS));
export const regionLevel = z.enum(REGION_LEVELS);
/** The heading of the business scope under which an item was found. */
export const scopeSection = z.enum(['licensed', 'general']);
