/** What the commands of a case type ask for: one table a case type, from the command to the schema of its body. */
import type { z } from 'zod';

/**
 * A table whose schemas are built at their first use. Every running workflow evaluates the modules that it imports; if all
 * schemas were built then, they would be most of the memory that it takes (`npm run -s bench -- workflows`).
 */
export function bodies<T extends Record<string, () => z.ZodType>>(
  builders: T,
): { readonly [Command in keyof T]: ReturnType<T[Command]> } {
  const table = {};
  for (const [command, build] of Object.entries(builders)) {
    let schema: z.ZodType | undefined;
    Object.defineProperty(table, command, { enumerable: true, get: () => (schema ??= build()) });
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each property was defined just now
  return table as { readonly [Command in keyof T]: ReturnType<T[Command]> };
}

/** Both tables as one. Joining them builds no schema. */
export function joined<A extends object, B extends object>(one: A, other: B): A & B {
  const properties = { ...Object.getOwnPropertyDescriptors(one), ...Object.getOwnPropertyDescriptors(other) };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- made of the properties of both
  return Object.defineProperties({}, properties) as A & B;
}

/** A table of commands and the schemas of their bodies. */
export type Bodies = Readonly<Record<string, z.ZodType>>;

/** What a command of the table carries. */
export type BodyOf<B, Command extends keyof B> = B[Command] extends z.ZodType ? z.output<B[Command]> : never;

/** What people write for it, before the schema has read it. */
export type InputOf<B, Command extends keyof B> = B[Command] extends z.ZodType ? z.input<B[Command]> : never;
