/** Written materials that are uploaded before they are handed in (第十八条). */
import type { Product } from '../../support/product.ts';

export const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');

/** @param as null for the public, which gets a token to hand the file in with. */
export async function upload(product: Product, as: string | null, name: string, content: Buffer = PDF) {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(content)]), name);
  const response = await fetch(`${product.url}/api/v1/${as ? '' : 'public/'}attachments`, {
    method: 'POST',
    headers: as ? { authorization: `Bearer ${await product.tokenOf(as)}` } : {},
    body: form,
  });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as { id: string; claimToken: string; mediaType: string },
  };
}
