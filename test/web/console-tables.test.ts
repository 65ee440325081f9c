/** The console's tables against the rules and the API that they stand for. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { TRANSITIONS } from '../../domain/transitions.ts';
import { NOUNS } from '../../web/src/cases/case-types.ts';
import { SCHEMAS } from '../../web/src/cases/command-schemas.ts';
import { COMMANDS } from '../../web/src/cases/commands.ts';
import { fieldsOf } from '../../web/src/forms/schema-fields.ts';
import { EN } from '../../web/src/i18n/en.ts';
import { FILES, json, text } from '../support/repository.ts';

type CaseType = keyof typeof TRANSITIONS;
const CASE_TYPES = Object.keys(TRANSITIONS) as CaseType[];
const { paths } = json('docs/openapi.json') as { paths: Record<string, object> };

describe.each(CASE_TYPES)('%s', (caseType) => {
  const ours = Object.entries(TRANSITIONS[caseType]).filter(([, { party }]) => party !== 'system');

  it('every deed of a person has its command, and no other', () => {
    expect(Object.keys(COMMANDS[caseType]).sort()).toEqual(ours.map(([action]) => action).sort());
  });

  it('every command has the schema that the workflow judges', () => {
    expect(Object.keys(SCHEMAS[caseType]).sort()).toEqual(Object.keys(COMMANDS[caseType]).sort());
  });

  it.each(ours.map(([action]) => action))('%s goes where the API takes it', (action) => {
    expect(paths).toHaveProperty([`/api/v1/${NOUNS[caseType]}/{caseId}/${COMMANDS[caseType][action]!.verb}`]);
  });
});

describe('fields of a schema', () => {
  it('a union is a choice; what one kind alone needs is asked for with it', () => {
    expect(fieldsOf(SCHEMAS.rollback['rule']!)).toMatchObject([
      { name: 'decision', control: 'choice', options: [{ value: 'same' }, { value: 'other' }, { value: 'pool' }] },
      { name: 'departmentCode', required: true, when: { field: 'decision', is: 'other' } },
      { name: 'reason', control: 'paragraph', required: true },
    ]);
  });

  it('labels, bounds and lengths come from the schema', () => {
    const schema = z.object({
      days: z.number().int().min(1).max(5).describe('工作日数：不含当日'),
      remark: z.string().max(100).optional().describe('说明'),
    });
    expect(fieldsOf(schema)).toMatchObject([
      { name: 'days', label: '工作日数', control: 'number', least: 1, most: 5, required: true },
      { name: 'remark', label: '说明', control: 'line', most: 100, required: false },
    ]);
  });
});

describe('English', () => {
  const written = FILES.filter((file) => file.startsWith('web/src/') && file.endsWith('.tsx')).flatMap((file) =>
    [...text(file).matchAll(/\bt\(\s*'([^'\n]*[\u4e00-\u9fff][^'\n]*)'/g)].map((match) => match[1]!),
  );

  it('every text of a page has its English', () => {
    expect(written.length).toBeGreaterThan(100);
    expect([...new Set(written)].filter((chinese) => !(chinese in EN))).toEqual([]);
  });

  it('every stage, deed and limit of the rules has its English', () => {
    const titles = CASE_TYPES.flatMap((caseType) => Object.values(TRANSITIONS[caseType]).map(({ title }) => title));
    expect([...new Set(titles)].filter((title) => !(title in EN))).toEqual([]);
  });

  it('keeps the places for figures and names', () => {
    const places = (words: string) => [...words.matchAll(/\{\{\w+\}\}/g)].map(([place]) => place).sort();
    for (const [chinese, english] of Object.entries(EN)) expect(places(english), chinese).toEqual(places(chinese));
  });
});
