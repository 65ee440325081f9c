/**
 * Composes a realistic register: few of an enterprise's trades need approval. A seeded generator uses the official
 * wording of the shipped catalogue and trades that it does not name, so what each registration contains is known.
 */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Catalogue } from '../domain/scope/matching.ts';
import { withCheckDigit } from '../domain/uscc.ts';
import { generator, GENERAL_END, LICENSED_END, partsOf, PLAIN, type Labelled, type Part } from './compositions.ts';

export interface LabelledRegistration extends Labelled {
  registrationNo: string;
  uscc: string;
  name: string;
  regionCode: string;
}

const GOODS = (
  '箱包 服装 鞋帽 家具 五金产品 建筑材料 电子产品 办公用品 日用百货 工艺美术品 体育用品 塑料制品 橡胶制品 竹木制品 仪器仪表 电线电缆 ' +
  '照明器具 卫生洁具 皮革制品 针纺织品 金属制品 摩托车 自行车 钟表 眼镜 玩具 乐器 花卉 卫浴用品 门窗'
).split(' ');
const VERBS = '销售 批发 零售 制造'.split(' ');
const WORDS = '湘江 岳麓 洞庭 衡岳 沅水 星城 芙蓉 雪峰 桃源 武陵'.split(' ');
const TRADES = '商贸 科技 实业 农业发展 建设工程 餐饮管理'.split(' ');
const CODE_CHARACTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY'.split('');
const divisions = z.object({ regions: z.array(z.object({ code: z.string(), name: z.string(), level: z.string() })) });

/** Trades that need no approval: those in which the catalogue names nothing. */
export function plainTrades(catalogue: Catalogue): string[] {
  const trades = [...PLAIN, ...GOODS.flatMap((goods) => VERBS.map((verb) => goods + verb))];
  const phrases = partsOf(catalogue, false).map(({ text }) => text);
  return trades.filter((trade) => !phrases.some((phrase) => trade.includes(phrase)));
}

/** @returns registrations of the counties of Hunan with valid codes. `expectedItems` are the items put in, sorted. */
export function composeRegister(catalogue: Catalogue, seed: number, count: number): LabelledRegistration[] {
  const { below, pick, several } = generator(seed);
  const { regions } = divisions.parse(
    JSON.parse(readFileSync(new URL('../data/divisions/430000.json', import.meta.url), 'utf8')),
  );
  const counties = regions.filter(({ level }) => level === 'county');
  const approved = partsOf(catalogue, true).filter(({ items }) => items.length > 0);
  const plain: Part[] = plainTrades(catalogue).map((text) => ({ text, items: [] }));
  const negated = (): Part => {
    const said = pick([`不含${pick(approved).text}`, `${pick(approved).text}除外`, `不得从事${pick(approved).text}`]);
    return { text: `${pick(plain).text}（${said}）`, items: [] };
  };
  return Array.from({ length: count }, (_, index) => {
    const granted = several(0, 2, () => pick(approved));
    const others = several(3, 8, () => (below(8) === 0 ? negated() : pick(plain)));
    const { code, name } = pick(counties);
    const first17 = `91${code}MA4${several(6, 6, () => pick(CODE_CHARACTERS)).join('')}`;
    return {
      registrationNo: `LAB${seed}-${String(index).padStart(5, '0')}`,
      uscc: withCheckDigit(first17),
      name: `${name}${pick(WORDS)}${pick(TRADES)}有限公司`,
      regionCode: code,
      scope: written(granted, others, below(4)),
      expectedItems: [...new Set(granted.flatMap(({ items }) => items))].sort(),
    };
  });
}

/** Three times out of four in the form used since 2019, otherwise as one list. */
function written(granted: readonly Part[], others: readonly Part[], style: number): string {
  const list = (parts: readonly Part[], separator: string) => parts.map(({ text }) => text).join(separator);
  if (style === 0) return `${list([...others, ...granted], '；')}。${LICENSED_END}`;
  const first = granted.length > 0 ? `许可项目：${list(granted, '；')}${LICENSED_END}。` : '';
  return `${first}一般项目：${list(others, '；')}${GENERAL_END}。`;
}
