import swagger, { type SwaggerTransform, type SwaggerTransformObject } from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifySchema } from 'fastify';
import fp from 'fastify-plugin';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import type { OpenAPIV3_1 } from 'openapi-types';
import type { ErrorCode } from '../../domain/errors.ts';
import { accessErrors } from './auth.ts';
import { withProblems } from './problems.ts';
import { originErrors } from './same-origin.ts';

/** OpenAPI 3.1 from the same zod schemas that validate; Swagger UI at /docs. */
export default fp(async (app) => {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: '协同：部门协同监管平台接口',
        description:
          '依据湘商改〔2016〕7号。错误一律为 application/problem+json（RFC 9457）。时间为 ISO 8601；期限按 UTC+8 计算。',
        version: '1.0.0',
      },
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer', description: 'POST /api/v1/session 返回的 token' },
          cookie: { type: 'apiKey', in: 'cookie', name: app.sessionCookie },
        },
      },
      security: [{ bearer: [] }, { cookie: [] }],
    },
    transform,
    transformObject,
  });
  await app.register(swaggerUi, { routePrefix: '/docs' });
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
});

const transform: SwaggerTransform = (document) => {
  const { schema: declared, route } = document;
  if (!declared || declared.hide) return jsonSchemaTransform(document);
  const codes = [...unavoidable(declared), ...accessErrors(declared, route.config), ...originErrors(route.method)];
  const response = withProblems(declared.response ?? {}, codes);
  const { schema, url } = jsonSchemaTransform({ ...document, schema: { ...declared, response } });
  return { schema: { ...schema, ...uploadOf(declared) }, url };
};

const transformObject: SwaggerTransformObject = (document) => {
  const text = JSON.stringify(jsonSchemaTransformObject(document)).replaceAll('"Default Response"', '"成功"');
  const described = JSON.parse(text) as OpenAPIV3_1.Document;
  const schemas = described.components?.schemas ?? {};
  // The type provider lists each named schema twice, for input and for output. Drop the input copies if no route uses
  // them.
  const someAreRead = JSON.stringify(described.paths).includes('Input"');
  if (!someAreRead) for (const id of Object.keys(schemas)) if (id.endsWith('Input')) delete schemas[id];
  return described;
};

/** Error codes that follow from a route's shape, so that routes need not list them. */
function unavoidable({ params, querystring, headers, body, consumes }: FastifySchema): ErrorCode[] {
  const codes: ErrorCode[] = [];
  if (params ?? querystring ?? headers ?? body) codes.push('input.invalid');
  if (body ?? consumes) codes.push('input.too-large', 'input.unsupported-media-type');
  return codes;
}

/** Describes the body of a route that reads it as a stream and therefore has no schema for it. */
function uploadOf({ body, consumes }: FastifySchema): Pick<FastifySchema, 'body'> {
  if (body || !consumes) return {};
  const content = consumes.map((type) => {
    const file = { type: 'string', format: 'binary' };
    const form = { type: 'object', properties: { file }, required: ['file'] };
    return [type, { schema: type === 'multipart/form-data' ? form : file }];
  });
  return { body: { content: Object.fromEntries(content) as Record<string, object> } };
}
