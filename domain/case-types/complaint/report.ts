/** 举报 as the public submits it: about which enterprise, what, and by whom. */
import { z } from 'zod';
import { COMPLAINT_CATEGORIES, type ComplaintCategory } from './rules.ts';
import { choice, requiredText, usccField } from '../../fields.ts';
import { REPORTER } from '../public-report.ts';

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Object.fromEntries forgets whose keys they are
const CATEGORY_TITLES = Object.fromEntries(
  Object.entries(COMPLAINT_CATEGORIES).map(([id, { title }]) => [id, title]),
) as Record<ComplaintCategory, string>;

export const complaintSchema = z
  .object({
    uscc: usccField(),
    category: choice('举报类别', CATEGORY_TITLES),
    content: requiredText('举报内容', 4000),
    ...REPORTER,
  })
  .describe('举报企业违法经营');

export type Complaint = z.infer<typeof complaintSchema>;
