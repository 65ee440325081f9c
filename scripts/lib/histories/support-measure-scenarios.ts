/** Paths of 小微企业扶持: published until its term ends, ended early. */
import { supportMeasureBodies } from '../../../domain/case-types/support-measure/commands.ts';
import { openedSupportMeasure } from '../../../domain/case-types/support-measure/opening.ts';
import { updateOf } from '../../../workflows/lib/updates.ts';
import { COUNTY, LEAD, OFFICER, USCC, type Player, type Scenario } from './player.ts';

const approve = updateOf(supportMeasureBodies, 'approve');
const end = updateOf(supportMeasureBodies, 'end');

/** @param term engine time in ms, after which the measure expires. */
function enter(player: Player, documentNo: string, term: number): Promise<string> {
  const openedAt = Date.now();
  const input = {
    documentNo,
    uscc: USCC,
    departmentCode: `${COUNTY}-agriculture`,
    regionCode: COUNTY,
    appliedBy: OFFICER.username,
    expiresAt: openedAt + term,
    openedAt,
  };
  return player.start('supportMeasure', openedSupportMeasure(input), input);
}

export const SUPPORT_MEASURE_SCENARIOS: Scenario[] = [
  {
    name: 'supportMeasure-expired',
    async play(player, documentNo) {
      const measure = await enter(player, documentNo, 5000);
      await player.command(measure, approve, LEAD, { opinion: '属实' });
      return player.ended(measure);
    },
  },
  {
    name: 'supportMeasure-ended',
    async play(player, documentNo) {
      const measure = await enter(player, documentNo, 600_000);
      await player.command(measure, approve, LEAD, { opinion: '属实' });
      await player.command(measure, end, OFFICER, { reason: '企业已停业' });
      return player.ended(measure);
    },
  },
];
