/** 举报和投诉 (第十三条第四款): taken up by the department in charge or passed on to it, looked into, and answered. */
import { complaintBodies } from '../domain/case-types/complaint/commands.ts';
import { CaseFile } from './lib/case-file.ts';
import type { BodyOf } from '../domain/case/bodies.ts';
import type { CaseOpening } from '../domain/case/case.ts';
import { handleExtension } from './lib/terms.ts';
import { limitsOfAcceptance, openedComplaint, type ComplaintInput } from '../domain/case-types/complaint/opening.ts';

/**
 * The department accepts, declines with a reason, or transfers. It handles and answers the complaint that it accepted. A
 * transfer opens the next round at the other department, with new limits and the same materials.
 */
export async function complaint(input: ComplaintInput): Promise<string> {
  const file = new CaseFile(openedComplaint(input), input);

  file.handle(complaintBodies, 'accept', () => ({ arm: limitsOfAcceptance(input) }));
  file.handle(complaintBodies, 'decline', (declined) => ({ facts: { declined } }));
  file.handle(complaintBodies, 'handle', (answer) => ({ facts: { answer } }));
  file.handle(complaintBodies, 'transfer', (transfer, _, at) => {
    const next = nextRound(input, file.opened.caseId, transfer, at);
    return {
      facts: { transfer },
      effects: [{ kind: 'attachments.handOver', caseId: next.opened.caseId }],
      followUps: [next],
    };
  });
  handleExtension(file, {
    requested: { topic: 'complaint.extensionRequested', to: 'holder' },
    approved: { topic: 'complaint.extensionApproved', to: 'holder' },
    refused: { topic: 'complaint.extensionRefused', to: 'holder' },
  });

  return file.live();
}

function nextRound(
  { ruleSet: _, ...from }: ComplaintInput,
  parentCaseId: string,
  { departmentCode, ruleSet }: BodyOf<typeof complaintBodies, 'transfer'>,
  openedAt: number,
): CaseOpening {
  const round = from.round + 1;
  const input: ComplaintInput = { ...from, round, departmentCode, parentCaseId, openedAt, ...(ruleSet && { ruleSet }) };
  return { workflow: 'complaint', opened: openedComplaint(input), input };
}
