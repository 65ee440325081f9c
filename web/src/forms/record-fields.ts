/** The 双公示 fields of a record as form fields, in the standard's order. */
import { RECORD_FIELDS, titleOfField, type RecordKind } from '../../../domain/publicity/record-fields.ts';
import type { Field } from './schema-fields.ts';

const DAYS = new Set(['generatedOn', 'validFrom', 'validUntil', 'publicUntil']);
const PARAGRAPHS = new Set(['content', 'violation', 'violationFacts', 'basis', 'remark']);
const NUMBERS = new Set(['fine', 'confiscated']);
/** Not asked: the department is that of the account. */
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
      const { field } = row;
      const common = { name: field, label: titleOfField(row), required: 'required' in row };
      if ('meanings' in row && !DAYS.has(field)) {
        return { ...common, control: 'choice', options: choices(row.meanings) };
      }
      return { ...common, control: controlOf(field) };
    });
}
