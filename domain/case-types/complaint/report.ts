/** 举报和投诉 as the public submits them: about which trader, what, and by whom. */
import { z } from 'zod';
import { keysOf } from '../../keys.ts';
import { publicText } from '../../publicity/public-text.ts';
import { COMPLAINT_CATEGORIES, MATTERS, type ComplaintCategory } from './rules.ts';
import { choice, optional, optionalText, regionCodeField, requiredText, usccField } from '../../fields.ts';
import { REPORTER } from '../public-report.ts';

type Offered = Exclude<ComplaintCategory, 'food-drug'>;

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Object.fromEntries forgets whose keys they are
const CATEGORY_TITLES = Object.fromEntries(
  keysOf(COMPLAINT_CATEGORIES)
    .filter((id) => !('former' in COMPLAINT_CATEGORIES[id]))
    .map((id) => [id, COMPLAINT_CATEGORIES[id].title]),
) as Record<Offered, string>;

/** What must be told of a trader without a credit code, so that the department of the place can find it. */
const TRADER = { traderName: '名称', traderPlace: '经营地点', regionCode: '所在区划' } as const;

export const complaintSchema = z
  .object({
    matter: choice('类型', MATTERS).default('report'),
    uscc: optional(usccField()),
    // The receipt shows whom the complaint is about, so these are checked as what is published.
    traderName: optional(publicText('名称', 200)).describe('名称：没有统一社会信用代码的，填字号、招牌或经营者的称呼'),
    traderPlace: optional(publicText('经营地点', 300)).describe(
      '经营地点：没有统一社会信用代码的，填到门牌或可以找到的位置',
    ),
    regionCode: optional(regionCodeField()).describe('所在区划的代码：没有统一社会信用代码的必填'),
    category: choice('举报类别', CATEGORY_TITLES),
    business: optional(optionalText('经营内容', 200)).describe('经营内容：做什么买卖，如农药零售；用于确定受理的部门'),
    content: requiredText('举报内容', 4000),
    ...REPORTER,
  })
  .superRefine((complaint, context) => {
    if (complaint.uscc !== undefined) return;
    for (const field of keysOf(TRADER)) {
      if (complaint[field] !== undefined) continue;
      context.addIssue({
        code: 'custom',
        path: [field],
        message: `没有统一社会信用代码的，请填写${TRADER[field]}`,
      });
    }
  })
  .describe('举报违法经营，或投诉消费纠纷');

export type Complaint = z.infer<typeof complaintSchema>;
