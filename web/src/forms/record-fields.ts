/** The 双公示 fields of a record as a form asks for them, in the standard's order. */
import { RECORD_FIELDS, type RecordKind } from '../../../domain/record-fields.ts';
import { OTHER_SECTIONS } from '../../../domain/publicity-sections.ts';
import type { Field } from './schema-fields.ts';

const DAYS = new Set(['generatedOn', 'validFrom', 'validUntil', 'publicUntil']);
const PARAGRAPHS = new Set(['content', 'violation', 'violationFacts', 'basis', 'remark']);
const NUMBERS = new Set(['fine', 'confiscated']);
/** Who hands it over is the account's own department. */
const UNASKED = new Set(['departmentCode']);

const choices = (labels: Record<string, string>) => Object.entries(labels).map(([value, label]) => ({ value, label }));

function controlOf(field: string): Field['control'] {
  if (DAYS.has(field)) return 'day';
  if (NUMBERS.has(field)) return 'number';
  return PARAGRAPHS.has(field) ? 'paragraph' : 'line';
}

export function recordFields(kind: RecordKind): Field[] {
  return RECORD_FIELDS[kind]
    .filter(({ field }) => !UNASKED.has(field))
    .map((row): Field => {
      const { field, labels } = row;
      const common = { name: field, label: labels[0], required: 'required' in row };
      if (field === 'section') return { ...common, control: 'choice', options: choices(OTHER_SECTIONS) };
      if (field === 'counterparty') {
        return {
          ...common,
          control: 'choice',
          options: choices({ organisation: '法人及非法人组织', individual: '个体工商户' }),
        };
      }
      return { ...common, control: controlOf(field) };
    });
}
