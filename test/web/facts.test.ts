/** Everything stated in a case is shown on its page in words: each fact, each part, each code. */
import { expect, it } from 'vitest';
import { z } from 'zod';
import { TOLD } from '../../domain/case-types/commands.ts';
import { withdrawalApplicationSchema } from '../../domain/case-types/correction/report.ts';
import { CODES, PARTS, STATEMENTS } from '../../web/src/cases/page/statements.ts';
import { EN } from '../../web/src/i18n/en.ts';
import { FILES, text } from '../support/repository.ts';

/** Facts for requirements and other steps; people read them elsewhere, or not at all. */
const SILENT = [
  'version',
  'appliedBy',
  // Who took up and proposed a repair: the log names them.
  'acceptedBy',
  'proposedBy',
  'withdraws',
  'suspended',
  'suspensions',
  'accepted',
  'confirmed',
  // Each lifting's page names the department in whose place it is lifted.
  'successors',
  // The lifting is shown among the related cases.
  'withdrawnBy',
  // The record itself is among the enterprise's.
  'record',
  'aggregated',
  // Restrictions are shown with their days.
  'restrictionTerms',
  // The question is shown.
  'termQuestioned',
  // The page shows who holds the entry.
  'succeededBy',
  // What the API finds of a decision for its workflow.
  'expiry',
  'texts',
  // Facts that workflows/lib reads but does not write.
  'event',
  'lapsed',
];
/** Facts that db/ writes: a supervision by hand (db/intake/supervisions.ts), an answer that is added (db/cases/added-answers.ts), an application for repair (db/intake/credit-repairs.ts). */
const OF_INTAKES = ['matter', 'supplements', 'application'];

/** The keys of each `facts: {…}` in a source file. */
function factsIn(source: string): string[] {
  return [...source.matchAll(/\bfacts: \{/g)].flatMap(({ index, 0: begin }) => {
    let depth = 1;
    let own = '';
    for (const sign of source.slice(index + begin.length)) {
      if (/[{[(]/.test(sign)) depth += 1;
      if (/[}\])]/.test(sign)) depth -= 1;
      if (depth === 0) break;
      if (depth === 1) own += sign;
    }
    return own.split(',').flatMap((entry) => /^\s*(\w+)/.exec(entry)?.[1] ?? []);
  });
}

const written = FILES.filter((file) => file.startsWith('workflows/')).flatMap((file) => factsIn(text(file)));

it('every fact that a case states has words, and there are words for no other', () => {
  expect(written).toContain('answer');
  const stated = [...new Set([...written, ...OF_INTAKES])].filter((fact) => !SILENT.includes(fact));
  expect(Object.keys(STATEMENTS).sort()).toEqual(stated.sort());
});

interface Described {
  properties?: Record<string, { enum?: string[]; 'x-labels'?: Record<string, string> }>;
  oneOf?: Described[];
}
const asked = [
  ...Object.values(TOLD).flatMap((bodies) => Object.values<z.ZodType>(bodies)),
  withdrawalApplicationSchema,
]
  .map((schema) => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Described)
  .flatMap(({ properties = {}, oneOf = [] }) => [properties, ...oneOf.map((one) => one.properties ?? {})])
  .flatMap((properties) => Object.entries(properties));

it('every part of a statement has its words', () => {
  const whole = [...Object.keys(STATEMENTS), ...SILENT, 'itemIds', 'attachmentIds'];
  const parts = asked.map(([name]) => name).filter((name) => !whole.includes(name));
  expect([...new Set(parts)].filter((part) => !(part in PARTS))).toEqual([]);
});

it('every code of a statement has the words with which it was chosen', () => {
  const labels = asked.flatMap(([, property]) => Object.entries(property['x-labels'] ?? {}));
  expect(labels.map(([code]) => code)).toEqual(expect.arrayContaining(['unverifiable', 'credit-repaired']));
  expect(labels.filter(([code, label]) => CODES[code] !== label)).toEqual([]);
});

it('all of them have their English', () => {
  const words = [STATEMENTS, PARTS, CODES].flatMap((table) => Object.values(table));
  expect([...new Set(words)].filter((chinese) => !(chinese in EN))).toEqual([]);
});
