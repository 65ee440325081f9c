/** What a command asks for: the schema that the workflow judges it with. Fetched with the first dialog. */
import type { z } from 'zod';
import type { CaseType } from '../../../domain/case-id.ts';
import { complaintBodies } from '../../../domain/complaint.ts';
import { correctionBodies } from '../../../domain/correction.ts';
import { withdrawalApplicationSchema } from '../../../domain/correction-report.ts';
import { listingBodies } from '../../../domain/listing.ts';
import { poolEntryBodies } from '../../../domain/pool-entry.ts';
import { publicationBodies } from '../../../domain/publication.ts';
import { registrationPushBodies } from '../../../domain/registration-push.ts';
import { rollbackBodies } from '../../../domain/rollback.ts';
import { sanctionLiftingBodies } from '../../../domain/sanction-lifting.ts';
import { sanctionNoticeBodies } from '../../../domain/sanction-notice.ts';
import { supervisionBodies } from '../../../domain/supervision.ts';
import { extensionBodies, suspensionBodies } from '../../../domain/terms.ts';

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
