import cors from '@fastify/cors';
import type { Payload } from '@temporalio/common';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Refusal } from '../../domain/errors.ts';
import type { ApiContext, App } from '../context.ts';
import { PayloadUnreadable } from '../../temporal/payload-codec.ts';
import { requireRole } from '../plugins/auth.ts';
import { problems } from '../plugins/problems.ts';

/** Temporal's JSON of a payload: bytes as base64. */
const payloadSchema = z.object({
  metadata: z.record(z.string(), z.base64()).optional(),
  data: z.base64().optional(),
});
const payloadsSchema = z.object({ payloads: z.array(payloadSchema).max(10_000) });

type PayloadJson = z.infer<typeof payloadSchema>;

const BODY_LIMIT = 16 * 1_048_576;

function fromJson({ metadata = {}, data = '' }: PayloadJson): Payload {
  const entries = Object.entries(metadata).map(([name, value]) => [name, Buffer.from(value, 'base64')]);
  return { metadata: Object.fromEntries(entries), data: Buffer.from(data, 'base64') };
}

const base64 = (bytes: Uint8Array | null | undefined) => Buffer.from(bytes ?? []).toString('base64');

function toJson({ metadata, data }: Payload): PayloadJson {
  const entries = Object.entries(metadata ?? {}).map(([name, value]) => [name, base64(value)]);
  return { metadata: Object.fromEntries(entries), data: base64(data) };
}

/**
 * 流程数据解密 (第十九条): decrypts payloads for the Temporal UI, in the browser of a supervisor who is signed in to the console.
 * It only decodes: nothing that is typed into the UI becomes part of a case.
 */
export default async function codecRoutes(app: App, api: ApiContext) {
  // Browsers send the session cookie from pages of the UI's origin only.
  const uiOrigin = new URL(api.temporalUiUrl || 'http://localhost:8233').origin;
  await app.register(
    async (scope) => {
      // The CORS plugin answers preflights for all paths below its scope's prefix.
      await scope.register(cors, {
        origin: uiOrigin,
        methods: ['POST'],
        allowedHeaders: ['content-type', 'x-namespace', 'authorization'],
        credentials: true,
      });
      registerDecode(scope, api, uiOrigin);
    },
    { prefix: '/codec/decode' },
  );
}

function registerDecode(app: App, api: ApiContext, uiOrigin: string): void {
  app.withTypeProvider<ZodTypeProvider>().post(
    '',
    {
      bodyLimit: BODY_LIMIT,
      // The only route that pages of another origin may call with the session cookie.
      config: { callers: [uiOrigin] },
      preParsing: requireRole('supervisor', 'platform-administrator', 'auditor'),
      schema: {
        tags: ['流程数据'],
        operationId: 'codec.decode',
        summary: '解密流程数据，供 Temporal 界面显示（第十九条）',
        body: payloadsSchema,
        response: {
          200: payloadsSchema,
          ...problems('input.invalid', 'auth.required', 'access.denied'),
        },
      },
    },
    async ({ body }) => {
      let payloads = body.payloads.map(fromJson);
      try {
        for (const codec of api.payloadCodecs ?? []) payloads = await codec.decode(payloads);
      } catch (error) {
        if (!(error instanceof PayloadUnreadable)) throw error;
        throw new Refusal('input.invalid', error.message, { remedy: '请联系平台管理员', article: '第十九条' });
      }
      return { payloads: payloads.map(toJson) };
    },
  );
}
