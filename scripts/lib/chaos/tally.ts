/** What became of the bodies that people sent: a run whose commands are all refused finds nothing, and must say so. */
import { NOUNS, transitionOf } from '../../../domain/case-types/case-types.ts';
import { isKeyOf } from '../../../domain/keys.ts';
import { TAKEN } from './bodies.ts';
import type { Journal } from './journal.ts';

/** So many lifecycles reach every command but the rare ones. */
const ENOUGH_LIFECYCLES = 200;
/** A command that was refused so often, and never accepted, is not refused by chance. */
const ENOUGH_REFUSALS = 30;
/** Commands that need what the lifecycles do not always bring about. */
const RARE: ReadonlySet<string> = new Set([
  // Another correction of the same record must have been carried out.
  'correction.conclude',
  // A second return, and breaches that are grounds.
  'rollback.arbitrate',
  'supervision.proposeCriticism',
  'supervision.stateOpinion',
  'supervision.criticise',
  'supervision.declineCriticism',
  'supervision.recordCriticism',
]);

/** @returns a line for each command and intake: how often it was accepted, and why it was not. */
export function tally({ asked }: Journal): string[] {
  const names = [...new Set([...asked.keys(), ...TAKEN])].sort();
  return names.map((what) => {
    const { times = 0, accepted = 0, refused = new Map<string, number>() } = asked.get(what) ?? {};
    const codes = [...refused].map(([code, count]) => `${code} ${count}`).join('，');
    return `${what} ${titleOf(what)}：${accepted}/${times}${codes && `（${codes}）`}`;
  });
}

/** @returns the commands that this run should have seen accepted, and has not. */
export function neverAccepted({ asked, lifecycles }: Journal): string[] {
  return TAKEN.filter((what) => {
    const { times = 0, accepted = 0 } = asked.get(what) ?? {};
    if (accepted > 0 || RARE.has(what)) return false;
    return times >= ENOUGH_REFUSALS || lifecycles >= ENOUGH_LIFECYCLES;
  });
}

function titleOf(what: string): string {
  const [caseType = '', action = ''] = what.split('.');
  return isKeyOf(NOUNS, caseType) ? (transitionOf(caseType, action)?.title ?? '') : '';
}
