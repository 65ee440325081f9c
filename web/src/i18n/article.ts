/** Cites 第七条第三款 as English lawyers do: art. 7(3). */
const DIGITS = '零一二三四五六七八九';

/** Laws other than the measures. */
const LAWS: Record<string, string> = {
  '国办发〔2025〕22号': 'State Council Office (2025) No. 22',
  行政处罚法: 'Administrative Penalty Law, ',
  行政许可法: 'Administrative Licensing Law, ',
  行政复议法: 'Administrative Reconsideration Law, ',
  市场监督管理投诉举报处理暂行办法: 'Interim Measures on Market Regulation Complaints, ',
};

/** Which words of an article a service norm rests on. */
const WORDS: Record<string, string> = {
  数据内部审核和管理制度: 'rules for reviewing and managing data',
  建立扶持小微企业信息互联互通机制: 'connect information on support for small and micro enterprises',
  '办理登记注册后……推送': 'push after registering',
  及时查询认领: 'query and claim promptly',
  及时反馈: 'feed back promptly',
  不执行惩戒措施: 'sanctions not executed',
  '及时回退、再次推送': 'return and push again promptly',
  查询认领: 'query and claim',
  及时核实: 'verify promptly',
  及时反馈许可审批和监管信息: 'feed back promptly on licensing and supervision',
  书面报请: 'apply in writing',
  予以更正: 'correct',
  给予通报批评: 'criticise in a circular',
  由同级人民政府给予通报批评: 'criticised by the government of the same level',
  及时收集社会反映的问题: 'collect what the public reports promptly',
  督查督办: 'supervision',
  '及时……获取': 'fetch promptly',
  '按照……规定要求': 'as the rules require',
  结合本部门职能予以限制: "restrict within the department's functions",
  '真实性、准确性、及时性、完整性负责': 'answerable for truth, accuracy, promptness, completeness',
};

function numberOf(numeral: string): number {
  const [tens, ones] = numeral.includes('十') ? numeral.split('十') : [null, numeral];
  const digit = (text: string | undefined, missing: number) => (text ? DIGITS.indexOf(text) : missing);
  return tens === null ? digit(ones, 0) : digit(tens, 1) * 10 + digit(ones, 0);
}

export function articleInEnglish(article: string): string {
  return article
    .replaceAll(new RegExp(Object.keys(LAWS).join('|'), 'g'), (law) => LAWS[law] ?? law)
    .replaceAll(
      /第([一二三四五六七八九十]+)条(?:第([一二三四五六七八九十]+)款)?/g,
      (_, number: string, paragraph?: string) =>
        `art. ${numberOf(number)}${paragraph ? `(${numberOf(paragraph)})` : ''}`,
    )
    .replaceAll(/（([^）]*)）/g, (_, words: string) => ` (${WORDS[words] ?? words})`)
    .replaceAll('、art.', ', art.');
}
