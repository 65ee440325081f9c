/** What a sender writes and no schema reads is found, wherever it stands. */
import { describe, expect, it, test } from 'vitest';
import { z } from 'zod';
import { registrationInputSchema } from '../../domain/registration/registration.ts';
import { unknownKeys } from '../../domain/unknown-keys.ts';

const inner = z.object({ a: z.string() });

describe('unknown keys', () => {
  test.each<[string, z.ZodType, unknown, string[]]>([
    ['of an object', inner, { a: 'x', b: 1, c: 2 }, ['b', 'c']],
    ['inherited names', inner, { a: 'x', constructor: 1 }, ['constructor']],
    ['of what is optional', inner.optional(), { b: 1 }, ['b']],
    ['with a default', inner.default({ a: '' }), { b: 1 }, ['b']],
    ['inside', z.object({ one: inner.nullable() }), { one: { a: 'x', b: 1 } }, ['one.b']],
    ['of each of a list', z.object({ all: z.array(inner) }), { all: [{ a: 'x' }, { b: 1 }] }, ['all.1.b']],
    ['behind a preprocessing', z.preprocess((value) => value, inner), { b: 1 }, ['b']],
    ['before a transformation', inner.transform(({ a }) => a), { b: 1 }, ['b']],
    ['of the kind that was meant', union(), { kind: 'one', b: 1 }, ['b']],
    ['of the other kind', union(), { kind: 'two', b: 1 }, []],
    ['lazily', z.lazy(() => inner), { b: 1 }, ['b']],
    ['none of a record', z.record(z.string(), z.unknown()), { b: 1 }, []],
    ['none of a loose object', z.looseObject({ a: z.string() }), { b: 1 }, []],
    ['none of what is no object', inner, 'text', []],
  ])('%s', (_, schema, value, keys) => expect(unknownKeys(schema, value)).toEqual(keys));

  function union() {
    return z.union([
      z.object({ kind: z.literal('one'), a: z.string() }),
      z.object({ kind: z.literal('two'), b: z.number() }),
    ]);
  }
});

it('of a registration are found beside its fields, and in its changes', () => {
  const body = { registrationNo: '1', adress: '甲路1号', changes: [{ item: '名称', befor: '甲' }] };
  expect(unknownKeys(registrationInputSchema, body)).toEqual(['adress', 'changes.0.befor']);
});
