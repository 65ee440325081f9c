/** What Temporal holds of a case, as its servers, its UI and whoever may open them can read it. */

/** A payload in Temporal's own JSON. */
export interface PayloadJson {
  metadata: Record<string, string>;
  data: string;
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');

/** Every payload of a history, a description or a failure. */
export function payloadsOf(value: unknown): PayloadJson[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('metadata' in value && 'data' in value) {
    const { metadata, data } = value as { metadata: Record<string, Uint8Array>; data: Uint8Array };
    const named = Object.entries(metadata).map(([name, bytes]) => [name, base64(bytes)] as const);
    return [{ metadata: Object.fromEntries(named), data: base64(data) }];
  }
  return Object.values(value).flatMap(payloadsOf);
}

export const textOf = ({ data }: PayloadJson): string => Buffer.from(data, 'base64').toString('utf8');

/**
 * All that can be read in it: its own texts, and those of its payloads, which its JSON shows in base64 only. Whoever looks
 * for what must not be there looks for something that is there as well.
 */
export const readableIn = (value: unknown): string =>
  [JSON.stringify(value), ...payloadsOf(value).map(textOf)].join('\n');
