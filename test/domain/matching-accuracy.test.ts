import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { compose, GENERAL_END, LICENSED_END, partsOf, type Labelled } from '../../bench/compositions.ts';
import { composeRegister, plainTrades } from '../../bench/register.ts';
import { loadCatalogue } from '../../data/catalogue/load.ts';
import { createMatcher } from '../../domain/scope/matching.ts';

const catalogue = loadCatalogue();
const match = createMatcher(catalogue);

/** Each standard phrase with the post-approval items that it names. */
type Truth = ReadonlyMap<string, readonly string[]>;

/**
 * By the catalogue alone: official wording means the items under which it stands; trades that it does not name mean none.
 */
function carriedTruth(): Truth {
  const named = partsOf(catalogue, true).map(({ text, items }) => ({ text, items: items.toSorted() }));
  const plain = plainTrades(catalogue).map((text) => ({ text, items: [] }));
  return new Map([...plain, ...named].map(({ text, items }) => [text, items]));
}

const directory = fileURLToPath(new URL('../../../shared/data/', import.meta.url));
const read = (file: string): string => readFileSync(directory + file, 'utf8');

/**
 * The reference reads the certificate's name (药品经营许可) as retail, too, but wholesale is licensed by itself (药品管理法 art. 51).
 * @returns whether a phrase or scope means wholesale of drugs alone
 */
const isWholesaleOfDrugs = (text: string) => /药品批发/.test(text) && !/药品零售|中药饮片代煎服务/.test(text);
const corrected = (text: string, items: readonly string[]) =>
  items.filter((id) => id !== 'PA039' || !isWholesaleOfDrugs(text));

/** If a reference lies beside the checkout, its phrases and its registrations labelled by others are tested, too. */
function referenceTruth(): Truth {
  const scopeItems = z.array(z.object({ name: z.string() }));
  const { rows } = z.object({ rows: scopeItems }).parse(JSON.parse(read('business-scope-phrases.json')));
  const item = z.object({ id: z.string(), preApproval2017No: z.unknown(), scopeItems });
  const truth = new Map<string, string[]>(rows.map((row) => [row.name, []]));
  for (const entry of z.object({ items: z.array(item) }).parse(JSON.parse(read('post-approval-items.json'))).items) {
    if (entry.preApproval2017No !== null) continue;
    for (const { name } of entry.scopeItems) truth.get(name)?.push(...corrected(name, [entry.id]));
  }
  return truth;
}

function referenceRows(): Labelled[] {
  const row = z.object({ scope: z.string(), expectedItems: z.array(z.string()) });
  const lines = read('registrations.jsonl').trim().split('\n');
  return lines.map((line) => {
    const { scope, expectedItems } = row.parse(JSON.parse(line));
    return { scope, expectedItems: corrected(scope, expectedItems) };
  });
}

interface Wording {
  origin: string;
  truth: Truth;
  labelled: readonly Labelled[];
}

const wordings: Wording[] = [
  { origin: 'carried', truth: carriedTruth(), labelled: composeRegister(catalogue, 20_161_111, 4000) },
];
if (existsSync(`${directory}registrations.jsonl`)) {
  wordings.push({ origin: 'reference', truth: referenceTruth(), labelled: referenceRows() });
}

/** New registrations in the styles of the labelled ones, with more forms of negation. */
function registrations(truth: Truth): fc.Arbitrary<Labelled> {
  const names = [...truth.keys()];
  const licensedName = fc.constantFrom(...names.filter((name) => truth.get(name)!.length > 0));
  const plainName = fc.constantFrom(...names.filter((name) => truth.get(name)!.length === 0));
  const negated = fc.tuple(plainName, licensedName, licensedName, fc.nat(6)).map(([plain, first, second, style]) => {
    const said = [
      `不含${first}`,
      `${first}除外`,
      `除${first}外`,
      `不得从事${first}`,
      `不含${first}、${second}`,
      `${first}、${second}除外`,
      `不包括${first}`,
    ];
    return { text: `${plain}（${said[style]}）`, items: [] as readonly string[] };
  });
  const clause = (name: string) => ({ text: name, items: truth.get(name)! });
  const generalClause = fc.oneof({ weight: 5, arbitrary: plainName.map(clause) }, { weight: 1, arbitrary: negated });
  const licensed = fc.array(licensedName.map(clause), { maxLength: 4 });
  const general = fc.array(generalClause, { minLength: 1, maxLength: 7 });
  return fc.tuple(licensed, general, fc.nat(3)).map(([granted, other, style]) => {
    const expectedItems = [...new Set([...granted, ...other].flatMap(({ items }) => items))].sort();
    const join = (clauses: typeof other, separator: string) => clauses.map(({ text }) => text).join(separator);
    if (style > 0) {
      const mixed = [...granted, ...other].sort((a, b) => (a.text < b.text ? -1 : 1));
      return { scope: `${join(mixed, '；,、'[style - 1]!)}。${LICENSED_END}`, expectedItems };
    }
    const first = granted.length > 0 ? `许可项目：${join(granted, '；')}${LICENSED_END}。` : '';
    return { scope: `${first}一般项目：${join(other, '；')}${GENERAL_END}。`, expectedItems };
  });
}

/** Over pairs of registration and item. */
function accuracy(rows: readonly Labelled[]): { precision: number; recall: number } {
  let found = 0;
  let right = 0;
  let labelled = 0;
  for (const { scope, expectedItems } of rows) {
    const { items } = match(scope);
    found += items.length;
    labelled += expectedItems.length;
    right += items.filter((id) => expectedItems.includes(id)).length;
  }
  return { precision: right / found, recall: right / labelled };
}

test.each([1, 2, 3, 20_261_126])(
  'precision and recall on registrations composed of the catalogue alone are at least 0.99 (seed %i)',
  (seed) => {
    const { precision, recall } = accuracy(compose(catalogue, seed, 2000));
    expect(precision).toBeGreaterThanOrEqual(0.99);
    expect(recall).toBeGreaterThanOrEqual(0.99);
  },
);

describe.each(wordings)('accuracy on the $origin wording', ({ truth, labelled }) => {
  test('precision and recall on the labelled registrations are at least 0.99', () => {
    const { precision, recall } = accuracy(labelled);
    expect(precision).toBeGreaterThanOrEqual(0.99);
    expect(recall).toBeGreaterThanOrEqual(0.99);
  });

  test('each standard phrase alone means exactly the items its licences are', () => {
    const wrong = [...truth].filter(([name, expected]) => String(match(name).items) !== String(expected));
    expect(wrong).toEqual([]);
  });

  test('a standard phrase means the same before and after any other in a list', () => {
    const phrases = [...truth];
    const wrong = phrases.flatMap(([licensed, granted]) => {
      if (granted.length === 0) return [];
      return phrases.flatMap(([name, other]) => {
        const expected = String([...new Set([...granted, ...other])].sort());
        return [`${licensed}、${name}`, `${name}、${licensed}`].filter(
          (scope) => String(match(scope).items) !== expected,
        );
      });
    });
    expect(wrong).toEqual([]);
  });

  test.each([20_260_101, 20_160_307, 7])(
    'precision and recall on unseen registrations are at least 0.99 (seed %i)',
    (seed) => {
      const rows = fc.sample(registrations(truth), { numRuns: 2000, seed });
      const { precision, recall } = accuracy(rows);
      expect(precision).toBeGreaterThanOrEqual(0.99);
      expect(recall).toBeGreaterThanOrEqual(0.99);
    },
  );

  test('a licensed phrase negated in brackets is never a hit, whichever it is', () => {
    const wrong = [...truth].flatMap(([name, expected]) => {
      if (expected.length === 0) return [];
      const scopes = [
        `箱包制造（不含${name}）；鞋帽批发`,
        `箱包制造（${name}除外）；鞋帽批发`,
        `箱包制造（除${name}外）、鞋帽批发`,
      ];
      return scopes.filter((scope) => match(scope).items.length > 0);
    });
    expect(wrong).toEqual([]);
  });
});
