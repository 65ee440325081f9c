/** Accuracy of scope matching on labelled registrations, and its speed as a ratio to plain `includes`. */
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { loadCatalogue } from '../data/catalogue/load.ts';
import { type Catalogue, createMatcher } from '../domain/scope/matching.ts';
import { readFlags, wholeFlag } from '../runtime/flags.ts';
import { type Labelled, compose } from './compositions.ts';
import { median, notMoreThan } from './lib/figures.ts';
import { composeRegister } from './register.ts';

export const summary = 'precision, recall and speed of business-scope matching (第七条)';

const ACCURACY_TARGET = 0.99;
const SPEED_TARGET = 10;
const COMPOSED = 4000;

export const help = `Usage: npm run -s bench -- matching [--input FILE.jsonl] [--seed N] [--rounds N]

  --input FILE   labelled registrations, one a line: {"scope": "...", "expectedItems": ["PA002", ...]}
                 (default: a register composed of the catalogue's wording and of trades that it does not name)
  --seed N       of what is composed (default 1)
  --rounds N     timed rounds of each contestant, alternating (default 15)

Speed is measured against the plain search for the same phrases, \`includes\` over every keyword and synonym. The ratio to
\`includes\` over the keywords alone is printed for information: that search looks for less than the matcher finds.

Speed is the median of the rounds' ratios; in each round all contestants take their turn.

Exit code 0 where precision and recall, on the labelled registrations and on harder compositions of the same phrases, are
${ACCURACY_TARGET} or more and the first ratio, on the labelled ones, is ${SPEED_TARGET} or more.`;

const labelled = z.object({ scope: z.string(), expectedItems: z.array(z.string()) });

function readFile(input: string): Labelled[] {
  if (!existsSync(input)) throw new Error(`${input} is absent`);
  const lines = readFileSync(input, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
  if (lines.length === 0) throw new Error(`${input} is empty`);
  return lines.map((line) => labelled.parse(JSON.parse(line)));
}

/** Precision and recall over pairs of registration and item. */
function accuracy(rows: readonly Labelled[], match: (scope: string) => { items: string[] }) {
  let found = 0;
  let expected = 0;
  let right = 0;
  for (const { scope, expectedItems } of rows) {
    const { items } = match(scope);
    found += items.length;
    expected += expectedItems.length;
    right += items.filter((id) => expectedItems.includes(id)).length;
  }
  return { precision: found === 0 ? 1 : right / found, recall: expected === 0 ? 1 : right / expected, expected };
}

/** The yardstick: searches each keyword in each scope, without clauses, negations or explanations. */
function naiveMatcher(
  catalogue: Catalogue,
  useSynonyms: boolean,
): { match: (scope: string) => number; phrases: number } {
  const phrases = [...new Set(catalogue.items.flatMap((i) => [...i.keywords, ...(useSynonyms ? i.synonyms : [])]))];
  const match = (scope: string) => {
    let hits = 0;
    for (const phrase of phrases) if (scope.includes(phrase)) hits++;
    return hits;
  };
  return { match, phrases: phrases.length };
}

interface Contestant {
  label: string;
  /** Returns a number that depends on every result, so that none can be optimised away. */
  pass: () => number;
  /** Passes in a round: enough for the clock's resolution, and for the round to include its own garbage collection. */
  passes: number;
  nsPerScope: number[];
}

const ROUND_MS = 60;

function timeRound(contestant: Contestant, scopes: number): number {
  let consumed = 0;
  const start = process.hrtime.bigint();
  for (let pass = 0; pass < contestant.passes; pass++) consumed += contestant.pass();
  const elapsed = Number(process.hrtime.bigint() - start);
  contestant.nsPerScope.push(elapsed / (contestant.passes * scopes));
  return consumed;
}

/** Warms up, finds how many passes fill a round, then lets the contestants take turns, each round in the opposite order. */
function race(contestants: readonly Contestant[], rounds: number, scopes: number): number {
  let consumed = 0;
  for (const contestant of contestants) {
    for (let warm = 0; warm < 5; warm++) consumed += timeRound(contestant, scopes);
    const passMs = (contestant.nsPerScope.at(-1)! * scopes) / 1e6;
    contestant.passes = Math.max(1, Math.ceil(ROUND_MS / passMs));
    consumed += timeRound(contestant, scopes);
    contestant.nsPerScope = [];
  }
  for (let round = 0; round < rounds; round++) {
    const order = round % 2 === 0 ? contestants : contestants.toReversed();
    for (const contestant of order) consumed += timeRound(contestant, scopes);
  }
  return consumed;
}

/** How many times as fast one was as the other: the median of the rounds, in each of which both met the same conditions. */
const timesAsFast = (ours: Contestant, other: Contestant): number =>
  median(other.nsPerScope.map((ns, round) => ns / ours.nsPerScope[round]!));

const verdict = (met: boolean): string => (met ? 'met' : 'MISSED');

const FLAGS = { input: { type: 'string' }, rounds: { type: 'string' }, seed: { type: 'string' } } as const;
const HINT = 'npm run -s bench -- matching --help';

export function run(args: string[]): number {
  const flags = readFlags(args, FLAGS, HINT);
  const rounds = wholeFlag('rounds', flags.rounds, HINT) ?? 15;
  const seed = wholeFlag('seed', flags.seed, HINT) ?? 1;
  const catalogue = loadCatalogue();
  const rows = flags.input === undefined ? composeRegister(catalogue, seed, COMPOSED) : readFile(flags.input);
  const label = flags.input === undefined ? `a composed register (seed ${seed})` : 'labelled';
  const harder = `harder compositions of the same phrases (seed ${seed})`;
  const scopes = rows.map((row) => row.scope);
  const met = [
    printAccuracy(label, rows, catalogue),
    printAccuracy(harder, compose(catalogue, seed, COMPOSED), catalogue),
    printSpeed(scopes, catalogue, rounds),
  ].every(Boolean);
  console.log(met ? 'every target met' : 'targets MISSED, see above');
  return met ? 0 : 1;
}

function printAccuracy(label: string, rows: readonly Labelled[], catalogue: Catalogue): boolean {
  const { precision, recall, expected } = accuracy(rows, createMatcher(catalogue));
  const met = precision >= ACCURACY_TARGET && recall >= ACCURACY_TARGET;
  console.log(`${label}: ${rows.length} registrations, ${expected} expected items, catalogue ${catalogue.version}`);
  const shown = `precision ${notMoreThan(precision, 4)}   recall ${notMoreThan(recall, 4)}`;
  console.log(`  ${shown}   (target ${ACCURACY_TARGET} each): ${verdict(met)}`);
  return met;
}

/** @returns whether matching is fast enough against `includes` over every keyword and synonym. */
function printSpeed(scopes: readonly string[], catalogue: Catalogue, rounds: number): boolean {
  const match = createMatcher(catalogue);
  const every = naiveMatcher(catalogue, true);
  const keywords = naiveMatcher(catalogue, false);
  const sum = (each: (scope: string) => number) => () => scopes.reduce((total, scope) => total + each(scope), 0);
  // Uses the matcher's whole answer: hits with clause and offsets, and the sorted items.
  const answerSize = (scope: string) => {
    const { items, hits } = match(scope);
    return hits.reduce((size, hit) => size + hit.end - hit.start + hit.clause.length, items.length);
  };
  const contestants: [Contestant, Contestant, Contestant] = [
    { label: `includes, ${every.phrases} keywords and synonyms`, pass: sum(every.match), passes: 1, nsPerScope: [] },
    { label: `includes, ${keywords.phrases} keywords alone`, pass: sum(keywords.match), passes: 1, nsPerScope: [] },
    { label: 'createMatcher, explained hits', pass: sum(answerSize), passes: 1, nsPerScope: [] },
  ];
  const consumed = race(contestants, rounds, scopes.length);
  const characters = scopes.reduce((total, scope) => total + scope.length, 0) / scopes.length;
  console.log(`${characters.toFixed(0)} characters a scope, ${rounds} rounds in turn, ns a scope (check ${consumed}):`);
  for (const { label, nsPerScope } of contestants) {
    const [least, most] = [Math.min(...nsPerScope), Math.max(...nsPerScope)].map((ns) => ns.toFixed(0));
    console.log(`  ${label.padEnd(44)} median ${median(nsPerScope).toFixed(0)}   min ${least}   max ${most}`);
  }
  const [all, alone, ours] = contestants;
  const ratio = timesAsFast(ours, all);
  const met = ratio >= SPEED_TARGET;
  const less = notMoreThan(timesAsFast(ours, alone), 1);
  console.log(
    `same phrases:  ${notMoreThan(ratio, 1)} times as fast as includes (target ${SPEED_TARGET}): ${verdict(met)}`,
  );
  console.log(`keywords only: ${less} times as fast as includes over less (for information)`);
  return met;
}
