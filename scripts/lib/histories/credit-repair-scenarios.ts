/** Paths of 信用修复: granted, so that the entry ends. */
import { parseCaseId } from '../../../domain/case/id.ts';
import { creditRepairBodies } from '../../../domain/case-types/credit-repair/commands.ts';
import { openedCreditRepair } from '../../../domain/case-types/credit-repair/opening.ts';
import { legalDateOf } from '../../../domain/clock/calendar.ts';
import { updateOf } from '../../../workflows/lib/updates.ts';
import { AUTHORITY, COUNTY, type Player, type Scenario } from './player.ts';

const accept = updateOf(creditRepairBodies, 'accept');
const proposeGrant = updateOf(creditRepairBodies, 'proposeGrant');
const grant = updateOf(creditRepairBodies, 'grant');

/** @returns the repair that was granted, and its listing. */
async function granted(player: Player, documentNo: string) {
  const listing = await player.list(documentNo);
  const key = parseCaseId(listing);
  if (key?.type !== 'listing') throw new Error(`${listing} is no listing`);
  const openedAt = Date.now();
  const place = { departmentCode: `${COUNTY}-registration`, regionCode: COUNTY };
  const input = { ...key, ...place, number: '修〔2026〕1号', receivedOn: legalDateOf(openedAt), openedAt };
  const repair = await player.start('creditRepair', openedCreditRepair(input), input);
  await player.command(repair, accept, AUTHORITY, {});
  await player.command(repair, proposeGrant, AUTHORITY, { opinion: '已履行' });
  await player.command(repair, grant, { ...AUTHORITY, username: 'another' }, { opinion: '同意' });
  return { listing, repair };
}

export const CREDIT_REPAIR_SCENARIOS: Scenario[] = [
  {
    name: 'creditRepair-granted',
    async play(player, documentNo) {
      const { repair } = await granted(player, documentNo);
      return player.ended(repair);
    },
  },
  {
    // Still open when its history is taken: the departments have not lifted yet.
    name: 'listing-ended-by-organ',
    async play(player, documentNo) {
      const { listing } = await granted(player, documentNo);
      await player.acted(listing, 'endByOrgan');
      return listing;
    },
  },
];
