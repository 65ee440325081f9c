/** The fields that every report by the public has: who reports (voluntary) and the written materials. */
import { z } from 'zod';
import { optional, text } from '../fields.ts';

const maybe = (field: string, max: number) =>
  optional(text(field).max(max, `${field}不得超过${max}字`)).describe(field);

export const REPORTER = {
  reporterName: maybe('姓名或名称', 100),
  contact: maybe('联系方式', 200),
  attachments: z
    .array(z.object({ id: z.uuid('附件编号有误'), claimToken: z.string().max(100) }))
    .max(10, '附件不得超过10个')
    .default([])
    .describe('书面材料：上传时得到的编号和凭证'),
};
