import type { Scenario } from './player.ts';
import { SCENARIOS } from './scenarios.ts';

/**
 * Paths of cases whose first step the record holds (db/cases/first-steps.ts); the histories of the same paths without the
 * ending were recorded before, when workflows wrote it.
 */
const FROM_RECORD = new Set([
  'registrationPush-fed-back',
  'registrationPush-neglected',
  'registrationPush-late',
  'registrationPush-returned',
  'registrationPush-restored',
  'rollback-ruled-pool',
  'poolEntry-claimed',
  'poolEntry-withdrawn',
  'supervision-rectified',
  'publication-published',
  'correction-executed',
  'complaint-transferred',
  'listing-removed',
  'supportMeasure-ended',
]);

export const RECORDED_SCENARIOS: Scenario[] = SCENARIOS.filter(({ name }) => FROM_RECORD.has(name)).map(
  ({ name, play }) => ({ name: `${name}-from-record`, play }),
);
