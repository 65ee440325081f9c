/** Files of a province's past, made row by row: enterprises, their records and the entries of lists. The same numbers give the same rows. */
import { readFileSync } from 'node:fs';
import { csvLine } from '../../api/http/csv.ts';
import { addDays } from '../../domain/clock/calendar.ts';
import type { FirstLoadKind } from '../../domain/first-load/kinds.ts';
import { withCheckDigit } from '../../domain/uscc.ts';
import { BRAND } from '../lists/province.ts';

const COUNTIES = (
  JSON.parse(readFileSync(new URL('../../data/divisions/430000.json', import.meta.url), 'utf8')) as {
    regions: { code: string; name: string; level: string }[];
  }
).regions.filter(({ level }) => level === 'county');

const TRADES = '商贸 科技 实业 农业发展 建设工程 餐饮管理 文化传媒 物流 建材 医药 教育咨询 电子商务'.split(' ');
const SCOPE =
  '许可项目：食品销售；餐饮服务（依法须经批准的项目，经相关部门批准后方可开展经营活动，具体经营项目以批准文件为准）。' +
  '一般项目：日用百货销售；五金产品零售；办公用品销售；建筑材料销售；企业管理咨询（除依法须经批准的项目外，凭营业执照依法自主开展经营活动）。';
const FIRST_DAY = '2002-01-01';
/** Days of the years up to the end of 2025. */
const DAYS = 8766;
const DIGITS = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** Scattered, but the same each time. */
const scattered = (index: number, salt: number) => ((index + 1) * 2_654_435_761 + salt * 40_503) % 4_294_967_296;
const pick = <T>(list: readonly T[], index: number, salt: number): T => list[scattered(index, salt) % list.length]!;
const dayOf = (index: number, salt: number) => addDays(FIRST_DAY, scattered(index, salt) % DAYS);

function enterpriseOf(index: number) {
  const county = pick(COUNTIES, index, 1);
  let serial = '';
  for (let rest = index, at = 0; at < 6; at++, rest = Math.floor(rest / 31)) serial += DIGITS[rest % 31];
  const brand = Array.from({ length: 4 }, (_, at) => BRAND[scattered(index, 10 + at) % BRAND.length]).join('');
  return {
    uscc: withCheckDigit(`91${county.code}MA4${serial}`),
    name: `${county.name}${brand}${pick(TRADES, index, 2)}有限公司`,
    region: county,
  };
}

const ROWS: Record<FirstLoadKind, { header: string[]; row: (index: number) => string[] }> = {
  enterprises: {
    header: '登记编号 统一社会信用代码 名称 行政区划代码 经营范围 登记日期 登记状态 住所 注册资本'.split(' '),
    row(index) {
      const { uscc, name, region } = enterpriseOf(index);
      const state = index % 10 === 0 ? '注销' : index % 25 === 1 ? '吊销' : '存续';
      const day = dayOf(index, 3);
      return [
        `PAST-${index}`,
        uscc,
        name,
        region.code,
        SCOPE,
        day,
        state,
        `${region.name}人民路${index % 900}号`,
        '100万元人民币',
      ];
    },
  },
  records: {
    header:
      '行政相对人名称 统一社会信用代码 行政许可决定书文号 许可内容 许可决定日期 有效期自 有效期至 许可机关 部门代码 公示日期'.split(
        ' ',
      ),
    row(index) {
      const { uscc, name, region } = enterpriseOf(index);
      const day = dayOf(index, 4);
      const authority = `${region.name}农业农村局`;
      const until = addDays(day, 1826);
      return [
        name,
        uscc,
        `农许〔${day.slice(0, 4)}〕${index}号`,
        '农药经营许可：限制使用农药除外',
        day,
        day,
        until,
        authority,
        `${region.code}-agriculture`,
        addDays(day, 5),
      ];
    },
  },
  listings: {
    header: '名单 文号 统一社会信用代码 名称 行政区划代码 列入机关 列入事由 列入日期 移出日期 移出事由'.split(' '),
    row(index) {
      const { uscc, name, region } = enterpriseOf(index);
      const day = dayOf(index, 5);
      const removed = index % 3 === 0 ? '' : addDays(day, 200);
      const organ = `${region.name}市场监督管理局`;
      const ground = '未按规定期限公示年度报告';
      return [
        '经营异常名录',
        `异〔${day.slice(0, 4)}〕${index}号`,
        uscc,
        name,
        region.code,
        organ,
        ground,
        day,
        removed,
        removed && '义务已履行',
      ];
    },
  },
};

/** The file as CSV, some thousand rows a piece. */
export function* pastFile(kind: FirstLoadKind, rows: number): Generator<string> {
  const { header, row } = ROWS[kind];
  let piece = `${csvLine(header)}\n`;
  for (let index = 0; index < rows; index++) {
    piece += `${csvLine(row(index))}\n`;
    if (index % 2000 !== 1999) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}
