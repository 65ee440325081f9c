/** 模板: the columns of an import, what is said of each, and two example rows; told by the schema that judges the rows. */
import { z } from 'zod';
import type { TableRow } from '../http/table.ts';
import { EXAMPLE_MARK } from './rows/notes.ts';

type Values = Readonly<Record<string, string>>;

export interface Template {
  title: string;
  columns: readonly { field: string; name: string }[];
  /** The objects that a row may be; of a union, the one whose `kind` is the template's. The first that has a field counts. */
  schemas: readonly z.ZodType[];
  /** What is said of fields that no schema describes. */
  notes?: Values;
  examples: readonly [Values, Values];
}

interface Property {
  description?: string;
  enum?: string[];
  const?: string;
  maxLength?: number;
  'x-labels'?: Record<string, string>;
}

interface ObjectSchema {
  properties?: Record<string, Property>;
  required?: string[];
  oneOf?: ObjectSchema[];
}

/** Characters: nobody writes so much into the other columns. */
const LONG = 200;

/** The header, the row of notes and the examples. A template that is sent as it is imports nothing. */
export function templateRows(kind: string, { columns, schemas, notes = {}, examples }: Template): TableRow[] {
  const objects = schemas.map((schema) => objectOf(schema, kind));
  const noteOf = (field: string) => {
    const object = objects.find(({ properties }) => properties?.[field]);
    const isRequired = objects[0]?.required?.includes(field) ?? false;
    const said = [isRequired ? '必填' : '选填', notes[field] ?? saidOf(object?.properties?.[field])];
    return said.filter((part) => part !== '').join('：');
  };
  return [
    columns.map(({ name }) => name),
    columns.map(({ field }) => noteOf(field)),
    ...examples.map((example) =>
      columns.map(({ field }) => (example[field] ?? '') + (field === 'name' ? EXAMPLE_MARK : '')),
    ),
  ];
}

function objectOf(schema: z.ZodType, kind: string): ObjectSchema {
  const object = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as ObjectSchema;
  return object.oneOf?.find(({ properties }) => properties?.['kind']?.const === kind) ?? object;
}

function saidOf(property: Property | undefined): string {
  if (!property) return '';
  const { description = '', maxLength = 0 } = property;
  const labels = (property.enum ?? []).map((key) => property['x-labels']?.[key] ?? key);
  const isSaid = labels.every((label) => description.includes(label));
  const length = maxLength >= LONG ? `至多${maxLength}字` : '';
  return [description, isSaid ? '' : `可填${labels.join('、')}`, length].filter((part) => part !== '').join('；');
}
