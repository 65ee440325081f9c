/** 更正 (第十八条): verified, applied for in writing, reviewed by a second person, carried out, and everyone told. */
import {
  correctionBodies,
  openedCorrection,
  type CorrectionFacts,
  type CorrectionInput,
} from '../domain/correction.ts';
import type { NoticeRequest } from '../domain/notices.ts';
import { CaseFile } from './lib/case-file.ts';
import { handleExtension } from './lib/terms.ts';
import {
  applyForCorrection,
  approveCorrection,
  confirmError,
  executeCorrection,
  rejectError,
  sendBackCorrection,
} from './messages.ts';

/**
 * The department applies within three working days of its discovery, or of having confirmed what the public reported;
 * the platform shows the corrected version, and whoever was told of the enterprise is told of the correction.
 */
export async function correction(input: CorrectionInput): Promise<string> {
  const file = new CaseFile(openedCorrection(input));
  const { recordId, discoveredOn } = input;
  const version = () => (file.facts as CorrectionFacts).version ?? input.shownVersion;

  file.handle(confirmError, 'confirm', correctionBodies, (body) => ({
    facts: { verification: body },
    arm: ['correction.application'],
  }));
  file.handle(rejectError, 'reject', correctionBodies, (body) => ({ facts: { rejection: body } }));
  file.handle(applyForCorrection, 'apply', correctionBodies, (body, actor) => ({
    facts: { version: body.version, statement: body.statement, appliedBy: actor.username },
    notify: [{ topic: 'correction.applied', to: 'holder' }],
  }));
  file.handle(approveCorrection, 'approve', correctionBodies, (body) => ({
    facts: { review: body },
    arm: ['correction.execution'],
    notify: [{ topic: 'correction.reviewed', to: 'platform-administrator' }],
  }));
  file.handle(sendBackCorrection, 'sendBack', correctionBodies, (body) => ({
    facts: { sentBack: body },
    notify: [{ topic: 'correction.sentBack', to: 'holder' }],
  }));
  file.handle(executeCorrection, 'execute', correctionBodies, () => ({
    effects: [{ kind: 'record.show', recordId, version: version() }],
    notify: [
      { topic: 'correction.executed', to: 'holder' },
      { topic: 'correction.executed', to: 'recipients' },
    ],
  }));
  handleExtension(file, 'correction.verification');

  const told: NoticeRequest = { topic: 'correction.opened', to: 'holder' };
  if (discoveredOn === null) return file.live('第十八条第二款', [told], ['correction.verification']);
  return file.live('第十八条第一款', [told], [{ limitId: 'correction.application', from: discoveredOn }]);
}
