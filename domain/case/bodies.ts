/** What the commands of a case type ask for: one table a case type, from the command to the schema of its body. */
import type { z } from 'zod';

/**
 * A table whose schemas are built when they are first asked for. Every running workflow evaluates the modules that it
 * imports; built at once, the schemas that it never needs would be most of its weight (`npm run -s bench -- workflows`).
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
