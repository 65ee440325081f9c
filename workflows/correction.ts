/** 更正 (第十八条): verified, applied for in writing, reviewed by a second person, carried out; then everyone is told. */
import { patched } from '@temporalio/workflow';
import { correctionBodies } from '../domain/case-types/correction/commands.ts';
import type { Actor } from '../domain/organs/actor.ts';
import { CaseFile } from './lib/case-file.ts';
import type { Effects } from './lib/effects.ts';
import { handleExtension } from './lib/terms.ts';
import {
  openedCorrection,
  type CorrectionFacts,
  type CorrectionInput,
} from '../domain/case-types/correction/opening.ts';

/** The outcome is told to the department that corrects, the organ that publishes, and the departments that received the data. */
const INFORMED = ['holder', 'registering-authority', 'recipients'] as const;

/**
 * The department applies within three working days after it discovered the error or confirmed the public's report. The
 * platform shows the corrected version, and every department that was told of the enterprise is told of the correction.
 */
export async function correction(input: CorrectionInput): Promise<string> {
  const file = new CaseFile(openedCorrection(input), input);
  const { recordId } = input;
  const facts = () => file.facts as CorrectionFacts;
  const version = () => facts().version ?? input.shownVersion;

  const applied =
    (withdraws: boolean) =>
    ({ version: number, statement }: { version: number; statement: string }, { username }: Actor): Effects => ({
      facts: { version: number, statement, appliedBy: username, withdraws },
      effects: [{ kind: 'version.takeUp', recordId, version: number }],
      notify: [{ topic: 'correction.applied', to: 'holder' }],
    });

  file.handle(correctionBodies, 'confirm', (body) => ({
    facts: { verification: body },
    arm: ['correction.application'],
  }));
  file.handle(correctionBodies, 'reject', (body) => ({ facts: { rejection: body } }));
  file.handle(correctionBodies, 'apply', applied(false));
  file.handle(correctionBodies, 'applyWithdrawal', applied(true));
  file.handle(correctionBodies, 'approve', (body) => ({
    facts: { review: body },
    arm: ['correction.execution'],
    notify: [{ topic: 'correction.reviewed', to: 'platform-administrator' }],
  }));
  file.handle(correctionBodies, 'sendBack', (body) => ({
    facts: { sentBack: body },
    notify: [{ topic: 'correction.sentBack', to: 'holder' }],
  }));
  file.handle(correctionBodies, 'return', (body) => ({
    facts: { platformReturn: body },
    // Another application is asked for now, in a norm. Cases of earlier commits began the statutory limit once more.
    arm: [patched('return-is-no-discovery') ? 'correction.reapplication' : 'correction.application'],
    notify: [{ topic: 'correction.returned', to: 'holder' }],
  }));
  file.handle(correctionBodies, 'execute', () => {
    const kind = facts().withdraws ? 'record.withdraw' : 'record.show';
    const topic = facts().withdraws ? 'correction.withdrawn' : 'correction.executed';
    return {
      effects: [{ kind, recordId, version: version() }],
      notify: INFORMED.map((to) => ({ topic, to })),
    };
  });
  file.handle(correctionBodies, 'conclude', (body) => ({ facts: { conclusion: body } }));
  handleExtension(file);

  return file.live();
}
