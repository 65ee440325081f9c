/**
 * 个人信息保护 (第十九条): what anybody can read without signing in is published, and goes through one check. Intakes
 * refuse citizens' numbers; this is for what was kept before they did.
 */
import fp from 'fastify-plugin';
import { maskCitizenIds } from '../../domain/publicity/citizen-id.ts';
import { isOpen } from './auth.ts';

/** The same content, with citizens' numbers masked. */
function published(content: unknown): unknown {
  if (typeof content === 'string') return maskCitizenIds(content);
  if (Array.isArray(content)) return content.map(published);
  if (typeof content !== 'object' || content === null || Object.getPrototypeOf(content) !== Object.prototype) {
    return content;
  }
  return Object.fromEntries(Object.entries(content).map(([key, value]) => [key, published(value)]));
}

export default fp(async (app) => {
  app.addHook('preSerialization', async ({ account, routeOptions: { schema } }, _, content) => {
    // The description of the interface is large, and holds no data.
    const isKept = schema?.hide === true || (account && !isOpen(schema));
    return isKept ? content : published(content);
  });
});
