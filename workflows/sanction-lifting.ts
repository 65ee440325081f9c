/** 解除联合惩戒 (第九条第一款): a department lifts its restrictions and confirms it. */
import { listingCaseId } from '../domain/case/id.ts';
import { sanctionLiftingBodies } from '../domain/case-types/sanction-lifting/commands.ts';
import { CaseFile } from './lib/case-file.ts';
import { tell } from './lib/effects.ts';
import { liftingConfirmed } from './messages.ts';
import { openedSanctionLifting, type SanctionLiftingInput } from '../domain/case-types/sanction-lifting/opening.ts';

/** The department, or its successor, confirms that nothing is restricted any more, and the listing is told. */
export async function sanctionLifting(input: SanctionLiftingInput): Promise<string> {
  const lifting = new CaseFile(openedSanctionLifting(input), input);
  const listingId = listingCaseId(input);
  const { departmentCode } = input;

  lifting.handle(sanctionLiftingBodies, 'confirm', (confirmation) => ({
    facts: { confirmation },
    effects: [
      { kind: 'restriction.lift', listingId, departmentCode },
      tell(listingId, liftingConfirmed, departmentCode),
    ],
  }));

  return lifting.live();
}
