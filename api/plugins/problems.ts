/**
 * Every error is answered as RFC 9457 problem+json: code, Chinese message with cause and remedy, article. A 5xx reveals
 * nothing.
 */
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { isUnavailable } from '../../db/postgres/availability.ts';
import { ERROR_CODES, Refusal, type ErrorCode } from '../../domain/errors.ts';
import { isKeyOf, keysOf } from '../../domain/keys.ts';

export const problemSchema = z
  .object({
    type: z.string().describe('错误类型 URI：/problems/{code}'),
    title: z.string().describe('错误名称'),
    status: z.number().int(),
    code: z.enum(keysOf(ERROR_CODES)).describe('错误代码'),
    detail: z.string().describe('原因'),
    remedy: z.string().optional().describe('如何处理'),
    article: z.string().optional().describe('依据条款'),
    errors: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .optional()
      .describe('逐项错误'),
    instance: z.string().describe('请求编号，报修时请提供'),
  })
  .meta({ id: 'Problem', description: '错误（RFC 9457）' });

export type Problem = z.infer<typeof problemSchema>;

const PROBLEM_JSON = 'application/problem+json';

/** Codes that any route may answer with. */
const EVERYWHERE: ErrorCode[] = ['rate.limited', 'internal', 'record.unavailable'];
/** Keeps on each declared answer the codes that it stands for. */
const CODES = Symbol('codes');

/** The error answers that a route declares: one for each status, listing its codes. */
export function problems(...codes: ErrorCode[]): Record<number, object> {
  const all = [...new Set([...codes, ...EVERYWHERE])];
  const statuses = new Set(all.map((code) => ERROR_CODES[code].status));
  return Object.fromEntries(
    [...statuses].map((status) => {
      const meant = all.filter((code) => ERROR_CODES[code].status === status);
      const description = meant.map((code) => `${ERROR_CODES[code].title}（${code}）`).join('；');
      return [status, { description, content: { [PROBLEM_JSON]: { schema: problemSchema } }, [CODES]: meant }];
    }),
  );
}

/**
 * Adds the errors that follow from a route's shape to those it declares. A status that is in both lists the codes of
 * both.
 */
export function withProblems(response: object, codes: ErrorCode[]): Record<number, object> {
  const declared = Object.values(response).flatMap((answer) => (answer as { [CODES]?: ErrorCode[] })[CODES] ?? []);
  const others = Object.entries(response).filter(([, answer]) => !(CODES in (answer as object)));
  return { ...problems(...codes, ...declared), ...Object.fromEntries(others) };
}

function toProblem(refusal: Refusal, instance: string): Problem {
  const { status, title } = ERROR_CODES[refusal.code];
  return {
    type: `/problems/${refusal.code}`,
    title,
    status,
    code: refusal.code,
    detail: refusal.message,
    remedy: refusal.remedy,
    article: refusal.article,
    errors: Array.isArray(refusal.details) ? (refusal.details as Problem['errors']) : undefined,
    instance,
  };
}

/** Fastify's own errors, in Chinese. */
const FASTIFY_ERRORS: Record<string, [ErrorCode, string, string]> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['input.unsupported-media-type', '不支持该内容类型', '请用 application/json 提交'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['input.invalid', '请求内容为空', '请提交 JSON 对象'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['input.invalid', '请求内容不是合法的 JSON', '请检查引号、逗号和括号'],
  FST_ERR_CTP_BODY_TOO_LARGE: ['input.too-large', '请求内容超过上限', '大批量数据请用文件导入接口'],
  FST_ERR_VALIDATION: ['input.invalid', '请求内容不符合要求', '请按接口文档更正后重新提交'],
};

/**
 * The closer code that a schema names instead of `input.invalid` (domain/registration/registration.ts), if nothing else
 * is wrong.
 */
function codeOf(issues: { params?: unknown }[]): ErrorCode {
  const codes = new Set(
    issues.map(({ params }) => (params as { params?: { code?: unknown } } | undefined)?.params?.code),
  );
  const [code] = codes.size === 1 ? codes : [];
  return typeof code === 'string' && isKeyOf(ERROR_CODES, code) ? code : 'input.invalid';
}

/** Turns an error into a refusal; unexpected errors become `internal`. */
export function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    const details = error.validation.map((v) => ({ path: v.instancePath, message: v.message ?? '不符合要求' }));
    const message = details.map((d) => (d.path === '/' ? d.message : `${d.path.slice(1)}：${d.message}`)).join('；');
    return new Refusal(codeOf(error.validation), message, { remedy: '请按接口文档更正后重新提交', details });
  }
  const { code, statusCode } = error as Partial<FastifyError>;
  const known = code ? FASTIFY_ERRORS[code] : undefined;
  if (known) return new Refusal(known[0], known[1], { remedy: known[2] });
  if (statusCode === 429) return new Refusal('rate.limited', '请求过于频繁', { remedy: '请稍后再试' });
  if (statusCode === 413) return new Refusal('input.too-large', '请求内容超过上限', { remedy: '请拆分后提交' });
  if (statusCode && statusCode >= 400 && statusCode < 500) {
    return new Refusal('input.invalid', '请求不符合要求', { remedy: '请按接口文档更正后重新提交' });
  }
  if (isUnavailable(error)) {
    return new Refusal('record.unavailable', '登记簿（数据库）暂时没有应答，请求可能尚未生效', {
      remedy: '请稍后重试；办理与提交请用同一幂等键（Idempotency-Key），不会重复办理',
    });
  }
  return new Refusal('internal', '系统内部错误，已记录', { remedy: '请稍后重试；仍有问题请将请求编号告知平台管理员' });
}

/** The answer to an error. Errors that we must mend are logged. */
export function answerOf(error: unknown, request: FastifyRequest): Problem {
  const problem = toProblem(asRefusal(error), request.id);
  if (problem.status >= 500) request.log.error({ err: error }, 'request failed');
  return problem;
}

export function answerProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const problem = answerOf(error, request);
  const isForLater = problem.status === 503 || problem.status === 429;
  if (isForLater && !reply.hasHeader('retry-after')) void reply.header('retry-after', '5');
  if (problem.status === 401) void reply.header('www-authenticate', 'Bearer');
  void reply.code(problem.status).type(PROBLEM_JSON).serializer(JSON.stringify).send(problem);
}

export default fp(async (app) => {
  app.setErrorHandler(answerProblem);
  app.setNotFoundHandler((request, reply) => {
    const refusal = new Refusal('resource.not-found', '没有这个接口', { remedy: '接口列表见 /docs' });
    return reply
      .code(404)
      .type(PROBLEM_JSON)
      .send(JSON.stringify(toProblem(refusal, request.id)));
  });
});
