/** What a command asks for: the schema that the workflow judges it with. Fetched with the first dialog. */
import type { z } from 'zod';
import type { CaseType } from '../../../domain/case/id.ts';
import { complaintBodies } from '../../../domain/case-types/complaint/commands.ts';
import { correctionBodies } from '../../../domain/case-types/correction/commands.ts';
import { withdrawalApplicationSchema } from '../../../domain/case-types/correction/report.ts';
import { listingBodies } from '../../../domain/case-types/listing/commands.ts';
import { poolEntryBodies } from '../../../domain/case-types/pool-entry/commands.ts';
import { publicationBodies } from '../../../domain/case-types/publication/commands.ts';
import { registrationPushBodies } from '../../../domain/case-types/registration-push/commands.ts';
import { rollbackBodies } from '../../../domain/case-types/rollback/commands.ts';
import { sanctionLiftingBodies } from '../../../domain/case-types/sanction-lifting/commands.ts';
import { sanctionNoticeBodies } from '../../../domain/case-types/sanction-notice/commands.ts';
import { supervisionBodies } from '../../../domain/case-types/supervision/commands.ts';
import { extensionBodies, suspensionBodies } from '../../../domain/case-types/terms.ts';

export const SCHEMAS: Record<CaseType, Record<string, z.ZodType>> = {
  registrationPush: { ...registrationPushBodies, ...suspensionBodies, ...extensionBodies('registrationPush.feedback') },
  rollback: rollbackBodies,
  poolEntry: poolEntryBodies,
  supervision: { ...supervisionBodies, ...extensionBodies('supervision.reply') },
  listing: listingBodies,
  sanctionNotice: { ...sanctionNoticeBodies, ...suspensionBodies },
  sanctionLifting: sanctionLiftingBodies,
  publication: publicationBodies,
  correction: {
    ...correctionBodies,
    // With its materials; the workflow is told the number under which it was written to the record.
    applyWithdrawal: withdrawalApplicationSchema,
    ...extensionBodies('correction.verification'),
  },
  complaint: { ...complaintBodies, ...extensionBodies('complaint.handling') },
};
