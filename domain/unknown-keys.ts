/**
 * Keys of a value that its schema does not read. zod drops them in silence, and a sender who misspelt a field would believe
 * that it was taken in.
 */
import { z } from 'zod';

/** A key by its path: `changes.0.befor`. */
type Path = string;

/** @returns the paths, in the value's order. Values of the wrong kind have none: the schema refuses them. */
export function unknownKeys(schema: z.core.$ZodType, value: unknown, at: Path = ''): Path[] {
  const { def } = (schema as z.ZodType)._zod as { def: z.core.$ZodTypes['_zod']['def'] };
  switch (def.type) {
    case 'object':
      return isObject(value) ? ofObject(def, value, at) : [];
    case 'array':
      return Array.isArray(value) ? value.flatMap((one, index) => unknownKeys(def.element, one, `${at}${index}.`)) : [];
    case 'union':
      return fewest(def.options.map((option) => unknownKeys(matching(option, value), value, at)));
    case 'pipe':
      // Of a preprocessed value, the schema that reads it stands behind the preprocessing.
      return unknownKeys(typeOf(def.in) === 'transform' ? def.out : def.in, value, at);
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'nonoptional':
    case 'readonly':
    case 'catch':
      return unknownKeys(def.innerType, value, at);
    case 'lazy':
      return unknownKeys(def.getter(), value, at);
    default:
      return [];
  }
}

const typeOf = (schema: z.core.$ZodType): string => schema._zod.def.type;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function ofObject({ shape, catchall }: z.core.$ZodObjectDef, value: Record<string, unknown>, at: Path): Path[] {
  return Object.entries(value).flatMap(([key, part]) => {
    const field = Object.hasOwn(shape, key) ? shape[key] : undefined;
    if (field) return unknownKeys(field, part, `${at}${key}.`);
    return catchall && typeOf(catchall) !== 'never' ? [] : [`${at}${key}`];
  });
}

const ANYTHING = z.unknown();

/** An option whose constants are others than the value's is not the one that was meant. */
function matching(option: z.core.$ZodType, value: unknown): z.core.$ZodType {
  if (!isObject(value)) return ANYTHING;
  const def = option._zod.def as z.core.$ZodTypes['_zod']['def'];
  if (def.type !== 'object') return option;
  const isOther = Object.entries(def.shape).some(([key, field]) => {
    const inner = field._zod.def as z.core.$ZodTypes['_zod']['def'];
    return inner.type === 'literal' && Object.hasOwn(value, key) && !inner.values.includes(value[key] as never);
  });
  return isOther ? NOT_MEANT : option;
}

const NOT_MEANT = z.object({});

const fewest = (found: Path[][]): Path[] => found.reduce((least, one) => (one.length < least.length ? one : least));
