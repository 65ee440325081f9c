/** Required texts are asked for, bounded and cleaned in the same way in every case type and command. */
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { closureSchema } from '../../domain/clock/calendar-publication.ts';
import { complaintSchema } from '../../domain/case-types/complaint/report.ts';
import {
  ownErrorSchema,
  publicReportSchema,
  withdrawalApplicationSchema,
} from '../../domain/case-types/correction/report.ts';
import { TOLD } from '../../domain/case-types/commands.ts';

interface Described {
  properties?: Record<string, { const?: string; maxLength?: number }>;
  required?: string[];
  oneOf?: Described[];
}

/** The required texts of a body, with the constants that tell its kind. */
function requiredTexts({ properties = {}, required = [], oneOf = [] }: Described): [Record<string, unknown>, string][] {
  const kind = Object.fromEntries(
    Object.entries(properties).flatMap(([name, one]) => (one.const === undefined ? [] : [[name, one.const]])),
  );
  const own = required.filter((name) => properties[name]!.maxLength !== undefined);
  return [...own.map((name): [Record<string, unknown>, string] => [kind, name]), ...oneOf.flatMap(requiredTexts)];
}

const REPORTS = { closureSchema, complaintSchema, ownErrorSchema, publicReportSchema, withdrawalApplicationSchema };
const OF_CASES = Object.entries(TOLD).flatMap(([caseType, bodies]) =>
  Object.entries<z.ZodType>(bodies).map(([action, schema]): [string, z.ZodType] => [`${caseType}.${action}`, schema]),
);
const TEXTS = [...OF_CASES, ...Object.entries(REPORTS)].flatMap(([name, schema]) =>
  requiredTexts(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Described)
    // The credit code is parsed, not only bounded.
    .filter(([, field]) => field !== 'uscc')
    .map(([kind, field]) => ({ name, field, schema, kind })),
);

describe.each(TEXTS)('$name $field', ({ field, schema, kind }) => {
  const said = (value: unknown) =>
    (schema.safeParse({ ...kind, [field]: value }).error?.issues ?? [])
      .filter(({ path }) => path[0] === field)
      .map(({ message }) => message);

  test('absent, null or blank is asked for in the same words', () => {
    const [missing] = said(undefined);
    expect(missing).toMatch(/^请填写\p{Script=Han}+$/u);
    for (const nothing of [null, '', ' \n']) expect(said(nothing)).toEqual([missing]);
  });

  test('has no control characters, and a bound', () => {
    expect(said('a\u0007b').join()).toContain('控制字符');
    expect(said('字'.repeat(5000)).join()).toMatch(/不得超过\d+字/);
  });
});

test('are many', () => expect(TEXTS.length).toBeGreaterThan(25));

test.each([complaintSchema, publicReportSchema])(
  'a report without a name or a contact is taken however that is written',
  (schema) => {
    for (const nothing of [null, '', undefined]) {
      const issues = schema.safeParse({ reporterName: nothing, contact: nothing }).error?.issues ?? [];
      expect(issues.map(({ path }) => path[0])).not.toEqual(expect.arrayContaining(['contact']));
      expect(issues.map(({ path }) => path[0])).not.toEqual(expect.arrayContaining(['reporterName']));
    }
  },
);
