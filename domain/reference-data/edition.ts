/** What is said of an edition beside its rows. */
import { z } from 'zod';
import { plainText, text } from '../fields.ts';

const said = (field: string) =>
  text(field)
    .min(1, `请填写${field}`)
    .max(1000, `${field}不得超过1000字`)
    .optional()
    .describe(`${field}；缺省为现行版本的`);

export const editionFields = {
  version: plainText('版本号')
    .regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,39}$/u, '版本号为1至40个文字、数字或 . _ -，以文字或数字开头')
    .optional()
    .describe('版本号：目录类必填；事项目录为“年份.版次”，如2026.1'),
  title: said('目录名称'),
  source: said('来源'),
  standing: said('性质'),
};

const editionSchema = z.object(editionFields);

export type Edition = Omit<z.output<typeof editionSchema>, 'version'> & { version: string };
