/**
 * Rule set of the lists (第九条): the closed grounds of each. The measures of 2016 name none; each row names its source and the
 * days on which it holds. A row is never rewritten.
 */
import type { LegalDate } from '../clock/calendar.ts';
import { keysOf } from '../keys.ts';
import { DISHONESTY_LISTS, type DishonestyList } from '../publicity/dishonesty-lists.ts';

interface GroundRules {
  source: string;
  /** The first day on which it holds. */
  from: LegalDate;
  /** The first day on which it holds no more. */
  until?: LegalDate;
  /** Code, words, article. */
  grounds: Readonly<Record<string, readonly [title: string, article: string]>>;
}

/** 列入事由, closed for each list. A code has one meaning over all lists. */
export const GROUND_RULES: Readonly<Record<DishonestyList, readonly GroundRules[]>> = {
  'court-debtor': [
    {
      source: '最高人民法院关于公布失信被执行人名单信息的若干规定（法释〔2013〕17号，法释〔2017〕7号修正）',
      from: '2013-10-01',
      grounds: {
        'refusing-though-able': ['有履行能力而拒不履行生效法律文书确定义务', '第一条第一项'],
        'obstructing-enforcement': ['以伪造证据、暴力、威胁等方法妨碍、抗拒执行', '第一条第二项'],
        'evading-enforcement': ['以虚假诉讼、虚假仲裁或者以隐匿、转移财产等方法规避执行', '第一条第三项'],
        'property-report': ['违反财产报告制度', '第一条第四项'],
        'consumption-limit': ['违反限制消费令', '第一条第五项'],
        'settlement-refused': ['无正当理由拒不履行执行和解协议', '第一条第六项'],
      },
    },
  ],
  'abnormal-operation': [
    {
      source: '企业经营异常名录管理暂行办法（国家工商行政管理总局令第68号）',
      from: '2014-10-01',
      grounds: {
        'annual-report': ['未按规定期限公示年度报告', '第四条第一项'],
        'ordered-publicity': ['未按责令的期限公示有关企业信息', '第四条第二项'],
        'false-publicity': ['公示企业信息隐瞒真实情况、弄虚作假', '第四条第三项'],
        unreachable: ['通过登记的住所或者经营场所无法联系', '第四条第四项'],
      },
    },
  ],
  'serious-dishonest': [
    {
      source: '严重违法失信企业名单管理暂行办法（国家工商行政管理总局令第83号）',
      from: '2016-04-01',
      until: '2021-09-01',
      grounds: {
        'abnormal-three-years': ['被列入经营异常名录届满3年仍未履行相关义务', '第五条'],
        'other-serious-2016': ['暂行办法规定的其他严重违法情形', '第五条'],
      },
    },
    {
      source: '市场监督管理严重违法失信名单管理办法（国家市场监督管理总局令第44号）',
      from: '2021-09-01',
      grounds: {
        'food-safety': ['食品安全领域的严重违法行为', '第五条'],
        'drug-safety': ['药品、医疗器械、化妆品领域的严重违法行为', '第六条'],
        'quality-safety': ['质量安全领域的严重违法行为', '第七条'],
        'consumer-rights': ['侵害消费者权益的严重违法行为', '第八条'],
        'fair-competition': ['破坏公平竞争秩序和扰乱市场秩序的严重违法行为', '第九条'],
        'order-of-supervision': ['未依法取得许可、提交虚假材料、拒绝监督检查等严重违法行为', '第十条'],
      },
    },
  ],
};

interface Ground {
  list: DishonestyList;
  title: string;
  article: string;
  source: string;
  from: LegalDate;
  until: LegalDate | undefined;
}

const GROUNDS: ReadonlyMap<string, Ground> = new Map(
  keysOf(GROUND_RULES).flatMap((list) =>
    GROUND_RULES[list].flatMap(({ source, from, until, grounds }) =>
      Object.entries(grounds).map(([code, [title, article]]): [string, Ground] => [
        code,
        { list, title, article, source, from, until },
      ]),
    ),
  ),
);

/** The words of every ground, by its code. */
export const LISTING_GROUNDS: Readonly<Record<string, string>> = Object.fromEntries(
  [...GROUNDS].map(([code, { title }]) => [code, title]),
);

/** What is wrong with a ground of this list on this day; undefined where it fits. */
export function groundFault(code: string, list: DishonestyList, listedOn: LegalDate): string | undefined {
  const ground = GROUNDS.get(code);
  const fitting = [...GROUNDS.values()].filter((one) => one.list === list && holdsOn(one, listedOn));
  if (ground && fitting.includes(ground)) return undefined;
  const allowed = fitting.map(({ title }) => title).join('、') || '无';
  if (ground?.list === list) return `列入事由“${ground.title}”的规定于${listedOn}不施行，当日的事由为：${allowed}`;
  return `列入事由应为${DISHONESTY_LISTS[list]}的法定事由：${allowed}`;
}

/** The ground whose words a text is, as courts send them. @returns undefined where it is none of this list's. */
export const groundIn = (text: string, list: DishonestyList, listedOn: LegalDate): string | undefined =>
  [...GROUNDS].find(([, one]) => one.list === list && holdsOn(one, listedOn) && bare(text) === one.title)?.[0];

/** Courts end the words of a ground with 的. */
const bare = (text: string): string => text.trim().replace(/的?[。；;]?$/, '');

const holdsOn = ({ from, until }: Pick<Ground, 'from' | 'until'>, day: LegalDate): boolean =>
  from <= day && (until === undefined || day < until);
