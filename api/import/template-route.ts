/** `GET …/template`: the template of an import. */
import type { preParsingAsyncHookHandler } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { keysOf } from '../../domain/keys.ts';
import type { App } from '../context.ts';
import { sendTable, tableAnswer, tableQuery } from '../http/table-file.ts';
import { problems } from '../plugins/problems.ts';
import { templateRows, type Template } from './template.ts';

interface TemplateRoute {
  /** Of the import. */
  path: string;
  tag: string;
  operationId: string;
  preParsing: preParsingAsyncHookHandler;
  /** By kind of row; most imports have one. */
  templates: Readonly<Record<string, Template>>;
}

export function registerTemplate(app: App, { path, tag, operationId, preParsing, templates }: TemplateRoute): void {
  const kinds = keysOf(templates);
  const titles = kinds.map((kind) => `${kind}：${templates[kind]!.title}`).join('，');
  app.withTypeProvider<ZodTypeProvider>().get(
    `${path}/template`,
    {
      preParsing,
      schema: {
        tags: [tag],
        operationId: `${operationId}Template`,
        summary: '导入模板（CSV、XLSX）：列名、填写说明和两行示例；说明和示例不会导入',
        querystring: z.object({ kind: z.enum(kinds).default(kinds[0]!).describe(titles), ...tableQuery }),
        response: { 200: tableAnswer, ...problems('input.invalid', 'auth.required', 'access.denied') },
      },
    },
    async (request, reply) => {
      const { kind, format } = request.query;
      const template = templates[kind]!;
      const rows = templateRows(kind, template);
      return sendTable(reply, format, { ascii: `template-${kind}`, name: `${template.title}导入模板`, rows });
    },
  );
}
