/** docs/rules.md as the tables have it. */
import type { CaseType } from '../../domain/case/id.ts';
import { ERROR_CODES } from '../../domain/errors.ts';
import { LIMITS, RUNGS, type Limit, type LimitKind, type Rung } from '../../domain/clock/limits.ts';
import { keysOf } from '../../domain/keys.ts';
import { EVENTS } from '../../domain/registration/events.ts';
import { ENTERPRISE_STANDINGS, REGISTRATION_EVENTS, type RegistrationEvent } from '../../domain/registration/words.ts';
import { registrationRuleOn } from '../../domain/rule-sets/registration-events.ts';
import { ROLES } from '../../domain/organs/roles.ts';
import {
  CASE_TYPES,
  isFinal,
  STAGES,
  TRANSITIONS,
  type Transition,
  REQUIREMENTS,
} from '../../domain/case-types/case-types.ts';
const LADDER_ARTICLE = '第十七条（督查督办）';
const KINDS: Record<LimitKind, string> = { statutory: '法定', norm: '服务标准' };
const PERFORMERS: Record<Transition['performer'], string> = {
  holder: '承办部门',
  region: '辖区内的机关',
  regionDepartment: '辖区内的部门',
  system: '系统',
};
const EFFECTS: Record<(typeof RUNGS)[Rung]['effect'], string> = {
  remind: '提醒承办单位',
  breach: '逾期入档，督查人员知悉；补办照常受理，逾期记录不消除',
  supervise: '自动开立督查督办事项',
};

const isCaseType = (id: string): id is CaseType => id in CASE_TYPES;
const code = (text: string) => `\`${text}\``;
const list = (items: readonly string[]) => items.join('、') || '—';

/** Chinese characters and their punctuation are two columns wide. */
const widthOf = (text: string) => text.length + (text.match(/[\u2E80-\uFFEF]/g)?.length ?? 0);

/** Aligned as oxfmt would align it, so that formatting leaves the file as it is. */
function table(head: string[], rows: string[][]): string {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((cells) => widthOf(cells[column] ?? ''))));
  const pad = (text: string, column: number) => text + ' '.repeat((widths[column] ?? 0) - widthOf(text));
  const line = (cells: string[]) => `| ${cells.map(pad).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

function limits(): string {
  return table(
    ['事项', '期限', '性质', '提醒与督办', '依据', '标识'],
    Object.entries<Limit>(LIMITS).map(([id, { title, workingDays, kind, ladder, article }]) => [
      title,
      `${workingDays}个工作日`,
      KINDS[kind],
      list(ladder.map(code)),
      article,
      code(id),
    ]),
  );
}

function rungs(): string {
  return table(
    ['节点', '相对届满日', '名称', '效果', '依据'],
    Object.entries(RUNGS).map(([id, { offset, title, effect }]) => [
      code(id),
      offset === 0 ? '届满日终了' : `${offset > 0 ? '后' : '前'}${Math.abs(offset)}个工作日`,
      title,
      EFFECTS[effect],
      LADDER_ARTICLE,
    ]),
  );
}

function stages(caseType: CaseType): string {
  const names = Object.entries(STAGES[caseType]);
  return names
    .map(([stage, name]) => `${name}（${code(stage)}${isFinal(caseType, stage) ? '，办结' : ''}）`)
    .join('、');
}

function transitions(caseType: CaseType): string {
  const stage = (id: string | null) => (id === null ? '不变' : (STAGES[caseType][id] ?? id));
  return table(
    ['操作', '由', '可办环节', '条件', '办后环节', '了结的期限', '依据', '标识'],
    Object.entries<Transition>(TRANSITIONS[caseType]).map(([id, row]) => [
      row.title,
      row.performer === 'system'
        ? PERFORMERS.system
        : `${PERFORMERS[row.performer]}：${list(row.roles.map((role) => ROLES[role]))}`,
      list(row.from.map(stage)),
      list((row.requires ?? []).map((requirement) => REQUIREMENTS[requirement].title)),
      stage(row.to),
      list(row.settles.map((limitId) => LIMITS[limitId].title)),
      row.article,
      code(id),
    ]),
  );
}

function roles(): string {
  const deeds = Object.values(TRANSITIONS).flatMap((rows) => Object.values<Transition>(rows));
  return table(
    ['角色', '标识', '办理', '依据'],
    Object.entries(ROLES).map(([role, name]) => {
      const own = deeds.filter((row) => row.roles.some((named) => named === role));
      const articles = own.length > 0 ? own.map(({ article }) => article) : ['第四条'];
      return [name, code(role), list(unique(own.map(({ title }) => title))), list(unique(articles))];
    }),
  );
}

const unique = (items: string[]) => [...new Set(items)];

function errors(): string {
  return table(
    ['代码', 'HTTP', '含义'],
    Object.entries(ERROR_CODES).map(([id, { status, title }]) => [code(id), String(status), title]),
  );
}

const TOLD: Record<(typeof EVENTS)[RegistrationEvent]['items'], string> = {
  scope: '经营范围涉及的和此前告知过的部门；审批事项以新的经营范围为准（设立只告知经营范围涉及的）',
  ends: '此前告知过的部门；其审批事项随之终止',
  leaves: '迁出地此前告知过的部门；其审批事项随之终止',
  keeps: '此前告知过的部门；审批事项不变',
};

function registrationEvents(): string {
  return table(
    [
      '登记事项',
      '惯用写法',
      '告知的部门和审批事项',
      '部门应办',
      '此后的状态',
      '登记的依据（后来的规定）',
      '告知的依据',
      '标识',
    ],
    keysOf(REGISTRATION_EVENTS).map((event) => {
      const { words, items, task, standing } = EVENTS[event];
      const rule = registrationRuleOn(event, LATEST_DAY);
      return [
        REGISTRATION_EVENTS[event],
        list(words),
        TOLD[items],
        task,
        standing ? ENTERPRISE_STANDINGS[standing] : '不变',
        rule ? `${rule.source}${rule.article}，${rule.from}起` : '—',
        '第七条第一款、第二款',
        code(event),
      ];
    }),
  );
}

/** A day on which every later rule holds. */
const LATEST_DAY = '9999-12-31';

export function rulesDocument(): string {
  const cases = Object.keys(CASE_TYPES)
    .filter(isCaseType)
    .flatMap((caseType) => [`### ${CASE_TYPES[caseType]}`, `环节：${stages(caseType)}。`, transitions(caseType)]);
  const parts = [
    '# 办理规则',
    '本页由 `npm run rules` 从 `domain/` 中的规则表生成，请勿手工修改。条款号均指湘商改〔2016〕7号所附《国家企业信用信息公示系统（部门协同监管平台—湖南）管理和运用试行办法》。',
    '## 期限',
    '起算事件次日起算，跳过休息日，调休上班计入，届满日24:00（UTC+8）届满。“法定”是办法本身规定的数字；“服务标准”是办法只规定“及时”时采用的标准，不是法定期限。',
    limits(),
    '## 提醒与督办的节点',
    rungs(),
    '## 环节与操作',
    '“承办部门”只限承办该事项的部门；“辖区内的机关”“辖区内的部门”指行政区划包含该事项所在地的机关或部门。',
    ...cases,
    '## 登记事项',
    '登记机关移交的登记信息按登记事项告知部门。注销的，市场主体终止，此前未办结的事项随之终止；吊销、撤销登记的，主体资格或原登记可能存续、恢复，未办结的事项继续办理。',
    registrationEvents(),
    '## 角色',
    roles(),
    '## 不予办理的代码',
    '每次不予办理都说明原因和办法；依法决定的，另附条款。',
    errors(),
  ];
  return `${parts.join('\n\n')}\n`;
}
