/** 小微企业扶持 (第十条): a measure is approved by a second person, and may end before its term. */
import { z } from 'zod';
import { bodies } from '../../case/bodies.ts';
import { requiredText } from '../../fields.ts';

export const supportMeasureBodies = bodies({
  approve: () => z.object({ opinion: requiredText('审批意见', 2000) }).describe('同意公示'),
  refuse: () => z.object({ reason: requiredText('不予公示的理由', 2000) }).describe('不予公示'),
  end: () => z.object({ reason: requiredText('提前终止的理由', 2000) }).describe('提前终止扶持'),
});
