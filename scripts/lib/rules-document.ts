/** docs/rules.md as the tables have it. */
import type { CaseType } from '../../domain/case/id.ts';
import { ERROR_CODES } from '../../domain/errors.ts';
import { LIMITS, RUNGS, type Limit, type LimitKind, type Rung } from '../../domain/clock/limits.ts';
import { COMPLAINT_RULE_SETS } from '../../domain/rule-sets/complaint-terms.ts';
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
import { table } from './markdown-table.ts';
import { FITTING, RECORD_EVENTS } from '../../domain/publicity/record-events.ts';
import { RECORD_KINDS } from '../../domain/publicity/record-fields.ts';
import { DISHONESTY_INFORMATION, MARKET_PENALTIES, SEVERITIES } from '../../domain/rule-sets/penalty-publicity.ts';
import { DISHONESTY_LISTS } from '../../domain/publicity/dishonesty-lists.ts';
import { GROUND_RULES } from '../../domain/rule-sets/listing-rules.ts';
import { COURT_OBJECTIONS } from '../../domain/rule-sets/list-objections.ts';
import { keysOf } from '../../domain/keys.ts';

const LADDER_ARTICLE = '第十七条（督查督办）';
const KINDS: Record<LimitKind, string> = { statutory: '法定', norm: '服务标准' };
const PERFORMERS: Record<Transition['performer'], string> = {
  holder: '承办部门',
  region: '辖区内的机关',
  sameLevel: '同级机关',
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

function limits(): string {
  return table(
    ['事项', '期限', '性质', '提醒与督办', '依据', '标识'],
    Object.entries<Limit>(LIMITS).map(([id, { title, workingDays, kind, ladder, article, ruleSet }]) => [
      title,
      `${workingDays}个工作日`,
      ruleSet
        ? `规则集（${COMPLAINT_RULE_SETS[ruleSet].document}，${COMPLAINT_RULE_SETS[ruleSet].from}起施行）`
        : KINDS[kind],
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

const OUTCOMES = { shown: '变动后的内容', explained: '撤回原决定信息，公示理由', hidden: '不再公示' };

function recordEvents(): string {
  return table(
    ['信息', '变动', '公示', '依据', '标识'],
    keysOf(FITTING).flatMap((kind) =>
      keysOf(RECORD_EVENTS).flatMap((event) => {
        const fit = FITTING[kind][event];
        return fit ? [[RECORD_KINDS[kind], RECORD_EVENTS[event], OUTCOMES[fit.outcome], fit.article, code(event)]] : [];
      }),
    ),
  );
}

/** Later rules than the measures, each with its source and the day from which it holds. */
function ruleSets(): string {
  const months = (n: number) => `${n}个月`;
  const market = MARKET_PENALTIES.flatMap(({ source, from, bareWarning, lenient, other, restricted, lowFine }) => {
    const low = `较低数额罚款：${lowFine.organisation}万元以下，个体工商户${lowFine.individual}万元以下（待省确认）`;
    return [
      ['市场监督管理部门仅给予警告', '不予公示', `${source}${bareWarning}`, from],
      [`市场监督管理部门仅给予通报批评或${low}`, months(lenient.months), `${source}${lenient.article}`, from],
      ['市场监督管理部门的其他行政处罚', months(other.months), `${source}${other.article}`, from],
      ['限制开展生产经营活动、限制从业更久的', '至限制期满', `${source}${restricted}`, from],
    ];
  });
  const severities = DISHONESTY_INFORMATION.flatMap(({ source, from, article, terms }) =>
    keysOf(terms).map((severity) => {
      const { least, most } = terms[severity];
      const term = least > 0 ? `最长${months(most)}，最短${months(least)}（此前不能修复）` : `最长${months(most)}`;
      return [`填报为“${SEVERITIES[severity]}”的行政处罚`, term, `${source}${article}`, from];
    }),
  );
  return table(['行政处罚', '公示期限', '依据', '施行'], [...severities, ...market]);
}

/** 失信名单: the closed grounds of each list, and how a court judges an objection. */
function listRules(): string {
  const grounds = keysOf(GROUND_RULES).flatMap((one) =>
    GROUND_RULES[one].flatMap(({ source, from, until, grounds: closed }) =>
      Object.values(closed).map(([title, article]) => [
        DISHONESTY_LISTS[one],
        title,
        `${source}${article}`,
        until ? `${from}，至${until}废止` : from,
      ]),
    ),
  );
  const objections = COURT_OBJECTIONS.map(({ source, document, article, from, reviewDays, correctionWorkingDays }) => [
    DISHONESTY_LISTS['court-debtor'],
    `申请纠正：法院自收到书面申请之日起${reviewDays}日内审查，理由成立的${correctionWorkingDays}个工作日内纠正；平台不对法院计时`,
    `${source}（${document}）${article}`,
    from,
  ]);
  return table(['名单', '列入事由、异议', '依据', '施行'], [...grounds, ...objections]);
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
    '起算事件次日起算，跳过休息日，调休上班计入，届满日24:00（UTC+8）届满。“法定”是办法本身规定的数字；“服务标准”是办法只规定“及时”时采用的标准，不是法定期限。“规则集”是2016年之后的规定，注明文号和施行日期，不是办法规定的期限。',
    limits(),
    '## 提醒与督办的节点',
    rungs(),
    '## 环节与操作',
    '“承办部门”只限承办该事项的部门；“辖区内的机关”“辖区内的部门”指行政区划包含该事项所在地的机关或部门；“同级机关”只限该事项所在区划本级的机关。',
    ...cases,
    '## 信息的变动',
    '已公示的信息另有决定的，由归集的部门归集其变动，各为一件信息归集公示，期限自变动决定之日起算；变动不是错误，信息有误的另行更正。',
    recordEvents(),
    '## 规则集：行政处罚的公示期限',
    '办法之后的规定，各有出处和施行之日，不是办法规定的期限。公示期限自首次公示次日起算；填报的公示截止期更早的，至该日。填报了失信严重程度的，按严重程度；没有填报的，市场监督管理部门的行政处罚按其规定。“待省确认”是本系统暂定的数字。',
    ruleSets(),
    '## 规则集：失信名单',
    '办法之后的规定和另有出处的规定。列入事由按名单为封闭清单；来源的文字不在清单中的，类别留空，文字照录。',
    listRules(),
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
