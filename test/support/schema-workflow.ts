/** A workflow that uses zod as cases do: with schemas of its own, on the zod that the worker has preloaded. */
import { z } from 'zod';
import { complaintBodies } from '../../domain/case-types/complaint/commands.ts';
import { rollbackBodies } from '../../domain/case-types/rollback/commands.ts';

const SCHEMAS: Record<string, z.ZodType> = {
  accept: complaintBodies.accept,
  handle: complaintBodies.handle,
  rule: rollbackBodies.rule,
  uuid: z.uuid(),
  day: z.iso.date(),
  email: z.email(),
  optional: z.strictObject({ a: z.string().trim().min(1).optional(), b: z.array(z.number().int()).default([]) }),
};

/** @returns for each body whether its schema accepts it */
export async function judgeBodies(bodies: [schema: string, body: unknown][]): Promise<boolean[]> {
  return bodies.map(([schema, body]) => SCHEMAS[schema]!.safeParse(body).success);
}
