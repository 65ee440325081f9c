/**
 * What each event of a registration means for the departments that are told (第七条第一、二款): who they are, what the event
 * changes for them, and what they have to do. Notices, the case's page and docs/rules.md read this table.
 */
import { foldedCode } from '../folding.ts';
import { keysOf } from '../keys.ts';
import { REGISTRATION_EVENTS, type EnterpriseStanding, type RegistrationEvent } from './words.ts';

interface EventRow {
  /**
   * Whose items the event changes, and how. Told are always the departments that its scope names and, except at an
   * establishment, those that were told of the enterprise before.
   * - `scope`: the new scope says which items each has.
   * - `ends`: nobody has items any more.
   * - `leaves`: the departments of the place that the enterprise leaves have none any more.
   * - `keeps`: everyone keeps the items that he was told of.
   */
  items: 'scope' | 'ends' | 'leaves' | 'keeps';
  /** What the enterprise is afterwards; absent where that does not change. */
  standing?: EnterpriseStanding;
  /** What the department has to do, as the notice says it. */
  task: string;
  /** Other words that registers write for the event. */
  words: readonly string[];
}

export const EVENTS: Readonly<Record<RegistrationEvent, EventRow>> = {
  establish: {
    items: 'scope',
    standing: 'active',
    task: '认领，履行审批和监管职责',
    words: ['开业', '新设', '新办', '新增', '成立'],
  },
  change: {
    items: 'scope',
    task: '核对变更前后的内容和本部门的许可，需要变更许可的，督促办理',
    words: ['变更备案', '变更及备案', '变更(备案)', '撤销变更'],
  },
  // 条例第三十一条：经登记机关注销登记，市场主体终止。
  cancel: {
    items: 'ends',
    standing: 'cancelled',
    task: '依法办理许可的注销',
    words: ['简易注销', '普通注销', '一般注销', '强制注销', '代位注销', '吊销后注销'],
  },
  // The enterprise stands until it is cancelled, so its open cases go on.
  revoke: {
    items: 'ends',
    standing: 'revoked',
    task: '该市场主体不得再从事经营活动，主体资格存续至注销；依法处理本部门的许可，继续监管',
    words: ['吊销执照', '吊销营业执照', '吊销未注销'],
  },
  // 条例第四十二条：撤销的决定可以被撤销并恢复原登记状态, so its open cases go on, too.
  annul: {
    items: 'ends',
    standing: 'annulled',
    task: '核实依该登记取得的许可，依法处理；撤销决定被撤销的，恢复原登记状态',
    words: ['撤销', '撤销设立', '撤销设立登记', '撤销市场主体登记'],
  },
  dormant: {
    items: 'keeps',
    standing: 'dormant',
    task: '调整日常监管；歇业期间开展经营活动的，视为恢复营业',
    words: ['歇业备案', '延长歇业', '歇业延期'],
  },
  resume: {
    items: 'keeps',
    standing: 'active',
    task: '恢复日常监管，核对本部门的许可是否仍然有效',
    words: ['恢复经营', '终止歇业', '歇业终止', '歇业结束', '歇业期满', '歇业恢复', '恢复登记'],
  },
  moveIn: {
    items: 'scope',
    standing: 'active',
    task: '接续监管，核对许可及其载明的地址',
    words: ['迁移(迁入)', '迁移迁入', '迁入变更'],
  },
  moveOut: {
    items: 'leaves',
    standing: 'movedOut',
    task: '由迁入地部门接续监管，办结在办事项',
    words: ['迁移(迁出)', '迁移迁出', '迁出变更'],
  },
  filing: {
    items: 'keeps',
    task: '知悉备案的内容，更新监管信息',
    words: ['章程备案', '人员备案', '联络员备案'],
  },
};

/** Every event of these tells anew what the enterprise is. */
export const STANDING_EVENTS = keysOf(REGISTRATION_EVENTS).filter((event) => EVENTS[event].standing);

const BY_WORD: ReadonlyMap<string, RegistrationEvent> = new Map(
  keysOf(REGISTRATION_EVENTS).flatMap((event) =>
    [event, REGISTRATION_EVENTS[event], ...EVENTS[event].words].map((word) => [foldedCode(word), event] as const),
  ),
);

/** @returns the event that a register's word names: 设立登记 is 设立. Other words are returned as they are. */
export function eventOfWord(word: string): string {
  const key = foldedCode(word);
  return BY_WORD.get(key) ?? BY_WORD.get(key.replace(/登记$/, '')) ?? word.trim();
}
