/** 终止: a cancelled enterprise has nothing left to be approved or supervised (第七条第一款). */
import { setHandler } from '@temporalio/workflow';
import type { Recipient } from '../../domain/notices/notices.ts';
import { enterpriseCancelled } from '../messages.ts';
import type { CaseFile } from './case-file.ts';

/** Ends the case and tells whoever had to act on it. Earlier breaches stay recorded. */
export function lapseWithEnterprise(file: CaseFile, told: Recipient): void {
  setHandler(enterpriseCancelled, (registrationNo) =>
    file.act('lapse', () => ({
      facts: { cancelledBy: registrationNo },
      notify: [{ topic: 'registration.lapsed', to: told }],
    })),
  );
}
