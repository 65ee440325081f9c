import { readFileSync } from 'node:fs';
import { type Catalogue, catalogueSchema } from '../../domain/scope/catalogue.ts';

/**
 * Reads and validates the project's catalogue.
 * @throws ZodError naming the item and field where the file breaks a rule; SyntaxError where it is no JSON
 */
export function loadCatalogue(): Catalogue {
  const file = new URL('post-approval.json', import.meta.url);
  return catalogueSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}
