/** 失信名单条目: an enterprise on a dishonesty list, from its entry to the day when every restriction is lifted (第九条). */
import { z } from 'zod';
import { bodies } from '../../case/bodies.ts';
import { choice, requiredText } from '../../fields.ts';
import { REMOVAL_GROUNDS } from './grounds.ts';

const appealDecision = () => z.object({ reason: requiredText('处理理由', 2000) }).describe('申诉处理');
const removal = () =>
  z
    .object({ ground: choice('移出事由', REMOVAL_GROUNDS), reason: requiredText('移出说明', 2000) })
    .describe('移出名单');

/** Found by the API, which knows the departments. Cases of earlier commits were told none. */
const lifting = () => ({ successors: z.record(z.string(), z.string()).optional().describe('已撤销部门的承接部门') });

/** The bodies that people send, where the workflow is told more. */
export const listingOrders = bodies({ upholdAppeal: appealDecision, remove: removal });

export const listingBodies = bodies({
  appeal: () => z.object({ reason: requiredText('申诉理由', 2000) }).describe('记录企业的申诉'),
  rejectAppeal: appealDecision,
  upholdAppeal: () => appealDecision().extend(lifting()),
  remove: () => removal().extend(lifting()),
});
