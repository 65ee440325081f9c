/** The description that departments' systems are built from: whole, true, and readable at /docs. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ERROR_CODES, type ErrorCode } from '../../domain/errors.ts';
import { Product } from '../support/product.ts';
import { NOWHERE } from './support/requests.ts';

interface Content {
  content?: Record<string, { schema?: { $ref?: string } }>;
}
interface Operation {
  operationId: string;
  summary: string;
  tags: string[];
  security?: unknown[];
  parameters?: { name: string; in: string; required?: boolean; schema?: object }[];
  requestBody?: Content;
  responses: Record<string, Content & { description: string }>;
}
interface Document {
  openapi: string;
  info: { title: string; version: string; description: string };
  paths: Record<string, Record<string, Operation>>;
  components: Record<string, Record<string, unknown>>;
  security: object[];
}

let product: Product;
let document: Document;
let operations: [string, string, string, Operation][];

beforeAll(async () => {
  product = await Product.start({ worker: false, temporalAddress: NOWHERE });
  document = (await product.get<Document>(null, '/openapi.json')).body;
  operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]): [string, string, string, Operation] => [
      `${method.toUpperCase()} ${path}`,
      method,
      path,
      operation,
    ]),
  );
});
afterAll(() => product.close());

/** Fastify prints its routes as a tree: a line's depth shows its parent. */
function servedRoutes(): string[] {
  const above: string[] = [];
  return product.app
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const [, indent, segment, methods] = /^((?:[│ ] {3})*)[├└]── (\S*)(?: \(([A-Z, ]+)\))?$/.exec(line) ?? [];
      if (indent === undefined || segment === undefined) return [];
      const depth = indent.length / 4;
      above.splice(depth, Infinity, segment);
      const path = above.join('').replaceAll(/:(\w+)/g, '{$1}');
      return (methods ?? '').split(', ').map((method) => `${method} ${path}`);
    });
}

function* references(value: unknown): Generator<string> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    if (key === '$ref') yield String(part);
    else yield* references(part);
  }
}

it('is OpenAPI 3.1, with a title, a version, and the two ways to sign in', () => {
  expect(document.openapi).toMatch(/^3\.1\./);
  expect(document.info).toMatchObject({ title: expect.stringMatching(/.+/), version: expect.stringMatching(/.+/) });
  expect(Object.keys(document.components['securitySchemes']!).sort()).toEqual(['bearer', 'cookie']);
  expect(document.security).toEqual([{ bearer: [] }, { cookie: [] }]);
});

it('every reference leads somewhere', () => {
  const targets = [...new Set(references(document))];
  expect(targets.length).toBeGreaterThan(0);
  for (const target of targets) {
    const [root, ...steps] = target.split('/');
    const found = steps.reduce<unknown>(
      (part, step) => (part as Record<string, unknown> | undefined)?.[step],
      document,
    );
    expect([target, root, typeof found]).toEqual([target, '#', 'object']);
  }
});

it('every route that is served under /api/v1, /health and /codec is documented, and every one documented is served', () => {
  const served = servedRoutes().filter((route) => /^(GET|POST|PUT|PATCH|DELETE) \/(api|health|codec)\b/.test(route));
  expect(served.length).toBeGreaterThan(30);
  expect(operations.map(([name]) => name).sort()).toEqual(served.sort());
});

it('every operation has an id of its own, a summary in Chinese and a tag', () => {
  const ids = operations.map(([, , , { operationId }]) => operationId);
  expect(new Set(ids).size).toBe(ids.length);
  for (const [name, , , { operationId, summary, tags }] of operations) {
    expect([name, operationId]).toEqual([name, expect.stringMatching(/^[a-z][A-Za-z]*\.[a-z][A-Za-z]*$/)]);
    expect([name, summary]).toEqual([name, expect.stringMatching(/\p{Script=Han}/u)]);
    expect([name, tags]).toEqual([name, [expect.stringMatching(/.+/)]]);
  }
});

describe('every operation declares', () => {
  it('each parameter of its path, and no other', () => {
    for (const [name, , path, { parameters = [] }] of operations) {
      const declared = parameters.filter((parameter) => parameter.in === 'path');
      expect([name, declared.map((p) => p.name)]).toEqual([name, [...path.matchAll(/\{(\w+)\}/g)].map(([, p]) => p)]);
      expect([name, declared.every((p) => p.required)]).toEqual([name, true]);
      expect([name, parameters.every((p) => p.schema !== undefined)]).toEqual([name, true]);
    }
  });

  it('what it answers when all is well, with its schema', () => {
    for (const [name, , , { responses }] of operations) {
      const good = Object.entries(responses).filter(([status]) => status.startsWith('2'));
      expect([name, good.length > 0]).toEqual([name, true]);
      for (const [status, { content }] of good) {
        if (status === '204') continue;
        const schemas = Object.values(content ?? {}).map(({ schema }) => typeof schema);
        // A table is answered as CSV or as a workbook, everything else in one form.
        expect([name, schemas]).toEqual([name, Array.from({ length: schemas.length || 1 }, () => 'object')]);
      }
    }
  });

  it('its refusals, as problems of RFC 9457', () => {
    for (const [name, , path, { responses, security, parameters, requestBody }] of operations) {
      const expected = ['429', '500', '503'];
      if (security?.length !== 0) expected.push('401');
      if (requestBody ?? parameters?.some((p) => p.schema)) expected.push('400');
      if (requestBody) expected.push('413', '415');
      if (path.includes('{')) expected.push('404');
      expect([name, Object.keys(responses)]).toEqual([name, expect.arrayContaining(expected)]);
      for (const [status, { content, description }] of Object.entries(responses)) {
        expect([name, status, description.length > 0]).toEqual([name, status, true]);
        if (status.startsWith('2') || path === '/health/ready') continue;
        expect([name, status, content]).toEqual([
          name,
          status,
          { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        ]);
      }
    }
  });

  it('which refusals a status stands for, by title and code', () => {
    const told = (name: string, status: string) => {
      const [, , , { responses }] = operations.find(([each]) => each === name)!;
      return [...responses[status]!.description.matchAll(/（([\w.-]+)）/g)].map(([, code]) => code as ErrorCode);
    };
    for (const [name, , path, { responses }] of operations) {
      for (const status of Object.keys(responses)) {
        if (status.startsWith('2') || path === '/health/ready') continue;
        const codes = told(name, status);
        expect([name, status, codes.length > 0]).toEqual([name, status, true]);
        for (const code of codes) expect([name, code, ERROR_CODES[code].status]).toEqual([name, code, Number(status)]);
        const titles = codes.map((code) => `${ERROR_CODES[code].title}（${code}）`).join('；');
        expect([name, responses[status]!.description]).toEqual([name, titles]);
      }
    }
    expect(told('PUT /api/v1/session/password', '409')).toEqual(['auth.password-mismatch']);
    expect(told('POST /api/v1/pushes/{caseId}/claim', '409')).toContain('transition.refused');
    expect(told('POST /api/v1/pushes/{caseId}/claim', '409')).not.toContain('auth.password-mismatch');
    // A route's own errors are joined by those that follow from its shape.
    expect(told('POST /api/v1/registrations/import', '415')).toEqual([
      'input.unsupported-media-type',
      'input.unsupported-encoding',
    ]);
    // An account with a one-time password may read its session and change its password, nothing else.
    expect(told('POST /api/v1/registrations', '403')).toEqual(['auth.password-change-required', 'access.denied']);
    expect(operations.find(([name]) => name === 'GET /api/v1/session')![3].responses['403']).toBeUndefined();
    // Every route that changes something refuses pages of other origins, for all roles.
    for (const [name, method] of operations)
      if (method !== 'get')
        expect([name, told(name, '403')]).toEqual([name, expect.arrayContaining(['access.denied'])]);
    expect(told('POST /api/v1/subscriptions', '409')).toContain('subscription.too-many');
    expect(told('POST /api/v1/supervisions', '409')).toContain('supervision.not-overdue');
    expect(told('POST /api/v1/listings', '400')).toEqual(
      expect.arrayContaining(['region.unknown', 'department.unknown']),
    );
  });

  it('what it takes, where it takes a body', () => {
    for (const [name, method, path, { requestBody }] of operations) {
      // Replaying and trying out need no body.
      const takes = ['post', 'patch', 'put'].includes(method) && !/\/(replay|test)$/.test(path);
      expect([name, requestBody !== undefined]).toEqual([name, takes]);
      for (const [type, { schema }] of Object.entries(requestBody?.content ?? {})) {
        expect([name, type, typeof schema]).toEqual([name, type, 'object']);
      }
    }
  });
});

it('sign-in is needed wherever it is not said that it is not, before anything is said of what was sent', async () => {
  for (const [name, method, path, { security }] of operations) {
    if (security?.length === 0) continue;
    for (const type of ['application/json', 'multipart/form-data']) {
      const body = method === 'get' ? undefined : '{';
      const { status } = await product.request(null, method.toUpperCase(), path, body, { 'content-type': type });
      expect([name, type, status]).toEqual([name, type, 401]);
    }
  }
});

/** The query that a path needs, by the path's last segment. */
const QUERIES: Record<string, string> = {
  departments: '?region=430103',
  attachments: '?caseId=none',
  deadlines: '?start=2026-02-13&days=7',
  enterprises: `?q=${encodeURIComponent('企业')}`,
};

it('what is open to all answers without sign-in', async () => {
  for (const [name, method, path, { security }] of operations) {
    if (method !== 'get' || security?.length !== 0) continue;
    const url = path.replaceAll(/\{\w+\}/g, '00000000-0000-4000-8000-000000000000');
    const query = QUERIES[path.split('/').at(-1)!] ?? '';
    const { status } = await product.get(null, url + query);
    // The number does not exist, and those who may ask are told so.
    expect([name, status]).toEqual([name, path.includes('{') ? 404 : 200]);
  }
});

it('/docs answers a page that loads nothing from elsewhere', async () => {
  const answer = await product.get<string>(null, '/docs');
  expect(answer.headers.get('content-type')).toContain('text/html');
  expect(answer.body).toContain('swagger-ui');
  expect(answer.body).not.toMatch(/(src|href)="https?:/);
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'self'");
  const scripts = [...answer.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => link!);
  for (const link of scripts) {
    const { status } = await product.get(null, new URL(link, `${product.url}/docs/`).pathname);
    expect([link, status]).toEqual([link, 200]);
  }
});
