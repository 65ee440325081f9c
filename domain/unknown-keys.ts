/**
 * Keys of a value that its schema does not read. zod drops them in silence, and a sender who misspelt a field would believe
 * that it was taken in.
 */
import type { z } from 'zod';

type Schema = z.core.$ZodType;

/** What zod says of a schema, as far as it leads to keys. */
type Definition =
  | { type: 'object'; shape: Record<string, Schema>; catchall?: Schema }
  | { type: 'array'; element: Schema }
  | { type: 'union'; options: readonly Schema[] }
  | { type: 'pipe'; in: Schema; out: Schema }
  | { type: (typeof WRAPPERS)[number]; innerType: Schema }
  | { type: 'lazy'; getter: () => Schema }
  | { type: 'literal'; values: readonly unknown[] }
  | { type: 'transform' | 'never' };

const WRAPPERS = ['optional', 'nullable', 'default', 'prefault', 'nonoptional', 'readonly', 'catch'] as const;

// oxlint-disable-next-line typescript/no-unsafe-type-assertion, no-underscore-dangle -- where zod keeps it, for tools like this
const definitionOf = (schema: Schema) => schema._zod.def as unknown as Definition;

/** A key by its path: `changes.0.befor`. */
type Path = string;

/** @returns the paths, in the value's order. Values of the wrong kind have none: the schema refuses them. */
export function unknownKeys(schema: Schema, value: unknown, at: Path = ''): Path[] {
  const def = definitionOf(schema);
  if (def.type === 'object') return isObject(value) ? ofObject(def.shape, def.catchall, value, at) : [];
  if (def.type === 'array') {
    return Array.isArray(value) ? value.flatMap((one, index) => unknownKeys(def.element, one, `${at}${index}.`)) : [];
  }
  if (def.type === 'union') {
    const meant = def.options.filter((option) => isMeant(option, value));
    return fewest(meant.map((option) => unknownKeys(option, value, at)));
  }
  // Of a preprocessed value, the schema that reads it stands behind the preprocessing.
  if (def.type === 'pipe') return unknownKeys(isTransform(def.in) ? def.out : def.in, value, at);
  if (def.type === 'lazy') return unknownKeys(def.getter(), value, at);
  return 'innerType' in def ? unknownKeys(def.innerType, value, at) : [];
}

const isTransform = (schema: Schema): boolean => definitionOf(schema).type === 'transform';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function ofObject(
  shape: Record<string, Schema>,
  catchall: Schema | undefined,
  value: Record<string, unknown>,
  at: Path,
): Path[] {
  const isStrict = catchall === undefined || definitionOf(catchall).type === 'never';
  return Object.entries(value).flatMap(([key, part]) => {
    const field = Object.hasOwn(shape, key) ? shape[key] : undefined;
    if (field) return unknownKeys(field, part, `${at}${key}.`);
    return isStrict ? [`${at}${key}`] : [];
  });
}

/** An object whose constants are others than the value's is not the one that was meant. */
function isMeant(option: Schema, value: unknown): boolean {
  const def = definitionOf(option);
  if (def.type !== 'object' || !isObject(value)) return true;
  return Object.entries(def.shape).every(([key, field]) => {
    const constant = definitionOf(field);
    return constant.type !== 'literal' || !Object.hasOwn(value, key) || constant.values.includes(value[key]);
  });
}

/** Of none that was meant, nothing is said: the schema refuses the value. */
const fewest = (found: Path[][]): Path[] =>
  found.reduce((least, one) => (one.length < least.length ? one : least), found[0] ?? []);
