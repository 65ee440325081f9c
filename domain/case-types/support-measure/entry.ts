/** 扶持信息: what a department enters of a measure for a small or micro enterprise (第十条). All of it is published. */
import { z } from 'zod';
import { choice, day, optional, text, usccField } from '../../fields.ts';
import { documentNumber, isNumber } from '../../publicity/document-no.ts';
import { publicText } from '../../publicity/public-text.ts';
import { ENTERPRISE_SIZES, SUPPORT_KINDS } from './words.ts';

const DOCUMENT_NO = /^[\p{L}\p{N}〔〕[\]()（）_./-]{1,80}$/u;

const MEASURE = {
  size: choice('企业划型', ENTERPRISE_SIZES),
  kind: choice('扶持方式', SUPPORT_KINDS),
  programme: publicText('扶持项目', 200),
  content: publicText('扶持内容', 2000),
  basis: publicText('扶持依据', 500),
  amount: optional(z.number('扶持金额应为数字（万元）').min(0, '扶持金额不得为负').max(1e8)).describe(
    '扶持金额（万元）',
  ),
  validFrom: day('扶持期自').describe('扶持期自'),
  validUntil: day('扶持期至').describe('扶持期至（含当日），期满后不再公示'),
};

export const supportMeasureEntrySchema = z
  .object({
    // The separator of case ids may not be in a key.
    documentNo: text('扶持文号', '请填写扶持文号')
      .overwrite(documentNumber)
      .refine(...isNumber('扶持文号'))
      .regex(DOCUMENT_NO, '扶持文号为1至80个文字、数字或〔〕()-_./')
      .describe('扶持文号：本部门内与企业一起确定一项扶持'),
    uscc: usccField(),
    ...MEASURE,
  })
  .refine(({ validFrom, validUntil }) => validFrom <= validUntil, {
    message: '扶持期的起始日期晚于截止日期，请更正',
    path: ['validUntil'],
  })
  .describe('小微企业扶持');

export type SupportMeasureEntry = z.output<typeof supportMeasureEntrySchema>;

/** What is kept with the case and published. */
export type SupportMeasure = Omit<SupportMeasureEntry, 'documentNo' | 'uscc'>;

/** The entry without what the case itself says. */
export const measureOf = ({ documentNo: _, uscc: __, ...measure }: SupportMeasureEntry): SupportMeasure => measure;
