/** Derives form fields from the zod schema with which the server checks the answer. */
import { z } from 'zod';
import { SEEN_VERSION } from '../../../domain/case/seen-version.ts';

export interface Field {
  name: string;
  label: string;
  required: boolean;
  control: 'line' | 'paragraph' | 'number' | 'choice' | 'list' | 'day' | 'region' | 'department' | 'enterprise';
  /** Codes with the words that people read. */
  options?: { value: string; label: string }[];
  most?: number;
  least?: number;
  /** For numbers: no fractions. */
  whole?: boolean;
  /** Asked for only while another field has this value. */
  when?: { field: string; is: string };
}

interface Property {
  type?: string;
  enum?: string[];
  const?: string;
  description?: string;
  maxLength?: number;
  minLength?: number;
  minimum?: number;
  maximum?: number;
  'x-labels'?: Record<string, string>;
}

interface ObjectSchema {
  properties?: Record<string, Property>;
  required?: string[];
  oneOf?: ObjectSchema[];
}

const PLACES: Record<string, Field['control']> = { regionCode: 'region', departmentCode: 'department' };

/** Characters: a longer text gets several lines. */
const LINE = 200;

/** What people fill in; which version they saw is filled in by the page. */
export function fieldsOf(schema: z.ZodType): Field[] {
  const described = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as ObjectSchema;
  return described.oneOf ? fieldsOfUnion(described.oneOf) : fieldsOfObject(described);
}

/** One field of a schema, with what the page says otherwise. @throws if the schema has no such field. */
export function schemaField(schema: z.ZodType, name: string, more: Partial<Field> = {}): Field {
  const found = fieldsOf(schema).find((field) => field.name === name);
  if (!found) throw new Error(`no field ${name}`);
  return { ...found, ...more };
}

function fieldsOfObject({ properties = {}, required = [] }: ObjectSchema): Field[] {
  return Object.entries(properties)
    .filter(([name]) => name !== SEEN_VERSION)
    .map(([name, property]) => fieldOf(name, property, required.includes(name)));
}

function fieldOf(name: string, property: Property, required: boolean): Field {
  const { type, maxLength, minimum, maximum, description } = property;
  const labels = property['x-labels'];
  const options = property.enum?.map((value) => ({ value, label: labels?.[value] ?? value }));
  const text = maxLength === undefined || maxLength > LINE ? 'paragraph' : 'line';
  const byType = type === 'array' ? 'list' : type === 'number' || type === 'integer' ? 'number' : text;
  // The description up to the first colon, comma or bracket is the label; the rest is for readers of the API.
  const label = description?.split(/[：:（(；，]/)[0] ?? name;
  const place = PLACES[name];
  // People choose regions and departments by name, so drop "代码" from the label.
  if (place) return { name, label: label.replace(/的?代码$/, ''), required, control: place };
  return {
    name,
    label,
    required,
    control: options ? 'choice' : byType,
    options,
    most: maximum ?? maxLength,
    least: minimum,
    whole: type === 'integer',
  };
}

/**
 * For a union with a constant that tells its kinds apart: the constant is a choice, and fields of one kind only depend on
 * it.
 */
function fieldsOfUnion(kinds: ObjectSchema[]): Field[] {
  const [tag] = Object.entries(kinds[0]?.properties ?? {}).find(([, { const: value }]) => value !== undefined) ?? [];
  if (!tag) return [];
  const options = kinds.map(({ properties }) => {
    const { const: value = '', description } = properties![tag]!;
    return { value, label: description ?? value };
  });
  const shared = (name: string) => kinds.every(({ properties }) => properties?.[name]);
  const fields = new Map<string, Field>();
  for (const kind of kinds) {
    const is = kind.properties![tag]!.const!;
    for (const field of fieldsOfObject(kind)) {
      if (field.name === tag || fields.has(field.name)) continue;
      fields.set(field.name, shared(field.name) ? field : { ...field, when: { field: tag, is } });
    }
  }
  const decision: Field = { name: tag, label: '决定', required: true, control: 'choice', options };
  return [decision, ...[...fields.values()].sort((a, b) => Number(!a.when) - Number(!b.when))];
}
